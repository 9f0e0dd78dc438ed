#include "lessons/format/translation.h"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using namespace co::lessons;

namespace {

// A lesson `1-tea.md` in a folder of its own, gone with the test.
struct Course {
    explicit Course(const std::string& prose = "Make tea.") {
        std::string name = (fs::temp_directory_path() / "costudio-languages-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder = name;
        write("1-tea.md",
              "---\nid: tea\ntitle: Tea\nchapter: Drinks\norder: 1\n---\n" + prose +
                  "\n\n```lua run\nprint('tea')\nprint('milk')\n```\n\n"
                  "```predict\nWhich line follows “tea”?\n- [x] milk\n- [ ] tea\n  why: It comes once.\n```\n\n"
                  "```checkpoint at=\"print tea\"\nTea\nIt is hot.\n```\n\n"
                  "```try goal='print \"cake\"' hint=\"Print it.\"\nCake\nAdd cake.\n```\n\n"
                  "```lua solution\nprint('cake')\n```\n");
    }
    Course(const Course&) = delete;
    Course& operator=(const Course&) = delete;
    ~Course() { fs::remove_all(folder); }

    void write(const std::string& file, const std::string& text) const { std::ofstream(folder / file) << text; }
    Lesson lesson() const { return read_lesson(folder / "1-tea.md"); }
    std::vector<std::string> gaps() const { return gaps_of(lesson(), "fr"); }

    fs::path folder;
};

const std::string translated_front = "---\ntitle: Le thé\nchapter: Boissons\nof: XXXX\n---\nFaites du thé.\n\n";
const std::string question =
    "```predict of=\"XXXX\"\nQuelle ligne suit “tea” ?\n- [x] milk\n- [ ] tea\n  why: Il vient une fois.\n```\n\n";
const std::string break_time = "```checkpoint at=\"print tea\" of=\"XXXX\"\nLe thé\nIl est chaud.\n```\n\n";
const std::string task = "```try goal='print \"cake\"' hint=\"Affichez-le.\" of=\"XXXX\"\nGâteau\nAjoutez-le.\n```\n";

/// Fills in what each complaint asks for, as a translator does.
std::string stamped(const Course& course, std::string text) {
    course.write("1-tea.fr.md", text);
    for (const std::string& gap : course.gaps()) {
        const std::size_t place = text.find("XXXX");
        REQUIRE(place != std::string::npos);
        text.replace(place, 4, gap.substr(gap.rfind(' ') + 1));
    }
    return text;
}

}  // namespace

TEST_CASE("translation: files name their language, the folder's lessons are the originals") {
    CHECK(language_of("12-channels.fr.md") == "fr");
    CHECK(language_of("12-channels.md").empty());
    CHECK(language_of("demo.v2.lua").empty());
    CHECK(original_of("a/12-channels.zh.md") == fs::path("a/12-channels.md"));
    const Course course;
    course.write("1-tea.zh.md", translated_front);
    course.write("1-tea.fr.md", translated_front);
    CHECK(languages_of(course.lesson()) == std::vector<std::string>{"fr", "zh"});
    CHECK(read_lessons(course.folder).size() == 1);
}

TEST_CASE("translation: words are replaced, the program and its output are the original's") {
    const Course course;
    course.write("1-tea.fr.md", translated_front + question + break_time + task);
    const Lesson french = read_lesson(course.folder / "1-tea.fr.md");
    CHECK(french.title == "Le thé");
    CHECK(french.chapter == "Boissons");
    CHECK(french.prose.front().runs.front().text == "Faites du thé.");
    CHECK(french.predict.value().question == "Quelle ligne suit “tea” ?");
    CHECK(french.predict->choices[1].why == "Il vient une fois.");
    CHECK(french.checkpoints.front().title == "Le thé");
    CHECK(french.checkpoints.front().at == "print tea");
    CHECK(french.tries.front().prose == "Ajoutez-le.");
    CHECK(french.tries.front().hints == std::vector<std::string>{"Affichez-le."});
    CHECK(french.tries.front().solution.value().text == "print('cake')\n");
    CHECK(french.program.text == course.lesson().program.text);
    CHECK(french.file == course.folder / "1-tea.md");
    CHECK(in_language(course.lesson(), "de").title == "Tea");
}

TEST_CASE("translation: what is missing stays in English and is reported") {
    const Course course;
    course.write("1-tea.fr.md", translated_front + break_time);
    CHECK(in_language(course.lesson(), "fr").predict.value().question == "Which line follows “tea”?");
    const auto gaps = course.gaps();
    REQUIRE(gaps.size() == 4);  // prose and checkpoint bear no digest yet
    CHECK(gaps[1].ends_with("1-tea.fr.md: predict is missing; translate it from line 14 of the original"));
    CHECK(gaps[3].find("try goal='print \"cake\"' is missing") != std::string::npos);
}

TEST_CASE("translation: a later change of the original makes it stale") {
    const Course course;
    const std::string done = stamped(course, translated_front + question + break_time + task);
    course.write("1-tea.fr.md", done);
    CHECK(course.gaps().empty());
    const Course changed("Make green tea.");
    changed.write("1-tea.fr.md", done);
    const auto gaps = changed.gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].find("1-tea.fr.md:1: the prose was made from an older text; compare it with the original, then "
                       "write of: ") != std::string::npos);
}

TEST_CASE("translation: a fence that belongs to nothing, and choices that are others") {
    const Course course;
    course.write("1-tea.fr.md", translated_front + "```checkpoint at=\"print cake\"\nGâteau\n```\n");
    CHECK(course.gaps().back().ends_with(
        "1-tea.fr.md:8: checkpoint at=\"print cake\" is not in the original; take it out, or correct it"));
    course.write("1-tea.fr.md", translated_front + "```predict\nQuoi ?\n- [x] lait\n- [ ] tea\n  why: Non.\n```\n");
    CHECK_THROWS_WITH_AS(in_language(course.lesson(), "fr"),
                         doctest::Contains("1-tea.fr.md:8: its choices are not those of the original"), LessonError);
}
