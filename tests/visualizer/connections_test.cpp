#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/told.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/model/connections.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

constexpr std::uint32_t client = 3, server = 4;
constexpr const char* there = "10.0.0.2:32768 > 10.0.0.1:9501";

/// A client connects, the server accepts: steps 1 to 3.
TraceWriter connected() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::connect, {.process = client, .coroutine = 0, .object = 5}, there)
        .add(EventKind::accept, {.value = 3, .process = server, .coroutine = 1, .object = 22},
             "10.0.0.1:9501 < 10.0.0.2:32768");
    return writer;
}

/// The client writes three times, in one segment; step 7 sends it, step 8 has it arrive.
TraceWriter written() {
    TraceWriter writer = connected();
    for (int i = 0; i < 3; ++i)
        writer.add(EventKind::write, {.value = 4, .process = client, .coroutine = 0, .object = 5}, "tea\n");
    writer.add(EventKind::segment_sent, {.value = 12, .object = 2, .other = 1}, there)
        .add(EventKind::segment_arrived, {.value = 12, .object = 2, .other = 1}, there);
    return writer;
}

}  // namespace

TEST_CASE("connections: bytes are written, leave, arrive and are read, and each is counted by itself") {
    TraceWriter writer = written();
    writer.add(EventKind::read, {.value = 12, .process = server, .coroutine = 1, .object = 22}, "tea\n");
    const Model model(writer.take());
    const Connections& connections = model.connections();
    REQUIRE(connections.all().size() == 1);
    CHECK(connections.find(client, 5, 9) == EndOf{0, 0});
    CHECK(connections.find(server, 22, 9) == EndOf{0, 1});
    CHECK(connections.flow({0, 0}, 6).unsent() == 12);
    CHECK(connections.flow({0, 0}, 7).on_its_way() == 12);
    CHECK(connections.flow({0, 0}, 8).waiting() == 12);
    const Flow flow = connections.flow({0, 0}, 9);
    CHECK(flow.kept() == 0);
    CHECK(flow.waiting() == 0);
    CHECK(flow.writes == 3);
    CHECK(flow.segments == 1);
    CHECK(flow.reads == 1);
    CHECK(connections.flow({0, 1}, 9) == Flow{});  // nothing came back
    CHECK(connections.all()[0].fullest == 12);
}

TEST_CASE("connections: a lost segment is not on its way, and is counted") {
    TraceWriter writer = connected();
    writer.add(EventKind::write, {.value = 4, .process = client, .coroutine = 0, .object = 5})
        .add(EventKind::segment_sent, {.value = 4, .object = 2, .other = 1}, there)
        .add(EventKind::segment_lost, {.value = 4, .object = 2, .other = 1}, there);
    const Model model(writer.take());
    const Flow flow = model.connections().flow({0, 0}, model.steps());
    CHECK(flow.on_its_way() == 0);
    CHECK(flow.unsent() == 4);
    CHECK(flow.lost == 1);
}

TEST_CASE("connections: within one computer bytes are there at once, and a session's packets are counted") {
    TraceWriter writer;
    writer.add(EventKind::connect, {.process = client, .coroutine = 0, .object = 5}, "127.0.0.1:4000 > 127.0.0.1:80")
        .add(EventKind::accept, {.value = 3, .process = server, .coroutine = 1, .object = 22},
             "127.0.0.1:80 < 127.0.0.1:4000")
        .add(EventKind::session_open, {.process = server, .coroutine = 1, .object = 1}, "127.0.0.1:4000")
        .add(EventKind::write, {.value = 8, .process = client, .coroutine = 0, .object = 5})
        .add(EventKind::read, {.value = 8, .process = server, .coroutine = 1, .object = 22})
        .add(EventKind::framed, {.value = 3, .process = server, .coroutine = 1, .object = 1, .other = 1})
        .add(EventKind::framed, {.value = 3, .process = server, .coroutine = 1, .object = 1, .other = 2});
    const Model model(writer.take());
    CHECK(model.connections().all()[0].is_near);
    CHECK(model.connections().flow({0, 0}, 4).waiting() == 8);
    CHECK(model.connections().flow({0, 0}, model.steps()).packets == 2);
}

TEST_CASE("connections: a descriptor is what it was at that step: closed, and opened again for another connection") {
    TraceWriter writer = connected();
    writer.add(EventKind::fd_close, {.process = client, .coroutine = 0, .object = 5})
        .add(EventKind::connect, {.process = client, .coroutine = 0, .object = 5}, "10.0.0.2:32769 > 10.0.0.1:9501");
    const Model model(writer.take());
    CHECK(model.connections().find(client, 5, 3) == EndOf{0, 0});
    CHECK(model.connections().find(client, 5, 4) == std::nullopt);
    CHECK(model.connections().find(client, 5, 5) == EndOf{1, 0});
    CHECK(model.connections().find(client, 6, 5) == std::nullopt);
}

TEST_CASE("connections: the buffers of both ends, what is on its way, and how often, and nothing overlaps") {
    TraceWriter writer = written();
    writer.add(EventKind::fd_watch, {.value = 1, .process = client, .coroutine = 0, .object = 5})
        .add(EventKind::fd_wait, {.value = co::trace::forever_ns, .process = client, .coroutine = 0, .object = 5},
             "read");
    Fixture fixture(writer.take());
    fixture.view.inspector_tab = InspectorTab::reactor;
    fixture.view.loop = client;
    const Scene scene = lay_out_inspector(fixture.at(7, {700, 900}));
    CHECK(has_text(scene, "Descriptor 5"));
    CHECK(has_text(scene, "12"));  // on its way
    CHECK(has_text(scene, "3 sends, 1 segment, 0 reads"));
    CHECK(count_text(scene, "12 bytes") == 1);
    for (const Size size : {Size{500, 700}, Size{360, 304}, Size{800, 900}}) {
        for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
            INFO("step " << step << ", " << size.w << " x " << size.h);
            check_scene(lay_out_inspector(fixture.at(step, size)), size);
        }
    }
}
