// select, join and cancel, as the model and its words know them.
#include <doctest/doctest.h>

#include "tests/visualizer/told.h"
#include "visualizer/model/model.h"

using namespace co::studio;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::nobody;

namespace {

/// Two channels; co#1 waits in a select: to pop from jobs, or to push 7 into quit, which is full.
TraceWriter selecting(std::int64_t deadline = forever_ns) {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 1}, "jobs")
        .add(EventKind::channel, {.value = 1, .coroutine = 0, .object = 2}, "quit")
        .add(EventKind::push, {.coroutine = 0, .object = 2}, "6")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "chooser()")
        .add(EventKind::select_wait, {.value = deadline, .coroutine = 1})
        .add(EventKind::select_case, {.value = 0, .coroutine = 1, .object = 1})
        .add(EventKind::select_case, {.value = 1, .coroutine = 1, .object = 2}, "7")
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    return writer;
}

}  // namespace

TEST_CASE("who waits in select stands in the queues of all its channels") {
    const State state = end_of(selecting(50'000'000));
    CHECK(list(state.channel(1)->consumers) == std::vector<std::uint32_t>{1});
    CHECK(list(state.channel(2)->producers) == std::vector<std::uint32_t>{1});
    CHECK(state.coroutine(1)->activity == Activity::waiting_channel);
    CHECK(state.coroutine(1)->wait.kind == WaitKind::select);
    CHECK(state.coroutine(1)->wait.stands_at(1, false));
    CHECK(state.coroutine(1)->wait.stands_at(2, true));
    CHECK_FALSE(state.coroutine(1)->wait.stands_at(2, false));
    CHECK(state.timer_heap().size() == 1);
    CHECK(last_sentence(selecting()) ==
          "select(jobs and quit): neither can go on yet, so co#1 waits at both; main goes on");
}

TEST_CASE("a push to one of them wakes it, and it leaves all of them") {
    TraceWriter writer = selecting(50'000'000);
    writer.add(EventKind::push, {.coroutine = 0, .object = 1, .other = 1}, "\"tea\"")
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const State state = end_of(writer);
    CHECK(state.channel(1)->consumers.empty());
    CHECK(state.channel(2)->producers.empty());
    CHECK(state.timer_heap().empty());
    CHECK(state.coroutine(1)->activity == Activity::ready);
    CHECK(last_sentence(writer) == "push(\"tea\"): co#1 waits in select(), so it gets the value and is ready");
    writer.add(EventKind::run, {.coroutine = 1});
    CHECK(last_sentence(writer) == "runs: co#1 was first in the ready queue; its select() returns \"tea\"");
}

TEST_CASE("a pop takes the value that a select holds for that channel") {
    TraceWriter writer = selecting();
    writer.add(EventKind::pop, {.coroutine = 0, .object = 2, .other = 1}, "6")
        .add(EventKind::ready, {.coroutine = 0, .object = 1});
    const Model model(writer.take());
    const State state = model.at(model.steps());
    REQUIRE(state.channel(2)->seats.size() == 1);
    CHECK(model.text(state.channel(2)->seats[0].text) == "7");
    CHECK(state.channel(1)->consumers.empty());
    CHECK(model.sentence(model.steps()) ==
          "pop(): 6 comes out of seat 1; the 7 of co#1 takes the free seat, so co#1 is "
          "ready");
}

TEST_CASE("a select that times out leaves all queues, and one that need not wait says so") {
    TraceWriter writer = selecting(50'000'000);
    writer.at_ms(50).add(EventKind::due, {.value = 1, .coroutine = 1});
    const State state = end_of(writer);
    CHECK(state.channel(1)->consumers.empty());
    CHECK(state.channel(2)->producers.empty());
    CHECK(last_sentence(writer) == "due: co#1 has waited long enough, so its select() gives up and it is ready");
    TraceWriter pass = selecting();
    pass.add(EventKind::select_pass, {.coroutine = 0}, "timeout");
    CHECK(last_sentence(pass) == "select(): none can go on, and main does not wait");
}

TEST_CASE("the card of who waits in select says what it needs, and so does a deadlock") {
    TraceWriter writer = selecting(50'000'000);
    const Model model(TraceWriter(writer).take());
    CHECK(
        row(model.card(1, model.at(6)), "Now") ==
        "parked in select() on jobs and quit, since step 6; will be woken by a push to jobs or a pop from quit, or by "
        "its timeout at 0.050 s");
    TraceWriter stuck = selecting();
    stuck.add(EventKind::done, {.coroutine = 0}).add(EventKind::deadlock, {});
    const Model dead(stuck.take());
    REQUIRE(dead.problems().size() == 1);
    CHECK(dead.problems()[0].what ==
          "Deadlock: co#1 (chooser()) waits in select() on jobs and quit; and nobody is left "
          "at the other ends of its channels.");
}

TEST_CASE("join waits for the end of others, and the last one's end wakes it") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "worker()")
        .add(EventKind::yield, {.coroutine = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1})
        .add(EventKind::join_wait, {.value = 50'000'000, .coroutine = 0}, "co#1");
    CHECK(last_sentence(writer) == "join({1}): co#1 has not ended, so main waits, at most until 0.050 s");
    const Model waiting(TraceWriter(writer).take());
    CHECK(row(waiting.card(0, waiting.at(4)), "Now") ==
          "parked in join() of co#1, since step 4; will be woken by the end of co#1, or by its timeout at 0.050 s");
    writer.add(EventKind::run, {.coroutine = 1})
        .add(EventKind::done, {.coroutine = 1})
        .add(EventKind::ready, {.coroutine = 1, .object = 0});
    CHECK(last_sentence(writer) == "ends: co#1 has come to its end, so main is ready");
    const Model model(writer.take());
    CHECK(model.at(6).timer_heap().empty());
    CHECK(row(model.card(0, model.at(6)), "Woken by") == "co#1’s end, step 6");
    CHECK(model.arrows().back() == Arrow{.from_step = 6, .to_step = 6, .from = 1, .to = 0});
}

TEST_CASE("join says why it fails at once") {
    const auto sentence = [](std::string_view reason) {
        TraceWriter writer;
        writer.add(EventKind::start, {.coroutine = 0}, "main.lua").add(EventKind::join_pass, {.coroutine = 0}, reason);
        return last_sentence(writer);
    };
    CHECK(sentence("") == "join(): they have ended already, so there is nothing to wait for");
    CHECK(sentence("empty") == "join(): the list is empty, so there is nobody to wait for");
    CHECK(sentence("self") == "join(): main cannot wait for its own end");
    CHECK(sentence("unknown") == "join(): one of these ids was never given to a coroutine");
    CHECK(sentence("joined already") == "join(): somebody else waits for the end of one of them already");
    CHECK(sentence("timeout") == "join(): they have not ended, and main does not wait");
}

TEST_CASE("cancel names the wait that it ends, and who was cancelled learns it when it runs") {
    TraceWriter writer = selecting();
    TraceWriter twice = writer;
    writer.add(EventKind::cancel, {.coroutine = 0, .object = 1}).add(EventKind::ready, {.coroutine = 0, .object = 1});
    CHECK(last_sentence(writer) == "cancel(1): the select() of co#1 ends at once, so co#1 is ready");
    CHECK(end_of(writer).channel(1)->consumers.empty());
    writer.add(EventKind::run, {.coroutine = 1});
    CHECK(last_sentence(writer) == "runs: co#1 was first in the ready queue; its wait says \"cancelled\"");
    writer.add(EventKind::requeue, {.coroutine = 1}).add(EventKind::run, {.coroutine = 1});
    CHECK(last_sentence(writer) == "runs: co#1 was first in the ready queue");
    twice.add(EventKind::cancel, {.coroutine = 0, .object = 9}, "unknown");
    CHECK(last_sentence(twice) == "cancel(9): no coroutine 9 is alive");
    twice.add(EventKind::cancel, {.coroutine = 0, .object = 0}, "self");
    CHECK(last_sentence(twice) == "cancel(0): main runs, so it does not wait for anything");
    twice.add(EventKind::cancel, {.coroutine = 0, .object = 1}, "not waiting");
    CHECK(last_sentence(twice) == "cancel(1): co#1 does not wait, so there is nothing to end");
    CHECK(end_of(twice).coroutine(1)->activity == Activity::waiting_channel);
}

TEST_CASE("long lists of joined coroutines are cut") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::join_wait, {.value = forever_ns, .coroutine = 1}, "co#0, co#2, co#3, co#4, co#5, co#6");
    CHECK(last_sentence(writer) ==
          "join({0, 2, 3, 4, …}): not all of main, co#2, co#3 and 3 more have ended, so co#1 "
          "waits");
}
