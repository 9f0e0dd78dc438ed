// The lessons themselves: what they promise is what happens.
#include <doctest/doctest.h>

#include "lessons/format/condition.h"
#include "lessons/format/lesson.h"
#include "lessons/format/text_lines.h"
#include "lessons/format/translation.h"
#include "lessons/host/promise.h"
#include "lessons/host/simulate.h"

using namespace co::lessons;

namespace {

std::vector<Lesson> all() { return read_lessons(std::string(COSTUDIO_SOURCE_DIR) + "/lessons/scripts"); }

RunResult run(const Lesson& lesson, std::uint64_t seed) {
    return simulate(script_of(lesson), {.seed = seed, .limits = lesson.limits});
}

}  // namespace

TEST_CASE("lessons: each prints what it expects, with 20 seeds and its own") {
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        REQUIRE(lesson.expect);
        std::vector<std::uint64_t> seeds = lesson.seeds;
        for (std::uint64_t seed = 0; seed < 20; ++seed) seeds.push_back(seed);
        for (const std::uint64_t seed : seeds) {
            const RunResult result = run(lesson, seed);
            CHECK(result.output == lesson.expect->text);
            CHECK(surprises_of(lesson, result) == std::vector<std::string>{});
        }
    }
}

TEST_CASE("lessons: the same trace 20 times out of 20") {
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        const std::string bytes = co::trace::to_bytes(run(lesson, 3).trace);
        for (int i = 0; i < 20; ++i) CHECK(co::trace::to_bytes(run(lesson, 3).trace) == bytes);
    }
}

TEST_CASE("lessons: each has a question, a C++ twin, and checkpoints that are reached one after the other") {
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        CHECK(lesson.predict);
        CHECK(lesson.cpp);
        CHECK_FALSE(lesson.prose.empty());
        CHECK_FALSE(lesson.checkpoints.empty());
        const auto trace = run(lesson, 0).trace;
        std::uint32_t step = 0;
        for (const Checkpoint& checkpoint : lesson.checkpoints) {
            CAPTURE(checkpoint.at);
            const auto found = find_step(trace, checkpoint.at, step);
            REQUIRE(found);
            step = *found;
        }
    }
}

TEST_CASE("lessons: an exercise has hints, and its solution reaches the goal, the program as it stands does not") {
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        CHECK_FALSE(lesson.tries.empty());
        for (const Try& task : lesson.tries) {
            CHECK(task.hints.size() >= 2);
            const RunResult own = run(lesson, 0);
            CHECK_FALSE(is_met(task.goal, {own.trace, own.ok()}));
            Lesson solved = lesson;
            solved.program = task.solution.value();
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const RunResult solution = run(solved, seed);
                CHECK(is_met(task.goal, {solution.trace, solution.ok()}));
            }
        }
    }
}

TEST_CASE("lessons: 14, 20, 26, 27, 31, 34 and 37 can be broken by their schedules, and hold without them") {
    std::vector<std::uint32_t> broken;
    for (const Lesson& lesson : all()) {
        if (!lesson.challenge) continue;
        CAPTURE(lesson.id);
        const Break& challenge = *lesson.challenge;
        const RunResult own = run(lesson, 0);
        CHECK(is_met(challenge.invariant, {own.trace, own.ok()}));
        const RunResult won = simulate(script_of(lesson), {.limits = lesson.limits, .schedule = challenge.schedule});
        CHECK_FALSE(is_met(challenge.invariant, {won.trace, won.ok()}));
        broken.push_back(lesson.order);
    }
    CHECK(broken == std::vector<std::uint32_t>{14, 20, 26, 27, 31, 34, 37});
}

TEST_CASE("lessons: five are there in French and Chinese, and up to date") {
    std::vector<std::uint32_t> translated;
    for (const Lesson& lesson : all()) {
        if (languages_of(lesson).empty()) continue;
        CAPTURE(lesson.id);
        CHECK(languages_of(lesson) == std::vector<std::string>{"fr", "zh"});
        for (const char* language : {"fr", "zh"}) {
            CHECK(gaps_of(lesson, language) == std::vector<std::string>{});
            CHECK(in_language(lesson, language).prose.size() == lesson.prose.size());
        }
        translated.push_back(lesson.order);
    }
    CHECK(translated == std::vector<std::uint32_t>{5, 12, 13, 14, 15});
}

TEST_CASE("lessons: no line of a program is cut in the code pane of the smaller screen") {
    constexpr std::size_t columns = 44;
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        for (const std::string_view line : lines_of(lesson.program.text)) {
            CAPTURE(line);
            CHECK(line.size() <= columns);
        }
    }
}

TEST_CASE("lessons: the right answer is the line that follows, no wrong one is") {
    for (const Lesson& lesson : all()) {
        CAPTURE(lesson.id);
        const std::string& question = lesson.predict.value().question;
        const auto open = question.find("“"), close = question.find("”");
        REQUIRE(open != std::string::npos);
        const std::string line = question.substr(open + 3, close - open - 3);
        for (const Choice& choice : lesson.predict->choices) {
            CAPTURE(choice.text);
            const std::string expect = "\n" + lesson.expect.value().text;
            CHECK((expect.find("\n" + line + "\n" + choice.text + "\n") != std::string::npos) == choice.right);
        }
    }
}

TEST_CASE("lesson 12: the steps are those of the picture") {
    for (const Lesson& lesson : all()) {
        if (lesson.id != "channels") continue;
        const auto trace = run(lesson, 0).trace;
        CHECK(find_step(trace, lesson.checkpoints.at(0).at, 0) == 20);
        CHECK(find_step(trace, lesson.checkpoints.at(1).at, 20) == 27);
        CHECK(find_step(trace, "print main waits", 0) == 11);
        CHECK(find_step(trace, "print milk pushed", 0) == 21);
        return;
    }
    FAIL("lesson 12 is missing");
}
