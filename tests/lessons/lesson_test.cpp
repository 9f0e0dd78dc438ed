#include "lessons/format/lesson.h"

#include <doctest/doctest.h>

#include "lessons/host/simulate.h"
#include "tests/folder.h"

using namespace co::lessons;

namespace {

const std::string front = "---\nid: a\ntitle: A\nchapter: C\norder: 1\n---\n";
const std::string lesson_program = "```lua run\nprint(1)\n```\n";

std::string lesson_error(const std::string& text) {
    try {
        parse_lesson("a.md", text);
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

std::string error_in(const co::tests::Folder& folder) {
    try {
        read_lessons(folder.path());
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("lesson: fences find their places, prose keeps its order") {
    const Lesson lesson =
        parse_lesson("a.md", front + "one\n\n```text\na figure\n```\n\ntwo\n\n" + lesson_program +
                                 "\n```expect\n1\n```\n\n```cpp\nint main() {}\n```\n\n"
                                 "```checkpoint at=\"print 1\"\nA title\nA sentence\nthat goes on.\n```\n"
                                 "\n```predict\nWhat?\n- [x] 1\n- [ ] 2\n  why: no\n```\n");
    REQUIRE(lesson.prose.size() == 3);
    CHECK(lesson.prose[1].kind == BlockKind::code);
    CHECK(lesson.prose[1].runs.front().text == "a figure\n");
    CHECK(lesson.program.text == "print(1)\n");
    CHECK(lesson.program.first_line == 16);
    CHECK(lesson.expect.value().text == "1\n");
    CHECK(lesson.cpp.value().text == "int main() {}\n");
    REQUIRE(lesson.checkpoints.size() == 1);
    CHECK(lesson.checkpoints[0].at == "print 1");
    CHECK(lesson.checkpoints[0].title == "A title");
    CHECK(lesson.checkpoints[0].prose == "A sentence that goes on.");
    CHECK(lesson.predict.value().choices.size() == 2);
}

TEST_CASE("lesson: each complaint names file, line and remedy") {
    CHECK(lesson_error(front + "text\n") == "a.md: the lesson has no program; add a fence ```lua run");
    CHECK(lesson_error(front + lesson_program + "\n" + lesson_program) ==
          "a.md:11: a second `lua run` fence; keep one of the two");
    CHECK(lesson_error(front + lesson_program + "\n```checkpoint at=\"psh a\"\nx\n```\n") ==
          "a.md:11: `at=\"psh a\"` names no moment of a run; unknown kind of step `psh`; did you mean `push`?");
    CHECK(lesson_error(front + lesson_program + "\n```expct\nx\n```\n") ==
          "a.md:11: unknown kind of fence `expct`; did you mean `expect`?");
}

TEST_CASE("lesson: a file that can't be read") {
    CHECK_THROWS_WITH_AS(read_lesson("nowhere/none.md"),
                         "nowhere/none.md: can't read it; check the name and who may read the file", LessonError);
    CHECK_THROWS_AS(read_lessons("nowhere"), LessonError);
}

TEST_CASE("lesson: a folder by order, and ids are unique, needs are met") {
    const co::tests::Folder folder;
    folder.write("late.md", "---\nid: late\ntitle: A\nchapter: C\norder: 9\nneeds: early\n---\n" + lesson_program);
    folder.write("early.md", "---\nid: early\ntitle: A\nchapter: C\norder: 2\n---\n" + lesson_program);
    folder.write("notes.txt", "no lesson");
    const auto lessons = read_lessons(folder.path());
    REQUIRE(lessons.size() == 2);
    CHECK(lessons[0].id == "early");
    CHECK(lessons[1].id == "late");

    SUBCASE("an id that is taken") {
        folder.write("other.md", "---\nid: early\ntitle: A\nchapter: C\norder: 3\n---\n" + lesson_program);
        CHECK(error_in(folder).find(":1: the id `early` is taken by ") != std::string::npos);
    }
    SUBCASE("a need that isn't there") {
        folder.write("other.md", "---\nid: other\ntitle: A\nchapter: C\norder: 3\nneeds: none\n---\n" + lesson_program);
        CHECK(error_in(folder).find("other.md:1: it needs the lesson `none`, which isn't there; ") !=
              std::string::npos);
    }
}

TEST_CASE("lesson: a plain script is one without prose") {
    const Lesson lesson = lesson_of_script("some/demo.lua", "print(1)\n");
    CHECK(lesson.id == "demo");
    CHECK(lesson.title == "demo.lua");
    const Script script = script_of(lesson);
    CHECK(script.name == "some/demo.lua");
    CHECK(script.line_offset == 0);
    CHECK(simulate(script).output == "1\n");
}
