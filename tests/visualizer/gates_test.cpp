#include <doctest/doctest.h>

#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::nobody;

namespace {

/// main made a gate and started co#1 and co#2, which have parked in yield().
TraceWriter with_gate(GateKind kind, std::int64_t places, std::string_view name = "door") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::gate, {.value = places, .coroutine = 0, .object = 1, .other = static_cast<std::uint32_t>(kind)},
             name);
    for (const std::uint32_t id : {1u, 2u}) {
        writer.add(EventKind::go, {.coroutine = 0, .object = id}, "guest()")
            .add(EventKind::yield, {.coroutine = id})
            .add(EventKind::back, {.coroutine = 0, .object = id});
    }
    return writer;
}

/// main holds the mutex, co#1 waits for it.
TraceWriter held_mutex() {
    TraceWriter writer = with_gate(GateKind::mutex, 1);
    writer.add(EventKind::gate_pass, {.value = 0, .coroutine = 0, .object = 1})
        .add(EventKind::resume, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_wait, {.value = forever_ns, .coroutine = 1, .object = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    return writer;
}

}  // namespace

TEST_CASE("a mutex knows who holds it and who waits, and unlock hands it to the first in the queue") {
    const State held = end_of(held_mutex());
    CHECK(held.gate(1)->owner == 0);
    CHECK(list(held.gate(1)->waiters) == std::vector<std::uint32_t>{1});
    CHECK(held.coroutine(1)->wait.kind == WaitKind::lock);
    CHECK(gate_remark(*held.gate(1)) == "mutex, main holds it");

    TraceWriter writer = held_mutex();
    writer.add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const State handed = end_of(writer);
    CHECK(handed.gate(1)->owner == 1);
    CHECK(handed.gate(1)->waiters.empty());
    CHECK(handed.coroutine(1)->activity == Activity::ready);
    CHECK(handed.coroutine(1)->last_wait.kind == WaitKind::lock);

    writer.add(EventKind::run, {.coroutine = 1})
        .add(EventKind::gate_open, {.value = 1, .coroutine = 1, .object = 1, .other = nobody});
    CHECK(gate_remark(*end_of(writer).gate(1)) == "mutex, nobody holds it");
}

TEST_CASE("a mutex tells its story") {
    CHECK(last_sentence(held_mutex()) == "lock(): main holds door, so co#1 waits; main goes on");
    TraceWriter made;
    made.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 1, .other = 0}, "door");
    CHECK(last_sentence(made) == "Mutex(): one coroutine at a time can hold door");
    TraceWriter refused = held_mutex();
    refused.add(EventKind::resume, {.coroutine = 0, .object = 2})
        .add(EventKind::gate_pass, {.value = 0, .coroutine = 2, .object = 1}, "timeout");
    CHECK(last_sentence(refused) == "lock(): main holds door, and co#2 does not wait");
    CHECK(end_of(refused).gate(1)->owner == 0);
    TraceWriter opened = held_mutex();
    opened.add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(opened) == "unlock(): co#1 waits in lock(), so it holds door now and is ready");
}

TEST_CASE("a semaphore counts its places") {
    TraceWriter writer = with_gate(GateKind::semaphore, 1, "connections");
    writer.add(EventKind::gate_pass, {.value = 0, .coroutine = 0, .object = 1});
    CHECK(last_sentence(writer) == "acquire(): main takes a place; none is left");
    CHECK(end_of(writer).gate(1)->free == 0);
    writer.add(EventKind::resume, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_wait, {.value = 50'000'000, .coroutine = 1, .object = 1});
    CHECK(last_sentence(writer) == "acquire(): no place of connections is free, so co#1 waits, at most until 0.050 s");
    CHECK(end_of(writer).timer_heap().size() == 1);
    TraceWriter handed = writer;
    handed.add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(handed) == "release(): co#1 waits in acquire(), so it gets the place and is ready");
    handed.add(EventKind::gate_open, {.value = 1, .coroutine = 0, .object = 1, .other = nobody});
    CHECK(last_sentence(handed) == "release(): nobody waits, so connections has 1 place free");
    CHECK(gate_remark(*end_of(handed).gate(1)) == "semaphore, 1 place free");
    writer.add(EventKind::back, {.coroutine = 0, .object = 1})
        .at_ms(50)
        .add(EventKind::due, {.value = 1, .coroutine = 1});
    CHECK(last_sentence(writer) == "due: co#1 has waited long enough, so its acquire() gives up and it is ready");
    CHECK(end_of(writer).gate(1)->waiters.empty());
}

TEST_CASE("a barrier says how many are missing, and who was the last") {
    TraceWriter writer = with_gate(GateKind::barrier, 2, "round");
    writer.add(EventKind::resume, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_wait, {.value = forever_ns, .coroutine = 1, .object = 1});
    CHECK(last_sentence(writer) == "wait(): 1 more has to arrive at round, so co#1 waits");
    CHECK(gate_remark(*end_of(writer).gate(1)) == "barrier for 2, 1 to arrive");
    writer.add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::gate_pass, {.value = 2, .coroutine = 0, .object = 1});
    CHECK(last_sentence(writer) == "wait(): main is the last to arrive, so round opens");
    writer.add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(writer) == "opens: all have arrived at round, so co#1 is ready");
    const Model model(writer.take());
    CHECK(model.at(model.steps()).gate(1)->missing() == 2);
    CHECK(row(model.card(1, model.at(model.steps())), "Woken by") == "main, the last to arrive, step 10");
}

TEST_CASE("lanes, events and cards call each gate's steps by the script's own words") {
    TraceWriter writer = held_mutex();
    writer.add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const Model model(writer.take());
    CHECK(model.line(2).verb == "Mutex");
    CHECK(model.line(7).verb == "lock");
    CHECK(model.line(9).verb == "parks in lock");
    CHECK(model.line(10).verb == "unlock");
    CHECK(model.lane(1)->operations.back().label == "lock");
    CHECK(model.lane(1)->operations.back().parks);
    CHECK(row(model.card(1, model.at(9)), "Now") ==
          "parked in lock() on door, since step 9; will be woken by main’s unlock()");
    CHECK(row(model.card(1, model.at(10)), "Just now") == "was parked in lock() on door for 0 s");
    CHECK(row(model.card(1, model.at(10)), "Woken by") == "main’s unlock(), step 10");
    CHECK(row(model.card(0, model.at(10)), "Next").ends_with("; unlock does not switch"));
}

TEST_CASE("an arrow leads from who unlocks to who gets the mutex") {
    TraceWriter writer = held_mutex();
    writer.add(EventKind::gate_open, {.value = 0, .coroutine = 0, .object = 1, .other = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const Model model(writer.take());
    CHECK(model.arrows().back() == Arrow{.from_step = 10, .to_step = 10, .from = 0, .to = 1});
}
