#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::nobody;

namespace {

State state_of(TraceWriter& writer) { return Model(writer.take()).at(UINT32_MAX); }

Activity activity(const State& state, std::uint32_t coroutine) { return state.coroutine(coroutine)->activity; }

}  // namespace

TEST_CASE("go() hands the caller's place over until the child waits") {
    const Model model(lesson12_trace());
    const State inside = model.at(3);
    CHECK(activity(inside, 0) == Activity::handed_off);
    CHECK(activity(inside, 1) == Activity::running);
    CHECK(inside.running == 1);
    CHECK(inside.coroutine(1)->running_inside == 0);

    const State afterwards = model.at(4);
    CHECK(activity(afterwards, 0) == Activity::running);
    CHECK(activity(afterwards, 1) == Activity::waiting_timer);
    CHECK(afterwards.running == 0);
    CHECK(afterwards.coroutine(1)->running_inside == nobody);
}

TEST_CASE("step 20 of lesson 12 is the moment of the mock screen") {
    const State state = Model(lesson12_trace()).at(20);
    CHECK(state.step == 20);
    CHECK(state.time == 120'000'000);
    CHECK(state.running == 2);
    CHECK(activity(state, 0) == Activity::waiting_timer);
    CHECK(activity(state, 1) == Activity::waiting_timer);
    CHECK(activity(state, 3) == Activity::ready);
    CHECK(list(state.ready) == std::vector<std::uint32_t>{3});
    CHECK(state.coroutine(0)->line == 23);
    CHECK(state.coroutine(1)->line == 7);
    CHECK(state.coroutine(2)->line == 5);
    CHECK(state.coroutine(3)->line == 14);
    CHECK(state.lines_of_output == 2);

    const ChannelState& results = *state.channel(1);
    CHECK(results.capacity == 2);
    CHECK(results.consumers.empty());
    REQUIRE(results.seats.size() == 1);
    CHECK(results.seats[0].producer == 2);
    CHECK(results.seats[0].step == 20);
    CHECK(results.touched_step == 20);
}

TEST_CASE("the timer heap of step 20 has the mock's shape: co#1 on top of timer t and main") {
    const auto heap = Model(lesson12_trace()).at(20).timer_heap();
    REQUIRE(heap.size() == 3);
    CHECK(heap[0].coroutine == 1);
    CHECK(heap[0].deadline == 170'000'000);
    CHECK(heap[1].coroutine == nobody);
    CHECK(heap[1].timer == 1);
    CHECK(heap[2].coroutine == 0);
    CHECK(heap[2].set_time == 0);
}

TEST_CASE("a push to a waiting consumer hands it the value, and it runs with that value") {
    const Model model(lesson12_trace());
    const State handed = model.at(16);
    CHECK(handed.channel(1)->consumers.empty());
    CHECK(handed.channel(1)->seats.empty());
    CHECK(model.text(handed.coroutine(3)->hand) == "\"tea\"");
    CHECK(handed.coroutine(3)->woken_by == 1);
    CHECK(handed.coroutine(3)->woken_step == 16);
    CHECK(handed.coroutine(3)->last_wait.kind == WaitKind::pop);
    CHECK(handed.coroutine(3)->last_wait_time == 120'000'000);
    CHECK(model.at(23).coroutine(3)->hand == 0);
    CHECK(model.at(23).coroutine(3)->ran_step == 23);
}

TEST_CASE("at the end of lesson 12 nothing is left") {
    const State state = Model(lesson12_trace()).at(39);
    for (std::uint32_t id = 0; id < 4; ++id) CHECK(activity(state, id) == Activity::done);
    CHECK(state.ready.empty());
    CHECK(state.timers.empty());
    CHECK(state.timer_heap().empty());
    CHECK(state.channel(1)->seats.empty());
}

TEST_CASE("a parked producer's value takes the seat that a pop frees") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::push, {.coroutine = 0, .object = 1}, "1")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "producer()")
        .add(EventKind::push_wait, {.value = forever_ns, .coroutine = 1, .object = 1}, "2")
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    Model before(TraceWriter(writer).take());
    CHECK(list(before.at(5).channel(1)->producers) == std::vector<std::uint32_t>{1});
    CHECK(activity(before.at(5), 1) == Activity::waiting_channel);

    writer.add(EventKind::pop, {.coroutine = 0, .object = 1, .other = 1}, "1")
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const Model model(writer.take());
    const State state = model.at(6);
    CHECK(state.channel(1)->producers.empty());
    REQUIRE(state.channel(1)->seats.size() == 1);
    CHECK(model.text(state.channel(1)->seats[0].text) == "2");
    CHECK(state.channel(1)->seats[0].producer == 1);
    CHECK(list(state.ready) == std::vector<std::uint32_t>{1});
}

TEST_CASE("a timed pop stands in the channel's queue and in the heap, and its timeout takes it out of both") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::pop_wait, {.value = 50'000'000, .coroutine = 0, .object = 1});
    const State waiting = Model(TraceWriter(writer).take()).at(3);
    CHECK(waiting.channel(1)->consumers.size() == 1);
    CHECK(waiting.timer_heap().size() == 1);
    CHECK(activity(waiting, 0) == Activity::waiting_channel);

    writer.at_ms(50).add(EventKind::due, {.value = 1, .coroutine = 0});
    const State due = state_of(writer);
    CHECK(due.channel(1)->consumers.empty());
    CHECK(due.timer_heap().empty());
    CHECK(activity(due, 0) == Activity::ready);
}

TEST_CASE("close() wakes whoever waits, and the last done() wakes who waits for the group") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::group, {.coroutine = 0, .object = 1}, "wg")
        .add(EventKind::group_add, {.value = 1, .coroutine = 0, .object = 1})
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::pop_wait, {.value = forever_ns, .coroutine = 1, .object = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::close, {.coroutine = 0, .object = 1})
        .add(EventKind::ready, {.coroutine = 0, .object = 1})
        .add(EventKind::group_wait, {.value = forever_ns, .coroutine = 0, .object = 1, .other = 1});
    const State closed = Model(TraceWriter(writer).take()).at(8);
    CHECK(closed.channel(1)->closed);
    CHECK(closed.channel(1)->consumers.empty());
    CHECK(closed.group(1)->count == 1);
    CHECK(closed.group(1)->waiters == std::vector<std::uint32_t>{0});

    writer.add(EventKind::run, {.coroutine = 1})
        .add(EventKind::group_done, {.value = 0, .coroutine = 1, .object = 1})
        .add(EventKind::ready, {.coroutine = 1, .object = 0});
    const State all_done = state_of(writer);
    CHECK(all_done.group(1)->count == 0);
    CHECK(all_done.group(1)->waiters.empty());
    CHECK(activity(all_done, 0) == Activity::ready);
    CHECK(activity(all_done, 1) == Activity::running);
}

TEST_CASE("resume() runs a coroutine that yielded, inside the caller") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::yield, {.coroutine = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::resume, {.coroutine = 0, .object = 1});
    const State state = state_of(writer);
    CHECK(activity(state, 0) == Activity::handed_off);
    CHECK(activity(state, 1) == Activity::running);
    CHECK(state.coroutine(1)->last_wait.kind == WaitKind::resume);
    CHECK(state.coroutine(1)->running_inside == 0);
}

TEST_CASE("sleep(0) goes to the back of the ready queue") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::ready, {.coroutine = 0, .object = 1})
        .add(EventKind::requeue, {.coroutine = 0});
    const State state = state_of(writer);
    CHECK(list(state.ready) == std::vector<std::uint32_t>{1, 0});
    CHECK(state.running == nobody);
}

TEST_CASE("a tick stays in the heap with its next deadline, a timer that fires once leaves it") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 10'000'000, .coroutine = 0, .object = 1, .other = 10}, "beat")
        .add(EventKind::timer_after, {.value = 10'000'000, .coroutine = 0, .object = 2}, "once")
        .at_ms(10)
        .add(EventKind::timer_fire, {.value = 20'000'000, .coroutine = 1, .object = 1}, "beat")
        .add(EventKind::timer_fire, {.value = forever_ns, .coroutine = 2, .object = 2}, "once");
    const State state = state_of(writer);
    REQUIRE(state.timers.size() == 1);
    CHECK(state.timer(1)->deadline == 20'000'000);
    CHECK(state.timer(1)->set_time == 10'000'000);
    CHECK(state.timer(1)->period_ms == 10);
    CHECK(state.timer_heap().size() == 1);
    CHECK(list(state.ready) == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("lines of the output are counted whichever process prints them") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua");
    writer.add(EventKind::print, {.coroutine = 0}, "before");
    writer.add(EventKind::print, {.process = 6, .coroutine = 0}, "in a worker");
    const Model model(writer.take());
    CHECK(model.at(3).lines_of_output == 2);
    CHECK(model.sentence(3) == "print(\"in a worker\"): line 2 of the output");
}

TEST_CASE("a broken trace is folded without harm") {
    State state;
    for (int kind = 0; kind <= static_cast<int>(co::trace::last_kind); ++kind) {
        for (const std::uint32_t id : {0u, 5u, nobody - 1, nobody}) {
            state.apply({.value = -1,
                         .coroutine = id,
                         .object = id,
                         .other = id,
                         .line = 3,
                         .kind = static_cast<EventKind>(kind)});
        }
    }
    CHECK(state.coroutines.size() == 2);
    CHECK(state.coroutine(5) != nullptr);
    CHECK(state.coroutine(nobody) == nullptr);
    CHECK(state.channel(99) == nullptr);
}
