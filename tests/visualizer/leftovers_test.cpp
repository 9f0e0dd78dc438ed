#include "visualizer/model/leftovers.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

TraceWriter two_values_left() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 3, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::push, {.coroutine = 0, .object = 1, .line = 5}, "\"tea\"")
        .add(EventKind::push, {.coroutine = 0, .object = 1, .line = 6}, "\"milk\"");
    return writer;
}

}  // namespace

TEST_CASE("leftovers: values in a channel at the end, with the line of the first push") {
    TraceWriter writer = two_values_left();
    writer.add(EventKind::done, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    const Problem& problem = model.problems()[0];
    CHECK(problem.kind == ProblemKind::undrained);
    CHECK(problem.step == 3);
    CHECK(problem.file == "main.lua");
    CHECK(problem.line == 5);
    CHECK(problem.what == "jobs holds 2 values at the end, \"tea\" first, and nobody pops them any more.");
    CHECK(!problem.remedy.empty());
    CHECK(is_remark(problem.kind));
}

TEST_CASE("leftovers: a run that was cut off, or whose values were all taken, leaves none") {
    TraceWriter cut = two_values_left();
    cut.add(EventKind::stopped, {}, "the horizon was reached");
    CHECK(Model(cut.take()).problems().size() == 1);  // the horizon itself
    TraceWriter taken = two_values_left();
    taken.add(EventKind::pop, {.coroutine = 0, .object = 1})
        .add(EventKind::pop, {.coroutine = 0, .object = 1})
        .add(EventKind::done, {.coroutine = 0});
    CHECK(Model(taken.take()).problems().empty());
}

TEST_CASE("leftovers: a wait() that came before the first add() is told, one after it is not") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::group, {.coroutine = 0, .object = 1}, "early")
        .add(EventKind::group, {.coroutine = 0, .object = 2}, "fine")
        .add(EventKind::group_add, {.value = 1, .coroutine = 0, .object = 2, .line = 3})
        .add(EventKind::group_done, {.value = 0, .coroutine = 0, .object = 2, .line = 4})
        .add(EventKind::group_pass, {.coroutine = 0, .object = 2, .line = 5})
        .add(EventKind::group_pass, {.coroutine = 0, .object = 1, .line = 6})
        .add(EventKind::group_add, {.value = 1, .coroutine = 0, .object = 1, .line = 7})
        .add(EventKind::group_done, {.value = 0, .coroutine = 0, .object = 1, .line = 8})
        .add(EventKind::done, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].kind == ProblemKind::group_early);
    CHECK(model.problems()[0].line == 6);
    CHECK(model.problems()[0].what == "wait() on early did not wait: the first add() came later, in main at step 8.");
    CHECK(is_remark(ProblemKind::group_early));
}

TEST_CASE("leftovers: a wait group that was not done, and for which nobody waits") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::group, {.coroutine = 0, .object = 1}, "wg")
        .add(EventKind::group_add, {.value = 2, .coroutine = 0, .object = 1, .line = 8})
        .add(EventKind::group_done, {.value = 1, .coroutine = 0, .object = 1, .line = 9})
        .add(EventKind::done, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    CHECK(model.problems()[0].kind == ProblemKind::group_left);
    CHECK(model.problems()[0].line == 8);
    CHECK(model.problems()[0].what ==
          "wg stands at 1 at the end: add() counted 1 more than done() did, and nobody waits.");
}

TEST_CASE("leftovers: a timer that came late says by how much, what it dropped and who held the thread") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 100 * ms, .coroutine = 0, .object = 7, .other = 100, .line = 4}, "beat()")
        .add(EventKind::block, {.value = 250 * ms, .coroutine = 0, .line = 9}, "sleep")
        .at_ms(250)
        .add(EventKind::timer_fire, {.value = 300 * ms, .coroutine = 1, .object = 7}, "beat()");
    const Model model(writer.take());
    const auto late = std::find_if(model.problems().begin(), model.problems().end(),
                                   [](const Problem& problem) { return problem.kind == ProblemKind::late; });
    REQUIRE(late != model.problems().end());
    CHECK(late->step == 4);
    CHECK(late->line == 4);
    CHECK(late->what == "timer beat() fired 150 ms late, and dropped 1 tick.");
    CHECK(late->remedy == "main held the thread when it was due, from 0.000 s on: let it wait, not the thread.");
}
