// A held thread and dropped ticks as the timeline draws them.
#include <doctest/doctest.h>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/server_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/timeline_layout.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

constexpr Size held_size{1280, 194};

co::trace::Trace held_trace() {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::timer_tick, {.value = 100 * ms, .coroutine = 0, .object = 7, .other = 100}, "beat()")
        .add(EventKind::block, {.value = 250 * ms, .coroutine = 0, .line = 9}, "sleep")
        .at_ms(250)
        .add(EventKind::timer_fire, {.value = 300 * ms, .coroutine = 1, .object = 7}, "beat()")
        .add(EventKind::run, {.coroutine = 1})
        .at_ms(400)
        .add(EventKind::done, {.coroutine = 1});
    return writer.take();
}

std::vector<Rect> hatched(const Scene& scene) {
    std::vector<Rect> rects;
    for (const Item& item : scene.items) {
        const auto* fill = std::get_if<FillRect>(&item);
        if (fill && fill->paint.pattern == Pattern::blocked_hatch) rects.push_back(fill->rect);
    }
    return rects;
}

}  // namespace

TEST_CASE("held view: a hatched band over all lanes, as long as the thread was held, on both clocks") {
    Fixture fixture(held_trace());
    for (const Clock clock : {Clock::steps, Clock::virtual_time}) {
        fixture.view.clock = clock;
        const PanelInput input = fixture.at(3, held_size);
        const Scene scene = lay_out_timeline(input);
        check_scene(scene, held_size);
        const std::vector<Rect> band = hatched(scene);
        REQUIRE(band.size() == 5);  // the inside and the frame around it
        const TimelineScale scale(input);
        CHECK(band[1].x == doctest::Approx(scale.x_of(3)));
        CHECK(band[1].right() == doctest::Approx(scale.x_of(4)));
        CHECK(band[2].bottom() - band[1].y > scale.metrics().lanes);
        CHECK(has_text(scene, "thread held 250 ms") == (clock == Clock::virtual_time));
    }
}

TEST_CASE("held view: a hollow mark stands where a tick was dropped") {
    Fixture fixture(held_trace());
    fixture.view.clock = Clock::virtual_time;
    const PanelInput input = fixture.at(4, held_size);
    const Scene scene = lay_out_timeline(input);
    const TimelineScale scale(input);
    std::vector<float> marks;
    for (const Item& item : scene.items) {
        const auto* circle = std::get_if<Circle>(&item);
        if (circle && circle->width > 0 && circle->ink == Ink::waiting_timer) marks.push_back(circle->center.x);
    }
    REQUIRE(marks.size() == 1);
    CHECK(marks[0] == doctest::Approx(scale.x_of_time(200 * ms)));
}

TEST_CASE("held view: while the thread is held, the ready queue promises no jump of the clock") {
    Fixture fixture(held_trace());
    const Scene scene = lay_out_inspector(fixture.at(3, {500, 464}));
    CHECK(has_text(scene, "nobody for 250 ms"));
    CHECK_FALSE(has_text(scene, "clock jumps 100 ms"));
}

TEST_CASE("held view: however the rows are scrolled, the words in a process's band are whole or not there") {
    Fixture fixture(server_trace());
    std::uint32_t held = 1;
    while (fixture.model.event(held).kind != EventKind::block) ++held;
    fixture.view.pixels_per_step = 200;  // one step is wide enough for the words
    std::size_t seen_whole = 0;
    for (float scroll = 0; scroll < 120; scroll += 4) {
        fixture.view.lanes_scroll = scroll;
        const Size low{1280, 150};
        for (const SeenText& seen : seen_texts(lay_out_timeline(fixture.at(held + 1, low)), low)) {
            if (!seen.text.starts_with("thread held")) continue;
            CHECK(seen.rect.h > font_size(Font::caption_medium) * 0.9F - 0.1F);
            ++seen_whole;
        }
    }
    CHECK(seen_whole > 0);
}

TEST_CASE("held view: on a phone the band lies over all columns, as high as the thread was held long") {
    Fixture fixture(held_trace());
    const Size phone{360, 428};
    fixture.view.clock = Clock::virtual_time;
    const PanelInput input = fixture.at(4, phone);
    const TimelineScale scale(input);
    REQUIRE(scale.upright());
    const std::vector<Rect> band = hatched(lay_out_timeline(input));
    REQUIRE_FALSE(band.empty());
    float top = band[0].y, bottom = band[0].bottom(), left = band[0].x, right = band[0].right();
    for (const Rect& part : band) {
        top = std::min(top, part.y), bottom = std::max(bottom, part.bottom());
        left = std::min(left, part.x), right = std::max(right, part.right());
    }
    CHECK(top == doctest::Approx(scale.x_of_time(0)).epsilon(0.02));
    CHECK(bottom == doctest::Approx(scale.x_of_time(250 * ms)).epsilon(0.02));
    CHECK(left <= scale.metrics().top);
    CHECK(right >= scale.metrics().top + scale.metrics().lanes);
    check_scene(lay_out_timeline(input), phone);
}
