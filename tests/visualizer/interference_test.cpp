#include "visualizer/model/interference.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/told.h"
#include "visualizer/layout/inspector_layout.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

/// Two computers, a worker with a thread; step 7 sends a message.
TraceWriter scene() {
    TraceWriter writer;
    writer.add(EventKind::host, {.object = 1}, "app")
        .add(EventKind::host, {.object = 2}, "phone")
        .add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::process_start, {.object = 5, .other = 1}, "worker#1")
        .add(EventKind::process_start, {.value = 1, .object = 6, .other = 1}, "reactor#1")
        .add(EventKind::listen, {.value = 128, .coroutine = 0, .object = 3}, "0.0.0.0:9501")
        .add(EventKind::segment_sent, {.value = 3, .object = 2, .other = 1}, "10.0.0.2:1 > 10.0.0.1:2");
    return writer;
}

std::vector<std::string> labels(TraceWriter writer, std::uint32_t step) {
    writer.add(EventKind::stopped, {});
    const Model model(writer.take());
    std::vector<std::string> all;
    for (const Interference& one : interferences(model, model.at(step))) all.push_back(one.label);
    return all;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("interference: the message of the step, the processes that live, the ways that are there") {
    CHECK(labels(scene(), 7) == Labels{"Lose this message", "Delay it 100 ms", "Kill worker 1", "Part app and phone"});
    CHECK(labels(scene(), 1).empty());  // there is nothing yet
    CHECK(labels(scene(), 4) == Labels{"Kill worker 1", "Part app and phone"});
    CHECK(labels(scene(), 0).empty());
    CHECK(labels(scene(), 8).empty());  // the run is over
}

TEST_CASE("interference: nobody is killed twice, and what is cut can be joined") {
    TraceWriter writer = scene();
    writer.add(EventKind::process_end, {.value = 137, .object = 5})
        .add(EventKind::partition, {.value = 1, .object = 1, .other = 2});
    CHECK(labels(writer, 9) == Labels{"Join app and phone"});
}

TEST_CASE(
    "interference: the panels of reactors and processes have a button for each, where the program can be run again") {
    TraceWriter writer = scene();
    writer.add(EventKind::stopped, {});
    Fixture fixture(writer.take());
    fixture.view.inspector_tab = InspectorTab::reactor;
    const Size size{500, 640};
    const Scene scene = lay_out_inspector(fixture.at(7, size));
    CHECK(has_text(scene, "Lose this message"));
    CHECK(hit_rect(scene, Target::interference, 3).w > 0);
    fixture.view.may_choose = false;
    CHECK_FALSE(has_text(lay_out_inspector(fixture.at(7, size)), "Lose this message"));
    for (const Size each : {Size{360, 304}, Size{360, 700}}) check_scene(lay_out_inspector(fixture.at(7, each)), each);
}
