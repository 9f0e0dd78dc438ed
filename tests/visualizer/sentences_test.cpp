#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/told.h"
#include "visualizer/model/labels.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::forever_ns;

namespace {

/// A channel of one seat, a group, and co#1, which `kind` parks (or lets go on); main is back afterwards.
TraceWriter scene_of_one() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::group, {.coroutine = 0, .object = 1}, "wg")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker(1, 2)");
    return writer;
}

std::string after_scene(EventKind kind, Event event, std::string_view text = "") {
    TraceWriter writer = scene_of_one();
    writer.add(kind, event, text);
    return last_sentence(writer);
}

}  // namespace

TEST_CASE("lesson 12 tells its story") {
    const Model model(lesson12_trace());
    CHECK(model.sentence(1) == "start: the program begins, in its main coroutine");
    CHECK(model.sentence(2) == "chan(2): results has 2 seats, all free");
    CHECK(model.sentence(3) == "go(producer, \"tea\"): co#1 runs at once, inside main");
    CHECK(model.sentence(4) == "sleep(0.12): co#1 wakes at 0.120 s; main goes on");
    CHECK(model.sentence(7) == "go(consumer): co#3 runs at once, inside main");
    CHECK(model.sentence(8) == "after(400): timer t fires once, at 0.400 s");
    CHECK(model.sentence(9) == "defer(function): a function is kept for the end of co#3");
    CHECK(model.sentence(10) == "pop(): results is empty, so co#3 waits; main goes on");
    CHECK(model.sentence(11) == "print(\"main waits\"): line 1 of the output");
    CHECK(model.sentence(13) == "due: the sleep of co#1 is over, so it is ready");
    CHECK(model.sentence(16) == "push(\"tea\"): co#3 waits in pop(), so it gets the value and is ready");
    CHECK(model.sentence(23) == "runs: co#3 was first in the ready queue; its pop() returns \"tea\"");
    CHECK(model.sentence(25) == "pop(): \"milk\" comes out of seat 1");
    CHECK(model.sentence(27) == "deferred: co#3 is ending, so its deferred function runs");
    CHECK(model.sentence(28) == "clear(t): timer t will not fire");
    CHECK(model.sentence(33) == "ends: co#1 has come to its end");
}

TEST_CASE("channels say why a push or a pop came out as it did") {
    CHECK(after_scene(EventKind::push_wait, {.value = forever_ns, .coroutine = 1, .object = 1}, "7") ==
          "push(7): the only seat is taken, so co#1 waits");
    CHECK(after_scene(EventKind::push_failed, {.coroutine = 1, .object = 1}, "closed") == "push(): jobs is closed");
    CHECK(after_scene(EventKind::push_failed, {.coroutine = 1, .object = 1}, "timeout") ==
          "push(): no seat came free in time");
    CHECK(after_scene(EventKind::pop_failed, {.coroutine = 1, .object = 1}, "closed") ==
          "pop(): jobs is closed and empty");
    CHECK(after_scene(EventKind::pop_failed, {.coroutine = 1, .object = 1}, "cancelled") ==
          "pop(): the wait was cancelled");
    CHECK(after_scene(EventKind::pop_wait, {.value = 50'000'000, .coroutine = 1, .object = 1}) ==
          "pop(): jobs is empty, so co#1 waits, at most until 0.050 s");
    CHECK(after_scene(EventKind::close, {.coroutine = 1, .object = 1}) == "close(): jobs takes no more values");
}

TEST_CASE("a pop that frees a seat names whose value takes it, and close() names whom it wakes") {
    TraceWriter writer = scene_of_one();
    writer.add(EventKind::push, {.coroutine = 1, .object = 1}, "7")
        .add(EventKind::push_wait, {.value = forever_ns, .coroutine = 1, .object = 1}, "8")
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    TraceWriter closing = writer;
    writer.add(EventKind::pop, {.coroutine = 0, .object = 1, .other = 1}, "7")
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(writer) == "pop(): 7 comes out of seat 1; the 8 of co#1 takes the free seat, so co#1 is ready");
    closing.add(EventKind::close, {.coroutine = 0, .object = 1}).add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(closing) == "close(): jobs takes no more values; co#1 is ready");
}

TEST_CASE("wait groups count aloud") {
    CHECK(after_scene(EventKind::group_add, {.value = 2, .coroutine = 1, .object = 1}) == "add(2): 2 to wait for");
    CHECK(after_scene(EventKind::group_done, {.value = 1, .coroutine = 1, .object = 1}) ==
          "done(): 1 still to wait for");
    CHECK(after_scene(EventKind::group_done, {.value = 0, .coroutine = 1, .object = 1}) ==
          "done(): the count is 0, nobody waits for it");
    CHECK(after_scene(EventKind::group_pass, {.coroutine = 1, .object = 1}) ==
          "wait(): the count is 0, so there is nothing to wait for");
    TraceWriter writer = scene_of_one();
    writer.add(EventKind::group_add, {.value = 2, .coroutine = 1, .object = 1})
        .add(EventKind::group_wait, {.value = forever_ns, .coroutine = 1, .object = 1, .other = 2});
    CHECK(last_sentence(writer) == "wait(): 2 not done yet, so co#1 waits");
}

TEST_CASE("timers say when, and again when") {
    CHECK(after_scene(EventKind::timer_tick, {.value = 10'000'000, .coroutine = 1, .object = 4, .other = 10}) ==
          "tick(10): timer 4 fires every 10 ms, first at 0.010 s");
    CHECK(after_scene(EventKind::timer_clear, {.value = 0, .coroutine = 1, .object = 4}) ==
          "clear(4): timer 4 has fired already, or was never set");
    TraceWriter writer = scene_of_one();
    writer.add(EventKind::timer_tick, {.value = 10'000'000, .coroutine = 1, .object = 4, .other = 10}, "beat")
        .at_ms(10)
        .add(EventKind::timer_fire, {.value = 20'000'000, .coroutine = 2, .object = 4}, "beat");
    CHECK(last_sentence(writer) == "fires: timer beat is due, so co#2 is ready; again at 0.020 s");
}

TEST_CASE("the ways to end, to yield and to be resumed") {
    CHECK(after_scene(EventKind::failed, {.coroutine = 1}, "main.lua:3: boom") == "fails: main.lua:3: boom");
    CHECK(after_scene(EventKind::yield, {.coroutine = 1}) == "yield(): co#1 waits until somebody resumes it");
    CHECK(after_scene(EventKind::resume, {.coroutine = 1, .object = 2}) == "resume(2): co#2 runs at once, inside co#1");
    CHECK(after_scene(EventKind::requeue, {.coroutine = 1}) ==
          "sleep(0): nobody else is ready, so it runs again at once");
    CHECK(after_scene(EventKind::requeue, {.value = 20, .coroutine = 1}) ==
          "is cut off: its time slice of 20 lines is over; nobody else is ready, so it runs again at once");
    CHECK(after_scene(EventKind::deadlock, {}) ==
          "deadlock: every coroutine is parked and nothing can wake any of them");
    CHECK(after_scene(EventKind::stopped, {}, "the horizon was reached") == "stopped: the horizon was reached");
}

TEST_CASE("a wait that times out names the call that gives up") {
    TraceWriter writer = scene_of_one();
    writer.add(EventKind::pop_wait, {.value = 50'000'000, .coroutine = 1, .object = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .at_ms(50)
        .add(EventKind::due, {.value = 1, .coroutine = 1});
    CHECK(last_sentence(writer) == "due: co#1 has waited long enough, so its pop() gives up and it is ready");
}

TEST_CASE("every kind of step has a label and a verb, and only the loop's own steps are the loop's") {
    for (int number = 0; number <= static_cast<int>(co::trace::last_kind); ++number) {
        const auto kind = static_cast<EventKind>(number);
        Event event;
        event.kind = kind;
        CHECK(!operation_label(event, State()).empty());
        CHECK(!event_verb(event, State()).empty());
    }
    CHECK(is_done_by_loop(EventKind::due));
    CHECK(!is_done_by_loop(EventKind::push));
    CHECK(leaves_running(EventKind::pop_wait));
    CHECK(!leaves_running(EventKind::pop));
}

TEST_CASE("descriptors and the network: what was read, what waits for room, what is on its way") {
    CHECK(after_scene(EventKind::read, {.value = 4, .coroutine = 1, .object = 7}, "tea\n") ==
          "read: 4 bytes out of the receive buffer of descriptor 7: \"tea\\n\"");
    CHECK(after_scene(EventKind::read, {.coroutine = 1, .object = 7}) ==
          "read: the other end of descriptor 7 sends no more");
    CHECK(after_scene(EventKind::segment_sent, {.value = 1, .object = 1}, "a > b") ==
          "segment_sent: 1 byte leaves, a > b");
    CHECK(after_scene(EventKind::segment_lost, {.object = 1}, "a > b") ==
          "segment_lost: the end of the stream is lost on the way (TCP sends again), a > b");
    CHECK(after_scene(EventKind::partition, {.value = 1, .object = 1, .other = 2}) ==
          "partition: the way between host 1 and host 2 is cut");
    CHECK(after_scene(EventKind::send_wait, {.value = co::trace::forever_ns, .coroutine = 1, .object = 3}) ==
          "send_wait: the output buffer of connection 3 is full, so co#1 waits until the peer has read");
    CHECK(after_scene(EventKind::post_wait, {.value = co::trace::forever_ns, .coroutine = 1, .object = 3 << 16}) ==
          "post_wait: too much waits for worker 0 already, so co#1 waits");
}

TEST_CASE("the card of a coroutine that waits for a descriptor, a buffer or a helper says so") {
    const auto now_of = [](EventKind kind, Event event, std::string_view text = "") {
        TraceWriter writer = scene_of_one();
        event.coroutine = 1;
        writer.add(kind, event, text);
        const Model model(writer.take());
        return row(model.card(1, model.at(model.steps())), "Now");
    };
    const std::int64_t forever = co::trace::forever_ns;
    CHECK(now_of(EventKind::fd_wait, {.value = 2'000'000'000, .object = 3}, "read")
              .starts_with("parked in a read of descriptor 3"));
    CHECK(now_of(EventKind::fd_wait, {.value = 2'000'000'000, .object = 3}, "write")
              .ends_with("will be woken by the event loop, when it is ready to write, or by its timeout at 2.000 s"));
    CHECK(
        now_of(EventKind::send_wait, {.value = forever, .object = 3}).starts_with("parked in send() to connection 3"));
    CHECK(now_of(EventKind::task_wait, {.value = forever, .object = 3}).starts_with("parked in task_wait()"));
    CHECK(now_of(EventKind::aside_wait, {.value = forever}, "a name server")
              .ends_with("a helper thread, when the call is done"));
}
