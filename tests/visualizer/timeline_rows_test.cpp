#include "visualizer/layout/timeline_rows.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/server_trace.h"
#include "tests/visualizer/told.h"
#include "visualizer/layout/timeline_layout.h"
#include "visualizer/terminal/frame.h"
#include "visualizer/terminal/player.h"

using namespace co::studio;

namespace {

constexpr Size rows_panel{1280, 260};

std::size_t heading_of(const TimelineRows& rows, std::uint32_t process) {
    for (std::size_t row = 0; row < rows.count(); ++row) {
        if (rows.is_heading(row) && rows.process(row) == process) return row;
    }
    return rows.count();
}

}  // namespace

TEST_CASE("timeline rows: each process has a heading, its coroutines stand below") {
    const Model model(server_trace());
    const TimelineRows rows(model, 0);
    CHECK(rows.count() == 8);  // client, master, reactor, manager, worker with one more, its replacement, task worker
    const std::uint32_t worker = place_of(model, worker_number);
    const std::size_t heading = heading_of(rows, worker);
    CHECK(rows.row_of(joined_number(worker, 0)) == heading);
    CHECK(rows.row_of(joined_number(worker, 1)) == heading + 1);
    CHECK_FALSE(rows.is_heading(heading + 1));
    CHECK(rows.of_process(worker) == std::pair<std::size_t, std::size_t>{heading, heading + 2});
}

TEST_CASE("timeline rows: a folded process shows its heading alone, and its coroutines are found there") {
    const Model model(server_trace());
    const std::uint32_t worker = place_of(model, worker_number);
    const TimelineRows rows(model, 0, {worker});
    CHECK(rows.count() == 7);
    CHECK(rows.row_of(joined_number(worker, 1)) == heading_of(rows, worker));
}

TEST_CASE("timeline rows: a run with one process has a row for each lane") {
    Fixture fixture;
    const TimelineRows rows(fixture.model, 0);
    CHECK_FALSE(rows.grouped());
    CHECK(rows.count() == fixture.model.lanes().size());
    CHECK(rows.row_of(2) == 2);
    CHECK_FALSE(rows.is_heading(0));
}

TEST_CASE("timeline: headings name the process and its number, and a click on the first columns folds it") {
    Fixture fixture(server_trace());
    const PanelInput input = fixture.at(20, rows_panel);
    const Scene scene = lay_out_timeline(input);
    for (const char* title : {"client", "master", "reactor 0", "worker 0"}) CHECK(has_text(scene, title));
    CHECK(has_text(scene, "thread 4"));
    CHECK(hit_rect(scene, Target::process, place_of(fixture.model, reactor_number)).w > 0);
    check_scene(scene, rows_panel);
}

TEST_CASE("timeline: a held thread's band lies over the lanes of its process alone") {
    Fixture fixture(server_trace());
    fixture.view.clock = Clock::virtual_time;
    const PanelInput input = fixture.at(fixture.model.lateness().held[0].step, rows_panel);
    const TimelineScale scale(input);
    const auto [first, after] = scale.rows().of_process(place_of(fixture.model, task_worker_number));
    const Scene scene = lay_out_timeline(input);
    std::size_t bands = 0;
    for (const Item& item : scene.items) {
        const auto* band = std::get_if<FillRect>(&item);
        if (!band || band->paint.pattern != Pattern::blocked_hatch) continue;
        ++bands;
        CHECK(band->rect.y >= scale.lane_top(first));
        CHECK(band->rect.bottom() <= scale.lane_top(after));
    }
    CHECK(bands > 0);
}

TEST_CASE("timeline: under the mouse is the coroutine whose lane is there, in whatever process") {
    Fixture fixture(server_trace());
    const PanelInput input = fixture.at(fixture.model.steps(), rows_panel);
    const TimelineScale scale(input);
    const std::uint32_t reactor = joined_number(place_of(fixture.model, reactor_number), 0);
    const float y = scale.lane_top(*scale.lane_of(reactor)) + 3;
    CHECK(scale.coroutine_at({600, y}) == reactor);
}

TEST_CASE("terminal: lanes stand below their process") {
    const Model model(server_trace());
    const std::string text = frame(model, {}, {.step = 20}, {.columns = 120, .rows = 40}, Colours::plain);
    CHECK(text.find("worker 0") != std::string::npos);
    CHECK(text.find("reactor 0") != std::string::npos);
}
