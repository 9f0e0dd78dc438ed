#include "visualizer/model/lateness.h"

#include <doctest/doctest.h>

#include "tests/visualizer/trace_writer.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::nobody;

namespace {

/// A tick of 100 ms from 100 ms on; main holds the thread from 120 to 370 ms.
TraceWriter held_by_main() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 100 * ms, .coroutine = 0, .object = 7, .other = 100, .line = 4}, "beat()")
        .at_ms(100)
        .add(EventKind::timer_fire, {.value = 200 * ms, .coroutine = 1, .object = 7}, "beat()")
        .at_ms(120)
        .add(EventKind::block, {.value = 250 * ms, .coroutine = 0, .line = 9}, "sleep")
        .at_ms(370)
        .add(EventKind::timer_fire, {.value = 400 * ms, .coroutine = 2, .object = 7}, "beat()");
    return writer;
}

}  // namespace

TEST_CASE("lateness: a held thread, the tick that came late, and the one that never came") {
    TraceWriter writer = held_by_main();
    const Model model(writer.take());
    const Lateness& found = model.lateness();
    REQUIRE(found.held.size() == 1);
    CHECK(found.held[0].step == 4);
    CHECK(found.held[0].coroutine == 0);
    CHECK(found.held[0].to() == 370 * ms);
    CHECK(found.at(4) == &found.held[0]);
    CHECK(found.at(5) == nullptr);
    REQUIRE(found.late.size() == 1);
    CHECK(found.late[0].timer == 7);
    CHECK(found.late[0].coroutine == nobody);
    CHECK(found.late[0].by == 170 * ms);
    CHECK(found.late[0].line == 4);
    REQUIRE(found.dropped.size() == 1);
    CHECK(found.dropped[0].due == 300 * ms);
    CHECK(found.dropped[0].step == 5);
}

TEST_CASE("lateness: a timer that its own callback made late says so when the callback ends") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 10 * ms, .coroutine = 0, .object = 1, .other = 10}, "beat()")
        .at_ms(10)
        .add(EventKind::timer_fire, {.value = 20 * ms, .coroutine = 1, .object = 1}, "beat()")
        .add(EventKind::run, {.coroutine = 1})
        .add(EventKind::block, {.value = 25 * ms, .coroutine = 1}, "compute")
        .at_ms(35)
        .add(EventKind::done, {.coroutine = 1})
        .add(EventKind::timer_moved, {.value = 40 * ms, .coroutine = nobody, .object = 1});
    const Model model(writer.take());
    const auto& dropped = model.lateness().dropped;
    REQUIRE(dropped.size() == 2);
    CHECK(dropped[0].due == 20 * ms);
    CHECK(dropped[1].due == 30 * ms);
    CHECK(model.lateness().late.empty());
}

TEST_CASE("lateness: a sleep that ended late, and a microsecond is no lateness") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::sleep, {.value = 10 * ms - 1000, .coroutine = 0, .line = 3})
        .at_ms(10)
        .add(EventKind::due, {.coroutine = 0})
        .add(EventKind::run, {.coroutine = 0})
        .add(EventKind::sleep, {.value = 20 * ms, .coroutine = 0, .line = 5})
        .at_ms(25)
        .add(EventKind::due, {.coroutine = 0});
    const Model model(writer.take());
    REQUIRE(model.lateness().late.size() == 1);
    CHECK(model.lateness().late[0].coroutine == 0);
    CHECK(model.lateness().late[0].by == 5 * ms);
    CHECK(model.lateness().late[0].line == 5);
}
