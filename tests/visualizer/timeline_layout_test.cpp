#include "visualizer/layout/timeline_layout.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/trace_writer.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

constexpr Size mock_timeline{1280, 194};

bool has_bar(const Scene& scene, const Rect& rect, Ink ink, float alpha) {
    return std::any_of(scene.items.begin(), scene.items.end(), [&](const Item& item) {
        const auto* bar = std::get_if<FillRect>(&item);
        return bar && bar->rect == rect && bar->ink == ink && bar->paint.alpha == alpha;
    });
}

std::size_t count_beziers(const Scene& scene, Ink ink) {
    return static_cast<std::size_t>(std::count_if(scene.items.begin(), scene.items.end(), [&](const Item& item) {
        const auto* curve = std::get_if<Bezier>(&item);
        return curve && curve->ink == ink;
    }));
}

}  // namespace

TEST_CASE("timeline: bars stand where the mock has them") {
    Fixture fixture;
    const Scene scene = lay_out_timeline(fixture.at(20, mock_timeline));
    CHECK(has_bar(scene, {277, 76.5F, 322, 19}, Ink::waiting_timer, 0.82F));  // co#1 sleeps from step 4 to 13
    CHECK(has_bar(scene, {636.5F, 108, 179, 12}, Ink::ready, 0.82F));         // co#2 is due from step 14 to 19
    CHECK(has_bar(scene, {493, 132.5F, 214, 19}, Ink::waiting_channel, 0.82F));
    CHECK(has_bar(scene, {816.5F, 104, 107, 20}, Ink::running, 1));  // under the playhead: in full strength
}

TEST_CASE("timeline: the playhead stands at its step, the event's own text hangs on it at its lane") {
    Fixture fixture;
    const PanelInput input = fixture.at(20, mock_timeline);
    const TimelineScale scale(input);
    CHECK(scale.x_of(20) == 852);
    const EventTag tag = event_tag(input, scale);
    CHECK(tag.text == "push(\"milk\")");
    CHECK(tag.rect.x == 852);
    CHECK(tag.rect.y == 104);
    const Scene scene = lay_out_timeline(input);
    CHECK(has_text(scene, "20"));
    CHECK(has_text(scene, "push(\"milk\")"));
    CHECK(has_text(scene, "120 ms"));
}

TEST_CASE("timeline: an arrow shows who woke the hovered coroutine, and one where the push leads") {
    Fixture fixture;
    CHECK(count_beziers(lay_out_timeline(fixture.at(20, mock_timeline)), Ink::text1) == 0);
    CHECK(count_beziers(lay_out_timeline(fixture.at(20, mock_timeline)), Ink::text2) == 1);  // dashed: the future
    fixture.view.hovered = 3;
    CHECK(count_beziers(lay_out_timeline(fixture.at(20, mock_timeline)), Ink::text1) == 1);
}

TEST_CASE("timeline: nothing overlaps or sticks out at any step, size and zoom") {
    Fixture fixture;
    for (const float width : {1024.0F, 1280.0F, 1920.0F}) {
        for (const float zoom : {4.0F, 14.0F, 36.0F, 120.0F}) {
            for (const Clock clock : {Clock::steps, Clock::virtual_time}) {
                fixture.view.pixels_per_step = zoom;
                fixture.view.clock = clock;
                for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
                    const Size size{width, 194};
                    INFO("step " << step << ", width " << width << ", zoom " << zoom);
                    check_scene(lay_out_timeline(fixture.at(step, size)), size);
                }
            }
        }
    }
}

TEST_CASE("timeline: scrubbing goes back and forth between x and step") {
    Fixture fixture;
    const TimelineScale scale(fixture.at(20, mock_timeline));
    for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
        CHECK(scale.step_at(scale.x_of(step)) == step);
        CHECK(scale.minimap_step_at(scale.minimap_x(step)) == step);
    }
    CHECK(scale.step_at(-100) == 0);
    CHECK(scale.step_at(100'000) == fixture.model.steps());
    CHECK(scale.coroutine_at({300, 110}) == 2U);
    CHECK_FALSE(scale.coroutine_at({300, 20}).has_value());
}

TEST_CASE("timeline: in virtual time x follows the clock") {
    Fixture fixture;
    fixture.view.clock = Clock::virtual_time;
    fixture.view.timeline_follows = false;
    const TimelineScale scale(fixture.at(20, mock_timeline));
    CHECK(scale.x_of(1) == scale.x_of(12));  // all at 0 ms
    CHECK(scale.x_of(13) > scale.x_of(12));
    CHECK(scale.step_at(scale.x_of(13) - 1) == 12);
    CHECK(scale.step_at(scale.x_of(1)) == 12);  // the last step of that instant
}

TEST_CASE("timeline: in virtual time the playhead runs through no range of steps, and its own is there") {
    Fixture fixture;
    fixture.view.clock = Clock::virtual_time;
    for (std::uint32_t step = 1; step <= fixture.model.steps(); ++step) {
        const PanelInput input = fixture.at(step, {900, 254});
        const float playhead = TimelineScale(input).playhead_x();
        bool has_own = false;
        for (const SeenText& seen : seen_texts(lay_out_timeline(input), input.size)) {
            if (seen.rect.y < 22 || seen.rect.y > 36 || seen.rect.x < TimelineScale::labels)
                continue;  // the second row
            INFO("step " << step << ": " << seen.text);
            CHECK((seen.rect.right() < playhead - 1 || seen.rect.x > playhead + 1));
            const auto dash = seen.text.find("–");
            const auto from = static_cast<std::uint32_t>(std::stoul(seen.text));
            const std::uint32_t to =
                dash == std::string::npos ? from : static_cast<std::uint32_t>(std::stoul(seen.text.substr(dash + 3)));
            has_own |= from <= step && step <= to;
        }
        CHECK(has_own);
    }
}

TEST_CASE("timeline: it pans so that the playhead stays in view, unless the person panned") {
    Fixture fixture;
    fixture.view.pixels_per_step = 120;
    for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
        const TimelineScale scale(fixture.at(step, mock_timeline));
        CHECK(scale.x_of(step) >= TimelineScale::labels);
        CHECK(scale.x_of(step) < 1280);
    }
    fixture.view.timeline_follows = false;
    fixture.view.first_step = 5;
    CHECK(TimelineScale(fixture.at(1, mock_timeline)).x_of(5) == TimelineScale::left);
    CHECK(TimelineScale(fixture.at(1, mock_timeline)).first_step() == 5);
}

TEST_CASE("timeline: a thousand lanes cost what is in sight") {
    Fixture fixture(many_coroutines(1000));
    const Size size{1280, 260};
    for (const float zoom : {0.1F, 1.0F, 36.0F}) {
        fixture.view.pixels_per_step = zoom;
        const Scene scene = lay_out_timeline(fixture.at(2500, size));
        CHECK(scene.items.size() < 6000);
        check_scene(scene, size);
    }
    const auto [first, after] = TimelineScale(fixture.at(2500, size)).visible_lanes();
    CHECK(after - first <= 13);
    CHECK(first > 0);  // follows the running one
}

TEST_CASE("timeline: a coroutine that does not exist yet stands there in grey") {
    Fixture fixture;
    const auto chip_ink = [&](std::uint32_t step) {
        for (const Item& item : lay_out_timeline(fixture.at(step, mock_timeline)).items) {
            const auto* text = std::get_if<Text>(&item);
            if (text && text->text == "co#3") return text->style.ink;
        }
        return Ink::window;
    };
    CHECK(chip_ink(2) == Ink::text3);
    CHECK(chip_ink(20) == Ink::text1);
}

TEST_CASE("timeline: a program that never ran says so") {
    co::trace::Trace trace = lesson12_trace();
    trace.events.clear();
    Fixture fixture(trace);
    const Scene scene = lay_out_timeline(fixture.at(0, {1280, 110}));
    CHECK(has_text(scene, "Nothing has run yet."));
    check_scene(scene, {1280, 110});
}

TEST_CASE("timeline: a long run that is zoomed out is a few bars, not thousands, and none crosses the playhead") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua");
    for (std::int64_t turn = 0; turn < 20'000; ++turn) {
        writer.at_ms(turn).add(EventKind::sleep, {.value = (turn + 1) * 1'000'000, .coroutine = 0});
        writer.at_ms(turn + 1).add(EventKind::due, {.coroutine = 0}).add(EventKind::run, {.coroutine = 0});
    }
    Fixture fixture(writer.take());
    fixture.view.pixels_per_step = 0.01F;
    const std::uint32_t now = fixture.model.steps() / 2;
    for (const Clock clock : {Clock::steps, Clock::virtual_time}) {
        fixture.view.clock = clock;
        const PanelInput input = fixture.at(now, mock_timeline);
        const TimelineScale scale(input);
        const auto stays = scale.fold(fixture.model.lanes()[0], TimelineScale::labels, mock_timeline.w);
        CHECK(stays.size() >= 2);
        CHECK(stays.size() < 100);
        const auto joined_over = std::count_if(stays.begin(), stays.end(), [&](const FoldedStay& stay) {
            return stay.from <= now && stay.to > now && stay.right - stay.left > 1;
        });
        CHECK(joined_over == 0);
        CHECK(stays.back().right > 1200);
        CHECK(lay_out_timeline(input).items.size() < 1500);
        check_scene(lay_out_timeline(input), mock_timeline);
    }
}
