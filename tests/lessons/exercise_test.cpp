#include "lessons/format/exercise.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

Lesson lesson_with(const std::string& fences) {
    return parse_lesson(
        "a.md", "---\nid: a\ntitle: A\nchapter: C\norder: 1\n---\nProse.\n\n```lua run\nprint(1)\n```\n\n" + fences);
}

std::string exercise_error(const std::string& fences) {
    try {
        lesson_with(fences);
    } catch (const LessonError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("exercise: a try has a goal, a task, hints and a solution") {
    const Lesson lesson = lesson_with(
        "```try goal=\"print '2'\" hint=\"Look at line 1.\"\nPrint two\nChange the program\nso that it prints 2.\n"
        "hint: It is a number.\nhint: Write 2\nfor 1.\n```\n\n```lua solution\nprint(2)\n```\n");
    REQUIRE(lesson.tries.size() == 1);
    const Try& task = lesson.tries[0];
    CHECK(task.title == "Print two");
    CHECK(task.prose == "Change the program so that it prints 2.");
    CHECK(task.hints == std::vector<std::string>{"Look at line 1.", "It is a number.", "Write 2 for 1."});
    CHECK(task.goal.text == "print '2'");
    REQUIRE(task.solution);
    CHECK(task.solution->text == "print(2)\n");
}

TEST_CASE("exercise: a break has an invariant and a schedule that wins") {
    const Lesson lesson = lesson_with(
        "```break invariant=\"print '1'\"\nSilence it\nChoose who\nruns.\nschedule: 3:1\nschedule: 5:main\n```\n");
    REQUIRE(lesson.challenge);
    CHECK(lesson.challenge->title == "Silence it");
    CHECK(lesson.challenge->prose == "Choose who runs.");
    CHECK(to_text(lesson.challenge->schedule) == "3:1,5:0");
}

TEST_CASE("exercise: each complaint names the place and the remedy") {
    CHECK(exercise_error("```try goal=\"print 1\"\nTitle\n```\n") ==
          "a.md:13: a `try` fence needs the attribute `hint`; write ```try goal=\"print 'got tea'\" hint=\"Who "
          "pushes?\"");
    CHECK(exercise_error("```try goal=\"pusch\" hint=\"h\"\nTitle\n```\n")
              .starts_with("a.md:13: `goal=\"pusch\"` can't be checked; unknown kind of step `pusch`"));
    CHECK(exercise_error("```lua solution\nprint(2)\n```\n") ==
          "a.md:13: a solution without its exercise; put the `try` fence before it");
    CHECK(exercise_error("```break invariant=\"print 1\"\nTitle\n```\n") ==
          "a.md:13: the challenge ships no schedule that wins; add a line `schedule: 14:3 22:main`");
    CHECK(exercise_error("```break invariant=\"print 1\"\nTitle\nschedule: 14\n```\n")
              .starts_with("a.md:13: the challenge's schedule can't be read; `14` is no choice of a schedule"));
}
