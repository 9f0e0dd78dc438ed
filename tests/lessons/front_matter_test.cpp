#include "lessons/format/front_matter.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

Lesson read(const std::string& yaml) {
    Lesson lesson;
    read_front_matter("---\n" + yaml + "---\nprose\n", lesson, {"a.md", 0});
    return lesson;
}

std::string front_matter_error(const std::string& text) {
    try {
        Lesson lesson;
        read_front_matter(text, lesson, {"a.md", 0});
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

const std::string needed = "id: channels\ntitle: go + chan\nchapter: Quick start\norder: 12\n";

}  // namespace

TEST_CASE("front matter: every key is read") {
    const Lesson lesson = read(needed +
                               "needs: [timers, scheduling]\npanels: [channels, waits]\nclock: virtual\nseeds: [0, 7]\n"
                               "limits: {lines: 500, coroutines: 20, horizon: 1.5s}\n");
    CHECK(lesson.id == "channels");
    CHECK(lesson.title == "go + chan");
    CHECK(lesson.chapter == "Quick start");
    CHECK(lesson.order == 12);
    CHECK(lesson.needs == std::vector<std::string>{"timers", "scheduling"});
    CHECK(lesson.panels == std::vector<std::string>{"channels", "waits"});
    CHECK(lesson.clock == "virtual");
    CHECK(lesson.seeds == std::vector<std::uint64_t>{0, 7});
    CHECK(lesson.limits.lines == 500);
    CHECK(lesson.limits.coroutines == 20);
    CHECK(lesson.limits.horizon == 1'500'000'000);
}

TEST_CASE("front matter: what is not said has a default") {
    const Lesson lesson = read(needed);
    CHECK(lesson.clock == "steps");
    CHECK(lesson.seeds == std::vector<std::uint64_t>{0});
    CHECK(lesson.limits.lines == 1'000'000);
    CHECK_FALSE(lesson.limits.horizon);
}

TEST_CASE("front matter: its length in lines says where the lesson goes on") {
    Lesson lesson;
    CHECK(read_front_matter("---\n" + needed + "---\nprose\n", lesson, {"a.md", 0}) == 6);
}

TEST_CASE("front matter: each complaint names the place and the remedy") {
    CHECK(front_matter_error("# A lesson\n") ==
          "a.md:1: the front matter is missing; start the file with `---`, `id: …`, `title: …` and `---`");
    CHECK(front_matter_error("---\nid: a\n") ==
          "a.md:1: the front matter that starts here never ends; put a line `---` after its last key");
    CHECK(front_matter_error("---\nid: a\ntitel: b\n---\n") == "a.md:3: unknown key `titel`; did you mean `title`?");
    CHECK(front_matter_error("---\nid: a\n---\n") == "a.md:1: `title` is missing; add `title: Timers`");
    CHECK(front_matter_error("---\nid: A b\n---\n") ==
          "a.md:2: `A b` can't be an id, links are made of it; use lower-case letters, digits and hyphens");
    CHECK(front_matter_error("---\n" + needed + "panels: [chanels]\n---\n") ==
          "a.md:6: unknown panel `chanels`; did you mean `channels`?");
    CHECK(front_matter_error("---\n" + needed + "clock: sundial\n---\n") ==
          "a.md:6: unknown clock `sundial`; known are `steps`, `virtual`, `wall`");
    CHECK(front_matter_error("---\n" + needed + "seeds: [0, x]\n---\n") ==
          "a.md:6: `x` is no whole number that `seeds` could be; write `seeds: [0, 1]`");
    CHECK(front_matter_error("---\n" + needed + "limits: {horizon: 3}\n---\n") ==
          "a.md:6: `3` is no length of time; write a number and a unit: `2s`, `300ms`");
    CHECK(front_matter_error("---\n" + needed + "limits: {rows: 3}\n---\n") ==
          "a.md:6: unknown key `rows`; known are `lines`, `coroutines`, `horizon`");
    CHECK(front_matter_error("---\nid: a\ntitle: [x\n---\n").starts_with("a.md:"));
}

TEST_CASE("front matter: lengths of time") {
    CHECK(parse_duration("2s") == 2'000'000'000);
    CHECK(parse_duration("300ms") == 300'000'000);
    CHECK(parse_duration("40us") == 40'000);
    CHECK(parse_duration("0.5s") == 500'000'000);
    CHECK_FALSE(parse_duration("2"));
    CHECK_FALSE(parse_duration("-1s"));
    CHECK_FALSE(parse_duration("s"));
    CHECK_FALSE(parse_duration("2 s"));
}
