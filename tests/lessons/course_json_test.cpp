#include "lessons/format/course_json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/folder.h"

using nlohmann::json;

namespace {

constexpr const char* english =
    "---\nid: tea\ntitle: Tea\nchapter: Drinks\norder: 1\n---\nMake tea.\n\n```lua run\nprint('tea')\n```\n\n"
    "```predict\nWhat?\n- [x] tea\n- [ ] milk\n  why: There is none.\n```\n\n"
    "```try goal='print \"cake\"' hint=\"Print it.\"\nCake\nAdd cake.\n```\n\n```lua solution\nprint('cake')\n```\n";

constexpr const char* french =
    "---\ntitle: Le thé\nchapter: Boissons\nof: \"0\"\n---\nFaites du thé.\n\n"
    "```predict of=\"0\"\nQuoi ?\n- [x] tea\n- [ ] milk\n  why: Il n'y en a pas.\n```\n\n"
    "```try goal='print \"cake\"' hint=\"Affichez-le.\" of=\"0\"\nGâteau\nAjoutez-le.\n```\n";

}  // namespace

TEST_CASE("course JSON: each lesson as it is, and its words in the languages that lie beside it") {
    const co::tests::Folder folder;
    folder.write("01-tea.md", english);
    folder.write("01-tea.fr.md", french);
    const json course = json::parse(co::lessons::course_json(co::lessons::read_lessons(folder.path())));
    CHECK(course.at("version") == 2);
    REQUIRE(course.at("lessons").size() == 1);
    const json& lesson = course.at("lessons").at(0);
    CHECK(lesson.at("title") == "Tea");
    CHECK(lesson.at("tries").at(0).at("solution") == "print('cake')\n");
    const json& words = lesson.at("translations").at("fr");
    CHECK(words.at("title") == "Le thé");
    CHECK(words.at("chapter") == "Boissons");
    CHECK(words.at("blocks").at(0).at("runs").at(0).at("text") == "Faites du thé.");
    CHECK(words.at("predict").at("choices").at(1).at("why") == "Il n'y en a pas.");
    CHECK(words.at("tries").at(0) ==
          json({{"title", "Gâteau"}, {"prose", "Ajoutez-le."}, {"hints", json::array({"Affichez-le."})}}));
    CHECK_FALSE(words.contains("program"));
}

TEST_CASE("course JSON: a lesson without translations says so") {
    const co::tests::Folder folder;
    folder.write("01-tea.md", english);
    const json course = json::parse(co::lessons::course_json(co::lessons::read_lessons(folder.path())));
    CHECK(course.at("lessons").at(0).at("translations") == json::object());
}
