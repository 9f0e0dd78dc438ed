#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/told.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/model/loop_words.h"

using namespace co::studio;
using co::trace::EventKind;
using co::trace::forever_ns;
using co::trace::nobody;

namespace {

constexpr std::uint32_t reactor = 4;

/// A server's reactor thread: it listens, a client connects and sends 4 bytes, a worker answers into its mailbox.
TraceWriter served() {
    TraceWriter writer;
    writer.add(EventKind::host, {.object = 1}, "app")
        .add(EventKind::host, {.object = 2}, "phone")
        .add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::listen, {.value = 128, .coroutine = 0, .object = 3}, "0.0.0.0:9501")
        .add(EventKind::process_start, {.value = 1, .object = reactor}, "reactor#0")
        .add(EventKind::start, {.process = reactor, .coroutine = 0}, "reactor#0")
        .add(EventKind::role, {.process = reactor, .coroutine = 0, .object = 2 << 16}, "reactor 0")
        .add(EventKind::go, {.process = reactor, .coroutine = 0, .object = 1}, "accept")
        .add(EventKind::fd_watch, {.value = 1, .process = reactor, .coroutine = 1, .object = 3})
        .add(EventKind::fd_wait, {.value = forever_ns, .process = reactor, .coroutine = 1, .object = 3}, "read")
        .add(EventKind::back, {.process = reactor, .coroutine = 0, .object = 1})
        .add(EventKind::fd_watch, {.value = 1, .process = reactor, .coroutine = 0, .object = 13})
        .add(EventKind::fd_wait, {.value = 500'000'000, .process = reactor, .coroutine = 0, .object = 13}, "read")
        .add(EventKind::loop_wait, {.value = 500'000'000, .process = reactor, .other = 2});
    return writer;
}

void wake(TraceWriter& writer, std::uint32_t fd, std::uint32_t coroutine) {
    writer.add(EventKind::loop_woke, {.value = 1, .process = reactor})
        .add(EventKind::fd_ready, {.process = reactor, .object = fd, .other = coroutine}, "read")
        .add(EventKind::ready, {.process = reactor, .object = coroutine})
        .add(EventKind::run, {.process = reactor, .coroutine = coroutine});
}

/// The same until the phone's connection has been read once.
TraceWriter phone_connected() {
    TraceWriter writer = served();
    writer.at_ms(20);
    wake(writer, 3, 1);
    writer
        .add(EventKind::accept, {.value = 3, .process = reactor, .coroutine = 1, .object = 22},
             "10.0.0.1:9501 < 10.0.0.2:32768")
        .add(EventKind::read, {.value = 4, .process = reactor, .coroutine = 1, .object = 22}, "tea\n")
        .add(EventKind::fd_watch, {.value = 3, .process = reactor, .coroutine = 1, .object = 22})
        .add(EventKind::fd_wait, {.value = forever_ns, .process = reactor, .coroutine = 1, .object = 22}, "read");
    return writer;
}

std::string what(const Model& model, const State& state, std::uint32_t fd) {
    const Loop& loop = *state.loops.find(reactor);
    return what_it_is(model, state, loop, *loop.descriptor(fd));
}

}  // namespace

TEST_CASE("reactor: a loop knows what it watches, for what, and what each descriptor is") {
    const Model model(phone_connected().take());
    const State state = model.at(model.steps());
    const Loop& loop = *state.loops.find(reactor);
    CHECK(loop_name(model, loop) == "reactor 0");
    CHECK(loop.watched() == 3);
    CHECK(watch_text(loop.descriptor(22)->watched) == "read, write");
    CHECK(what(model, state, 3) == "listens at 0.0.0.0:9501");  // a thread has its process's descriptors
    CHECK(what(model, state, 13) == "mailbox");
    CHECK(what(model, state, 22) == "connection, phone");
}

TEST_CASE("reactor: why a descriptor woke is what came of it") {
    const Model model(phone_connected().take());
    const State state = model.at(model.steps());
    const Loop& loop = *state.loops.find(reactor);
    CHECK(why_it_woke(model, *loop.descriptor(3)) == "step 15: phone connected");
    CHECK(why_it_woke(model, *loop.descriptor(13)) == "not yet");
    CHECK(model.at(13).loops.find(reactor)->descriptor(3)->ready == Watch::read);
    CHECK(why_it_woke(model, *model.at(13).loops.find(reactor)->descriptor(3)) == "step 13: ready to read");
}

TEST_CASE("reactor: the timeout that the wait is given is the timer heap's top") {
    const Model model(served().take());
    const State state = model.at(model.steps());
    const Loop& loop = *state.loops.find(reactor);
    CHECK(loop.is_waiting);
    CHECK(timeout_text(model, state, loop) ==
          "waits until 0.500 s at the latest: the deadline of main is on top of its timer heap");
    const Model later(phone_connected().take());
    const State woken = later.at(13);
    CHECK_FALSE(woken.loops.find(reactor)->is_waiting);
    CHECK(timeout_text(later, woken, *woken.loops.find(reactor)).starts_with("would wait until 0.500 s"));
}

TEST_CASE("reactor: a poll's ready list is that of the turn: the next wait forgets it") {
    TraceWriter writer = phone_connected();
    writer.add(EventKind::loop_wait, {.value = forever_ns, .process = reactor, .other = 3});
    const State state = end_of(std::move(writer));
    const Loop& loop = *state.loops.find(reactor);
    CHECK(loop.descriptor(3)->ready == Watch::none);
    CHECK(loop.turns == 2);
    CHECK(loop.place == LoopPlace::wait);
}

TEST_CASE("reactor: what is closed is gone, and so is all of a process that ended") {
    TraceWriter writer = phone_connected();
    writer.add(EventKind::fd_close, {.process = reactor, .coroutine = 1, .object = 22});
    CHECK(end_of(writer).loops.find(reactor)->descriptor(22) == nullptr);
    writer.add(EventKind::process_end, {.value = 137, .object = 0});
    const State ended = end_of(std::move(writer));
    CHECK(ended.loops.find(reactor)->has_ended);  // a thread of it
    CHECK(ended.loops.find(reactor)->descriptors.empty());
}

TEST_CASE("reactor: a thread that has stopped watches nothing any more, and none of its coroutines waits") {
    TraceWriter writer = phone_connected();
    writer.add(EventKind::stopped, {.process = reactor, .coroutine = nobody}, "the reactor has stopped");
    const Model model(writer.take());
    const State before = model.at(model.steps() - 1), after = model.at(model.steps());
    CHECK_FALSE(before.loops.find(reactor)->descriptors.empty());
    CHECK(after.loops.find(reactor)->has_ended);
    CHECK(after.loops.find(reactor)->descriptors.empty());
    const std::uint32_t accept = joined_number(*model.processes().place_of(reactor), 1);
    CHECK(before.coroutine(accept)->activity == Activity::waiting_io);
    CHECK(after.coroutine(accept)->activity == Activity::done);
    CHECK(model.processes()[*model.processes().place_of(reactor)].to == model.steps());
    CHECK(after.loops.find(0)->has_ended == false);  // its process goes on
}

TEST_CASE("reactor: of two computers with a server each, every loop says whose it is") {
    TraceWriter writer;
    writer.add(EventKind::host, {.object = 1}, "app").add(EventKind::start, {.coroutine = 0}, "main.lua");
    writer.add(EventKind::host, {.object = 2}, "slow").add(EventKind::host, {.object = 3}, "quick");
    for (const std::uint32_t process : {4U, 5U}) {
        writer.add(EventKind::process_start, {.object = process, .other = process - 2}, "server")
            .add(EventKind::start, {.process = process, .coroutine = 0}, "server")
            .add(EventKind::role, {.process = process, .coroutine = 0, .object = 3 << 16}, "worker 0");
    }
    const Model model(writer.take());
    const State state = model.at(model.steps());
    CHECK(loop_name(model, *state.loops.find(4)) == "slow: worker 0");
    CHECK(loop_name(model, *state.loops.find(5)) == "quick: worker 0");
    CHECK(loop_name(model, *state.loops.find(0)) == "main");
}

TEST_CASE("reactor: the tab shows the loop that acted last, or the one that was chosen") {
    Fixture fixture(phone_connected().take());
    fixture.view.inspector_tab = InspectorTab::reactor;
    const Size size{500, 640};
    const Scene scene = lay_out_inspector(fixture.at(fixture.model.steps(), size));
    CHECK(has_text(scene, "reactor 0 watches 3 of 3"));
    CHECK(has_text(scene, "connection, phone"));
    CHECK(has_text(scene, "step 15: phone connected"));
    CHECK(hit_rect(scene, Target::step, 15).w > 0);
    CHECK(hit_rect(scene, Target::loop, reactor).w > 0);
    fixture.view.loop = 0;
    CHECK(has_text(lay_out_inspector(fixture.at(fixture.model.steps(), size)), "main watches 0 of 1"));
}

TEST_CASE("reactor: nothing overlaps or sticks out at any step, wide or narrow, and without descriptors it says so") {
    Fixture fixture(phone_connected().take());
    fixture.view.inspector_tab = InspectorTab::reactor;
    for (const Size size : {Size{500, 464}, Size{360, 304}, Size{800, 700}, Size{360, 640}}) {
        for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
            INFO("step " << step << ", " << size.w << " x " << size.h);
            check_scene(lay_out_inspector(fixture.at(step, size)), size);
        }
    }
    Fixture channels;
    channels.view.inspector_tab = InspectorTab::reactor;
    CHECK(has_text(lay_out_inspector(channels.at(20, {500, 464})), "No descriptor has been watched yet."));
}
