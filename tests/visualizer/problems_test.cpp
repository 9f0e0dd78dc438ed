#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;

namespace {

TraceWriter two_parked() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::line, {.coroutine = 1, .line = 3})
        .add(EventKind::pop_wait, {.value = forever_ns, .coroutine = 1, .object = 1, .line = 3})
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    return writer;
}

}  // namespace

TEST_CASE("lesson 12 has no problems") { CHECK(Model(lesson12_trace()).problems().empty()); }

TEST_CASE("an uncaught error names the coroutine, the line and the error") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::failed, {.coroutine = 0, .line = 7}, "attempt to call a nil value");
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    const Problem& problem = model.problems()[0];
    CHECK(problem.kind == ProblemKind::uncaught_error);
    CHECK(problem.step == 2);
    CHECK(problem.file == "main.lua");
    CHECK(problem.line == 7);
    CHECK(problem.what == "main ended by an error that nothing caught: attempt to call a nil value.");
    CHECK(!problem.remedy.empty());
}

TEST_CASE("a deadlock names everybody who waits, and where") {
    TraceWriter writer = two_parked();
    writer.add(EventKind::pop_wait, {.value = forever_ns, .coroutine = 0, .object = 1, .line = 9})
        .add(EventKind::deadlock, {});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    const Problem& problem = model.problems()[0];
    CHECK(problem.kind == ProblemKind::deadlock);
    CHECK(problem.step == 6);
    CHECK(problem.line == 9);
    CHECK(problem.what ==
          "Deadlock: main waits in pop() on jobs, line 9; co#1 (worker()) waits in pop() on jobs, line 3; and each "
          "needs another one that is parked itself, or has ended.");
}

TEST_CASE("a deadlock of one says who is missing") {
    TraceWriter writer = two_parked();
    writer.add(EventKind::done, {.coroutine = 0}).add(EventKind::deadlock, {});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].line == 3);
    CHECK(model.problems()[0].what ==
          "Deadlock: co#1 (worker()) waits in pop() on jobs, line 3; and nobody is left to push.");
}

TEST_CASE("a coroutine that is parked when the run ends is a leak, unless the run was stopped") {
    TraceWriter ended = two_parked();
    ended.add(EventKind::done, {.coroutine = 0});
    const Model model(ended.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].kind == ProblemKind::leak);
    CHECK(model.problems()[0].what == "The run ended, yet co#1 (worker()) waits in pop() on jobs, line 3.");

    TraceWriter cut = two_parked();
    cut.at_ms(500).add(EventKind::stopped, {}, "the horizon was reached");
    const Model stopped(cut.take());
    REQUIRE(stopped.problems().size() == 1);
    CHECK(stopped.problems()[0].kind == ProblemKind::horizon);
    CHECK(stopped.problems()[0].what == "The run was ended at 0.500 s, its time limit.");
}

TEST_CASE("an exhausted budget points at the line that was running") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::line, {.coroutine = 0, .line = 4})
        .add(EventKind::stopped, {}, "1,000,000 lines ran without a wait");
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].kind == ProblemKind::budget);
    CHECK(model.problems()[0].what == "1,000,000 lines ran without a wait.");
}

TEST_CASE("a budget's error and the stop that follows it are one problem, at the line that ran") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::failed, {.coroutine = 0, .line = 4}, "1,000,000 lines ran without a wait")
        .add(EventKind::stopped, {}, "1,000,000 lines ran without a wait");
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].kind == ProblemKind::budget);
    CHECK(model.problems()[0].line == 4);
}

TEST_CASE("of what the trace told the host gives place and remedy, and what the trace does not know is added") {
    TraceWriter writer = two_parked();
    writer.add(EventKind::done, {.coroutine = 0}).add(EventKind::deadlock, {});
    Model model(writer.take());
    model.add_problem({.kind = ProblemKind::deadlock,
                       .step = 0,
                       .file = "12.md",
                       .line = 40,
                       .what = "Every coroutine waits.",
                       .remedy = "Push once more."});
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].file == "12.md");
    CHECK(model.problems()[0].line == 40);
    CHECK(model.problems()[0].step == 6);
    CHECK(model.problems()[0].remedy == "Push once more.");
    CHECK(model.problems()[0].what.find("nobody is left to push") != std::string::npos);
    model.add_problem(
        {.kind = ProblemKind::syntax_error, .step = 0, .file = "12.md", .line = 3, .what = "x", .remedy = "y"});
    CHECK(model.problems().size() == 2);
}

TEST_CASE("the same error in two coroutines stays two problems, each with its own place") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::failed, {.coroutine = 0, .line = 2}, "boom")
        .add(EventKind::failed, {.coroutine = 1, .line = 5}, "boom");
    Model model(writer.take());
    for (const std::uint32_t line : {12u, 15u}) {
        model.add_problem({.kind = ProblemKind::uncaught_error,
                           .step = 0,
                           .file = "12.md",
                           .line = line,
                           .what = "boom",
                           .remedy = "y"});
    }
    REQUIRE(model.problems().size() == 2);
    CHECK(model.problems()[0].line == 12);
    CHECK(model.problems()[1].line == 15);
}

TEST_CASE(
    "a deadlock at a mutex names who holds it, and one at a join, a semaphore or a barrier says what is missing") {
    const auto story = [](std::uint32_t gate_kind, bool owner_ends) {
        TraceWriter writer;
        writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
            .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 1, .other = gate_kind}, "door")
            .add(EventKind::go, {.coroutine = 0, .object = 1}, "guest()");
        if (owner_ends) {
            writer.add(EventKind::gate_pass, {.value = 0, .coroutine = 1, .object = 1})
                .add(EventKind::done, {.coroutine = 1})
                .add(EventKind::back, {.coroutine = 0, .object = 1});
        }
        writer.add(EventKind::gate_wait, {.value = forever_ns, .coroutine = 0, .object = 1})
            .add(EventKind::deadlock, {});
        return Model(writer.take()).problems().at(0);
    };
    CHECK(story(0, true).what ==
          "Deadlock: main waits in lock() on door, which co#1 still held when it ended; and nobody is left to unlock "
          "it.");
    CHECK(story(0, true).remedy.starts_with("Unlock the mutex on every way out"));
    CHECK(story(1, true).what == "Deadlock: main waits in acquire() on door; and nobody is left to release a place.");
    CHECK(story(1, true).remedy.starts_with("Call release() once for every acquire()"));
    CHECK(story(2, true).what == "Deadlock: main waits in wait() on door; and nobody is left to arrive.");
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::join_wait, {.value = forever_ns, .coroutine = 1}, "co#0")
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::join_wait, {.value = forever_ns, .coroutine = 0}, "co#1")
        .add(EventKind::deadlock, {});
    const Problem circle = Model(writer.take()).problems().at(0);
    CHECK(circle.what == "Deadlock, in a circle: main waits for the end of co#1; co#1 waits for the end of main.");
    CHECK(circle.remedy.starts_with("Let nobody join a coroutine that itself waits for the joiner"));
}
