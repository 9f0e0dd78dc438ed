#include "visualizer/model/wait_graph.h"

#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/layout/inspector_layout.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;

namespace {

/// co#1 holds a and wants b, co#2 holds b and wants a; main goes on. `deadline`: of co#2's wait.
TraceWriter crossed(std::int64_t deadline = forever_ns) {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 1, .other = 0}, "a")
        .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 2, .other = 0}, "b")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "left()")
        .add(EventKind::gate_pass, {.value = 0, .coroutine = 1, .object = 1, .line = 5})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::go, {.coroutine = 0, .object = 2}, "right()")
        .add(EventKind::gate_pass, {.value = 0, .coroutine = 2, .object = 2, .line = 11})
        .add(EventKind::gate_wait, {.value = deadline, .coroutine = 2, .object = 1, .line = 12})
        .add(EventKind::back, {.coroutine = 0, .object = 2})
        .add(EventKind::gate_wait, {.value = forever_ns, .coroutine = 1, .object = 2, .line = 6});
    return writer;
}

}  // namespace

TEST_CASE(
    "wait graph: an edge to the mutex's owner and to those that are to end, and the circle begins with the lowest") {
    CHECK(find_cycle({{1, 2}, {2, 3}, {3, 2}}) == WaitCycle{2, 3});
    CHECK(find_cycle({{1, 5}, {2, 1}, {2, 3}, {5, 2}}) == WaitCycle{1, 5, 2});
    CHECK(find_cycle({{1, 2}, {2, 3}, {3, 4}}).empty());
    CHECK(find_cycle({{4, 4}}) == WaitCycle{4});
    CHECK(find_cycle({}).empty());
    TraceWriter writer = crossed();
    const Model model(writer.take());
    const State end = model.at(model.steps());
    CHECK(wait_edges(model.trace(), end) == std::vector<WaitEdge>{{1, 2}, {2, 1}});
    CHECK(cycle_text(model.trace(), end, {1, 2}) ==
          "co#1 waits for b, which co#2 holds; co#2 waits for a, which co#1 holds");
}

TEST_CASE("wait graph: a circle among some, while others went on, is one problem and no leak besides") {
    TraceWriter writer = crossed();
    writer.add(EventKind::done, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.problems().size() == 1);
    const Problem& problem = model.problems()[0];
    CHECK(problem.kind == ProblemKind::partial_deadlock);
    CHECK(problem.step == 9);  // where the circle closed
    CHECK(problem.line == 6);
    CHECK(problem.what ==
          "2 coroutines wait in a circle for ever, while others went on: co#1 waits for b, which co#2 "
          "holds; co#2 waits for a, which co#1 holds.");
    CHECK(problem.remedy.find("same order") != std::string::npos);
}

TEST_CASE("wait graph: a wait with a deadline ends by itself, so it closes no circle") {
    TraceWriter writer = crossed(1'000'000'000);
    CHECK(find_cycle(wait_edges(writer.take(), State{})).empty());
    TraceWriter again = crossed(1'000'000'000);
    const Model model(again.take());
    CHECK(find_cycle(wait_edges(model.trace(), model.at(model.steps()))).empty());
}

TEST_CASE("wait graph: a chain of 100,000 joins is searched without recursion") {
    std::vector<WaitEdge> edges;
    for (std::uint32_t i = 0; i < 100'000; ++i) edges.push_back({i, i + 1});
    CHECK(find_cycle(edges).empty());
    edges.push_back({100'000, 99'999});
    CHECK(find_cycle(edges) == WaitCycle{99'999, 100'000});
}

TEST_CASE("wait graph: the Waits tab draws the circle, with what each waits for on its edge") {
    for (const Size size : {Size{500, 464}, Size{360, 244}}) {
        TraceWriter writer = crossed();
        Fixture fixture(writer.take());
        fixture.view.inspector_tab = InspectorTab::waits;
        const Scene scene = lay_out_inspector(fixture.at(9, size));
        check_scene(scene, size);
        if (size.h < 300) continue;  // it is scrolled to
        CHECK(has_text(scene, "a"));
        CHECK(has_text(scene, "b"));
    }
}
