#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/server_trace.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/process_pipes.h"
#include "visualizer/layout/process_places.h"
#include "visualizer/layout/timeline_layout.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

constexpr Size panel{640, 620};

std::uint32_t step_of(const Model& model, EventKind kind, std::uint32_t number) {
    for (std::uint32_t step = 1; step <= model.steps(); ++step) {
        if (model.event(step).kind == kind && model.event(step).process == number) return step;
    }
    return 0;
}

Scene view_at(Fixture& fixture, std::uint32_t step) {
    fixture.view.inspector_tab = InspectorTab::processes;
    return lay_out_inspector(fixture.at(step, panel));
}

}  // namespace

TEST_CASE("places: outside on the left, then the reactors, the workers, the task workers; nothing overlaps") {
    const Model model(server_trace());
    const ProcessPlaces places(model.processes(), model.steps(), 500, 100);
    std::vector<Column> columns;
    for (const ProcessPlace& one : places.all()) {
        columns.push_back(one.column);
        for (const ProcessPlace& other : places.all()) CHECK((&one == &other || !one.box.overlaps(other.box)));
    }
    CHECK(columns == std::vector<Column>{Column::outside, Column::reactors, Column::workers, Column::task_workers});
    CHECK(places.manager().y > places.master().bottom() - 1);
}

TEST_CASE("places: whoever replaces a dead worker stands in its place, and nothing else moves") {
    const Model model(server_trace());
    const std::uint32_t worker = *model.processes().place_of(worker_number);
    const std::uint32_t replacement = *model.processes().place_of(replacement_number);
    const ProcessPlaces before(model.processes(), model.processes()[worker].to, 500, 100);
    const ProcessPlaces after(model.processes(), model.steps(), 500, 100);
    CHECK(before.of_process(worker)->process == worker);
    CHECK(after.of_process(worker)->process == replacement);
    CHECK(after.of_process(worker)->before == std::vector<std::uint32_t>{worker});
    for (std::size_t i = 0; i < before.all().size(); ++i) CHECK(before.all()[i].box == after.all()[i].box);
}

TEST_CASE("processes view: it is there when there are several, and shows each with its number") {
    Fixture fixture(server_trace());
    const Scene scene = view_at(fixture, fixture.model.steps());
    CHECK(has_text(scene, "Processes"));
    CHECK(has_text(scene, "reactor 1"));
    CHECK(has_text(scene, "master, pid 1"));
    CHECK(has_text(scene, "pid 5 killed"));
    check_scene(scene, panel);
    Fixture alone;
    CHECK_FALSE(has_text(view_at(alone, 5), "Processes"));
}

TEST_CASE("processes view: a message that was just sent is under way, and waits until it is taken") {
    Fixture fixture(server_trace());
    fixture.view.inspector_tab = InspectorTab::processes;
    const std::uint32_t sent = step_of(fixture.model, EventKind::message_sent, reactor_number);
    const std::vector<Travelling> now = travelling(fixture.at(sent, panel));
    REQUIRE(now.size() == 1);
    CHECK(now[0].text == "req 1");
    CHECK(now[0].from == *fixture.model.processes().place_of(reactor_number));
    CHECK(now[0].to == *fixture.model.processes().place_of(worker_number));
    CHECK(now[0].share == 0.5F);
    CHECK(travelling(fixture.at(sent + 1, panel)).empty());
    const std::uint32_t taken = step_of(fixture.model, EventKind::message_taken, worker_number);
    CHECK(travelling(fixture.at(taken, panel))[0].share == 1);
    fixture.view.flight = 1;
    CHECK(travelling(fixture.at(taken, panel))[0].share == 0.5F);
}

TEST_CASE("processes view: a process whose thread is held says for how long") {
    Fixture fixture(server_trace());
    const Scene scene = view_at(fixture, step_of(fixture.model, EventKind::block, task_worker_number));
    CHECK(std::ranges::any_of(seen_texts(scene, panel), [](const SeenText& seen) {
        return seen.text.find("blocked") != std::string::npos || seen.text.find("pid 6") != std::string::npos;
    }));
}

TEST_CASE("processes view: a click on a request follows it; then its way is written out") {
    Fixture fixture(server_trace());
    const std::uint32_t end = fixture.model.steps();
    const Scene before = view_at(fixture, end);
    CHECK(hit_rect(before, Target::request, 1).w > 0);
    fixture.view.request = 1;
    const Scene after = view_at(fixture, end);
    CHECK(std::ranges::any_of(seen_texts(after, panel), [](const SeenText& seen) {
        return seen.text.starts_with("reactor 1 main to worker 1 main");
    }));
    check_scene(after, panel);
}

TEST_CASE("timeline: while a request is followed its hops are arrows, and lanes that it does not touch step aside") {
    Fixture fixture(server_trace());
    const std::uint32_t end = fixture.model.steps();
    const Size size{1280, 254};
    fixture.view.request = 1;
    const PanelInput input = fixture.at(end, size);
    CHECK(arrows_now(input).size() == fixture.model.traffic().requests().front().hops.size());
    const Scene scene = lay_out_timeline(input);
    const bool has_faint_bar = std::ranges::any_of(scene.items, [](const Item& item) {
        const auto* bar = std::get_if<FillRect>(&item);
        return bar && bar->ink == Ink::waiting_io && bar->paint.alpha < 0.5F;
    });
    CHECK(has_faint_bar);
    check_scene(scene, size);
}
