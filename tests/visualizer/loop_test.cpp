// What the event loop does besides running who is ready, as the model and its words know it.
#include <doctest/doctest.h>

#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::LoopPhase;

namespace {

/// main defers a function and parks; the loop makes co#1 for it.
TraceWriter called(LoopPhase phase = LoopPhase::deferred) {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::later, {.coroutine = 0})
        .add(EventKind::yield, {.coroutine = 0})
        .add(EventKind::loop_call, {.value = static_cast<int>(phase), .coroutine = 1}, "flush()");
    return writer;
}

}  // namespace

TEST_CASE("a call of the event loop makes its fresh coroutine ready") {
    const Model model(called().take());
    const State state = model.at(4);
    CHECK(state.coroutine(1)->activity == Activity::ready);
    CHECK(model.text(state.coroutine(1)->name) == "flush()");
    CHECK(state.ready.front() == 1);
    CHECK(model.line(4).who == "loop");
    CHECK(model.card(1, state).story.ends_with("Woken at step 4 by the event loop."));
    CHECK(model.sentence(2) == "event.defer(function): the function runs in the next turn of the event loop");
}

TEST_CASE("each phase says why it calls") {
    const std::string ready = ", so co#1 is ready to run its function";
    CHECK(last_sentence(called()) == "event.defer: a new turn of the event loop begins" + ready);
    CHECK(last_sentence(called(LoopPhase::cycle)) == "event.cycle: the turn of the event loop is over" + ready);
    CHECK(last_sentence(called(LoopPhase::signal)) == "signal: a signal came" + ready);
    CHECK(last_sentence(called(LoopPhase::remote)) == "remote: another thread asked for it" + ready);
}

TEST_CASE("a tick that dropped periods stands in the heap with its new deadline") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 10'000'000, .coroutine = 0, .object = 1, .other = 10}, "beat")
        .add(EventKind::sleep, {.value = 30'000'000, .coroutine = 0})
        .at_ms(10)
        .add(EventKind::timer_fire, {.value = 20'000'000, .coroutine = 1, .object = 1}, "beat")
        .add(EventKind::run, {.coroutine = 1})
        .at_ms(25)
        .add(EventKind::done, {.coroutine = 1})
        .add(EventKind::timer_moved, {.value = 40'000'000, .object = 1});
    const State state = Model(writer.take()).at(UINT32_MAX);
    CHECK(state.timer(1)->deadline == 40'000'000);
    REQUIRE(state.timer_heap().size() == 2);
    CHECK(state.timer_heap()[0].coroutine == 0);
    CHECK(state.timer_heap()[1].deadline == 40'000'000);
}

TEST_CASE("what holds the whole thread is told, with who has to wait for it") {
    TraceWriter writer = called();
    writer.add(EventKind::loop_call, {.value = static_cast<int>(LoopPhase::cycle), .coroutine = 2}, "cycle")
        .add(EventKind::run, {.coroutine = 1})
        .add(EventKind::block, {.value = 35'000'000, .coroutine = 1}, "compute");
    CHECK(last_sentence(writer) ==
          "blocking.compute(0.035): co#1 keeps the whole thread for 35 ms; co#2 has to wait for "
          "it");
    TraceWriter alone;
    alone.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::block, {.value = 500'000'000, .coroutine = 0}, "sleep");
    CHECK(last_sentence(alone) ==
          "blocking.sleep(0.5): main keeps the whole thread for 500 ms; nobody else can run "
          "meanwhile");
}
