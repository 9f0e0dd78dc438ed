#include "visualizer/model/blocking.h"

#include <doctest/doctest.h>

#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

/// co#1 sleeps until 10 ms, timer t is set for 30 ms, and main goes on.
TraceWriter busy() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_after, {.value = 30'000'000, .coroutine = 0, .object = 1}, "t")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::sleep, {.value = 10'000'000, .coroutine = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    return writer;
}

std::vector<Problem> problems_of(TraceWriter writer) {
    writer.add(EventKind::stopped, {}, "the horizon was reached");
    auto problems = Model(writer.take()).problems();
    std::erase_if(problems, [](const Problem& problem) { return problem.kind != ProblemKind::blocking; });
    return problems;
}

}  // namespace

TEST_CASE("blocking: how long, whom it made late, and what to do instead") {
    TraceWriter writer = busy();
    writer.add(EventKind::block, {.value = 20'000'000, .coroutine = 0, .line = 7}, "sleep").at_ms(20);
    const auto problems = problems_of(writer);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].step == 5);
    CHECK(problems[0].file == "main.lua");
    CHECK(problems[0].line == 7);
    CHECK(problems[0].what == "blocking.sleep() held the whole thread for 20 ms; co#1 was late by it.");
    CHECK(problems[0].remedy == "Let the coroutine wait, not the thread: co.sleep(0.02).");
}

TEST_CASE("blocking: the calls of one line are one problem, and who is due only afterwards is not late") {
    TraceWriter writer = busy();
    writer.add(EventKind::block, {.value = 5'000'000, .coroutine = 0, .line = 7}, "compute")
        .at_ms(5)
        .add(EventKind::block, {.value = 5'000'000, .coroutine = 0, .line = 7}, "compute")
        .at_ms(10);
    auto problems = problems_of(writer);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].what ==
          "blocking.compute() held the whole thread for 10 ms, in 2 calls; nothing else could run meanwhile.");
    CHECK(problems[0].remedy.find("smaller parts") != std::string::npos);
    writer.add(EventKind::block, {.value = 50'000'000, .coroutine = 0, .line = 9}, "sleep").at_ms(60);
    problems = problems_of(writer);
    REQUIRE(problems.size() == 2);
    CHECK(problems[1].what == "blocking.sleep() held the whole thread for 50 ms; co#1 and timer t were late by it.");
}

TEST_CASE("blocking: a run that never held its thread has no such problem") { CHECK(problems_of(busy()).empty()); }
