#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/server_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/process_pipes.h"
#include "visualizer/layout/process_places.h"
#include "visualizer/layout/timeline_layout.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

constexpr Size processes_panel{640, 620};

std::uint32_t first_step_of(const Model& model, EventKind kind, std::uint32_t number) {
    for (std::uint32_t step = 1; step <= model.steps(); ++step) {
        if (model.event(step).kind == kind && model.event(step).process == number) return step;
    }
    return 0;
}

Scene view_at(Fixture& fixture, std::uint32_t step, Size size = processes_panel) {
    fixture.view.inspector_tab = InspectorTab::processes;
    return lay_out_inspector(fixture.at(step, size));
}

/// Where the tab stands in a window of 1280 x 800, in one of 1024 x 640, and on a phone.
std::vector<Size> usual_sizes() {
    const ScreenContent content{.lanes = 20, .lines = 40};
    return {lay_out_screen({1280, 800}, content).inspector.size(),
            lay_out_screen({1024, 640}, content).inspector.size(),
            {360, 384}};
}

/// As wide as Inter is, and a little more.
float measure_widely(std::string_view text, Font font) { return measure_monospace(text, font) * 1.03F; }

/// Three customers, two reactors, a manager, three workers, four task workers; pids with two digits.
co::trace::Trace large_server() {
    TraceWriter writer;
    std::uint32_t number = 10;
    const auto begin = [&](std::uint32_t host, bool thread, std::uint32_t role, const std::string& name) {
        ++number;
        writer.add(EventKind::process_start, {.value = thread ? 1 : 0, .object = number, .other = host}, name);
        writer.add(EventKind::start, {.process = number, .coroutine = 0}, "main.lua");
        if (role != co::trace::nobody)
            writer.add(EventKind::role, {.process = number, .coroutine = 0, .object = role}, name);
        writer.add(EventKind::fd_wait, {.value = co::trace::forever_ns, .process = number, .coroutine = 0, .object = 3},
                   "read");
    };
    writer.add(EventKind::host, {.object = 1}, "app").add(EventKind::host, {.object = 2}, "home");
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua").add(EventKind::role, {.coroutine = 0}, "master");
    for (const char* name : {"ann", "ben", "world"}) begin(2, false, co::trace::nobody, name);
    begin(1, false, 1 << 16, "manager");
    for (std::uint32_t i = 0; i < 2; ++i) begin(1, true, 2 << 16 | i, "reactor " + std::to_string(i));
    for (std::uint32_t i = 0; i < 3; ++i) begin(1, false, 3 << 16 | i, "worker " + std::to_string(i));
    for (std::uint32_t i = 0; i < 4; ++i) begin(1, false, 4 << 16 | i, "task worker " + std::to_string(i));
    return writer.take();
}

/// What cannot be read in the boxes: words that are cut, and those that stick out of their box.
std::vector<std::string> unreadable(const Scene& scene, const ProcessPlaces& places) {
    std::vector<std::string> found;
    for (const Item& item : scene.items) {
        const auto* text = std::get_if<Text>(&item);
        if (!text) continue;
        const Point at = text->baseline;
        float left = at.x;
        const float width = measure_widely(text->text, text->style.font);
        if (text->style.align == Align::center) left -= width / 2;
        if (text->style.align == Align::right) left -= width;
        const auto around = [&](const Rect& box) {
            const Point inside{at.x - (text->style.align == Align::right ? 1.0F : 0.0F), at.y - 3};
            if (!box.contains(inside) || text->style.align == Align::center) return;
            const bool is_cut =
                text->text.ends_with("…") || (text->style.max_width > 0 && text->style.max_width < width);
            if (is_cut || left < box.x || left + width > box.right()) found.push_back(text->text);
        };
        for (const ProcessPlace& place : places.all()) around(place.box);
        around(places.manager());
    }
    return found;
}

/// Where the tab has put the places: below its upper parts, which are as high as what stands above the first caption.
ProcessPlaces places_in(Fixture& fixture, std::uint32_t step, Size size) {
    const Scene scene = view_at(fixture, step, size);
    const auto caption = std::ranges::find_if(scene.items, [](const Item& item) {
        const auto* text = std::get_if<Text>(&item);
        return text && text->text == "outside";
    });
    REQUIRE(caption != scene.items.end());
    const float top = std::get<Text>(*caption).baseline.y - 15;
    return {fixture.model.processes(), step, {size.w, top}, measure_widely};
}

}  // namespace

TEST_CASE("places: outside on the left, then the reactors, the workers, the task workers, and nothing overlaps") {
    const Model model(server_trace());
    const ProcessPlaces places(model.processes(), model.steps(), {500, 100}, measure_monospace);
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
    const ProcessPlaces before(model.processes(), model.processes()[worker].to, {500, 100}, measure_monospace);
    const ProcessPlaces after(model.processes(), model.steps(), {500, 100}, measure_monospace);
    CHECK(before.of_process(worker)->process == worker);
    CHECK(after.of_process(worker)->process == replacement);
    CHECK(after.of_process(worker)->before == std::vector<std::uint32_t>{worker});
    for (std::size_t i = 0; i < before.all().size(); ++i) CHECK(before.all()[i].box == after.all()[i].box);
}

TEST_CASE("processes view: names, numbers and states are whole in a large window, in a small one and on a phone") {
    for (const co::trace::Trace& recorded : {server_trace(), large_server()}) {
        Fixture fixture(recorded);
        fixture.measure = measure_widely;
        for (const Size size : usual_sizes()) {
            for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
                const Scene scene = view_at(fixture, step, size);
                INFO("step " << step << ", " << size.w << " x " << size.h);
                CHECK(unreadable(scene, places_in(fixture, step, size)) == std::vector<std::string>{});
                check_scene(scene, size);
            }
        }
    }
}

TEST_CASE("processes view: what is too wide for columns stands one below the other, with the pipes beside it") {
    const Model model(large_server());
    const ProcessPlaces wide(model.processes(), model.steps(), {500, 100}, measure_widely);
    const ProcessPlaces narrow(model.processes(), model.steps(), {336, 100}, measure_widely);
    CHECK_FALSE(wide.is_stacked());
    CHECK(narrow.is_stacked());
    const ProcessPlace* worker = narrow.of_role(3 << 16);
    const ProcessPlace* reactor = narrow.of_role(2 << 16);
    const ProcessPlace* task_worker = narrow.of_role(4 << 16);
    CHECK(pipe_between(narrow, *reactor, *worker).leave.x < worker->box.x);
    CHECK(pipe_between(narrow, *worker, *task_worker).leave.x > worker->box.right());
    CHECK(pipe_between(wide, *wide.of_role(2 << 16), *wide.of_role(3 << 16)).to.x == wide.of_role(3 << 16)->box.x);
}

TEST_CASE("processes view: the plate of what travels lies on no box") {
    const Model model(large_server());
    for (const float width : {500.0F, 336.0F}) {
        const ProcessPlaces places(model.processes(), model.steps(), {width, 100}, measure_monospace);
        for (const float share : {0.0F, 0.3F, 0.5F, 1.0F}) {
            for (const std::uint32_t to : {3U << 16, 3U << 16 | 2}) {
                const Pipe pipe = pipe_between(places, *places.of_role(2 << 16), *places.of_role(to));
                const Rect plate = plate_of(places, pipe, share, 40);
                CHECK(plate.x >= 0);
                for (const ProcessPlace& place : places.all()) CHECK_FALSE(plate.overlaps(place.box));
            }
        }
    }
}

TEST_CASE("processes view: it is there when there are several, and shows each with its number") {
    Fixture fixture(server_trace());
    const Scene scene = view_at(fixture, fixture.model.steps());
    CHECK(has_text(scene, "Processes"));
    CHECK(has_text(scene, "reactor 0"));
    CHECK(has_text(scene, "master, pid 1"));
    CHECK(has_text(scene, "pid 5 killed"));
    check_scene(scene, processes_panel);
    Fixture alone;
    CHECK_FALSE(has_text(view_at(alone, 5), "Processes"));
}

TEST_CASE("processes view: a message that was just sent is under way, and waits until it is taken") {
    Fixture fixture(server_trace());
    fixture.view.inspector_tab = InspectorTab::processes;
    const std::uint32_t sent = first_step_of(fixture.model, EventKind::message_sent, reactor_number);
    const std::vector<Travelling> now = travelling(fixture.at(sent, processes_panel));
    REQUIRE(now.size() == 1);
    CHECK(now[0].text == "req 1");
    CHECK(now[0].from == *fixture.model.processes().place_of(reactor_number));
    CHECK(now[0].to == *fixture.model.processes().place_of(worker_number));
    CHECK(now[0].share == 0.5F);
    CHECK(travelling(fixture.at(sent + 1, processes_panel)).empty());
    const std::uint32_t taken = first_step_of(fixture.model, EventKind::message_taken, worker_number);
    CHECK(travelling(fixture.at(taken, processes_panel))[0].share == 1);
    fixture.view.flight = 1;
    CHECK(travelling(fixture.at(taken, processes_panel))[0].share == 0.5F);
}

TEST_CASE("processes view: a process whose thread is held says for how long") {
    Fixture fixture(server_trace());
    const Scene scene = view_at(fixture, first_step_of(fixture.model, EventKind::block, task_worker_number));
    CHECK(std::ranges::any_of(seen_texts(scene, processes_panel), [](const SeenText& seen) {
        return seen.text.find("blocked") != std::string::npos || seen.text.find("pid 6") != std::string::npos;
    }));
}

TEST_CASE("processes view: a click on a request follows it, and then its way is written out") {
    Fixture fixture(server_trace());
    const std::uint32_t end = fixture.model.steps();
    const Scene before = view_at(fixture, end);
    CHECK(hit_rect(before, Target::request, 1).w > 0);
    fixture.view.request = 1;
    const Scene after = view_at(fixture, end);
    CHECK(std::ranges::any_of(seen_texts(after, processes_panel), [](const SeenText& seen) {
        return seen.text.starts_with("reactor 0 main to worker 0 main");
    }));
    check_scene(after, processes_panel);
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
