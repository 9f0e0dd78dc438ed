#include "visualizer/layout/upright_timeline.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/visualizer/layout_checks.h"
#include "tests/visualizer/server_trace.h"
#include "visualizer/layout/timeline_layout.h"

using namespace co::studio;

namespace {

constexpr Size phone{360, 428};

bool has_bar(const Scene& scene, Ink ink, float left, float width) {
    return std::any_of(scene.items.begin(), scene.items.end(), [&](const Item& item) {
        const auto* bar = std::get_if<FillRect>(&item);
        return bar && bar->ink == ink && std::abs(bar->rect.x - left) < 1 && std::abs(bar->rect.w - width) < 2;
    });
}

}  // namespace

TEST_CASE("upright timeline: a panel higher than wide shows columns, any other shows lanes") {
    Fixture fixture;
    CHECK(TimelineScale(fixture.at(20, phone)).upright());
    CHECK_FALSE(TimelineScale(fixture.at(20, {640, 300})).upright());
    const Scene scene = lay_out_timeline(fixture.at(20, phone));
    CHECK(hit_rect(scene, Target::coroutine, 2).h == 44);
    CHECK(hit_rect(scene, Target::coroutine, 2).w >= 44);
}

TEST_CASE("upright timeline: bars stand in their column, each activity as wide as it is high elsewhere") {
    Fixture fixture;
    const PanelInput input = fixture.at(20, phone);
    const TimelineScale scale(input);
    const Scene scene = lay_out_upright_timeline(input);
    const float co2 = scale.lane_top(2);
    CHECK(has_bar(scene, Ink::waiting_timer, co2 + 10, 24));
    CHECK(has_bar(scene, Ink::running, co2 + 10, 24));
    CHECK(has_bar(scene, Ink::ready, co2 + 15, 14));
    CHECK(has_text(scene, "push(\"milk\")"));
    CHECK(has_text(scene, "120 ms"));
    CHECK(has_text(scene, "running"));
}

TEST_CASE("upright timeline: a step is 20 px, and a finger finds the step under it") {
    Fixture fixture;
    const TimelineScale scale(fixture.at(20, phone));
    CHECK(scale.x_of(21) - scale.x_of(20) == 20);
    for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) CHECK(scale.step_at(scale.x_of(step)) == step);
    CHECK(scale.coroutine_at({scale.lane_top(1) + 4, 200}) == 1U);
    CHECK_FALSE(scale.coroutine_at({20, 200}).has_value());
}

TEST_CASE("upright timeline: the playhead stays in sight, unless the person panned") {
    Fixture fixture;
    for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
        const TimelineScale scale(fixture.at(step, phone));
        CHECK(scale.playhead_x() > TimelineScale::head);
        CHECK(scale.playhead_x() < phone.h);
    }
    fixture.view.timeline_follows = false;
    fixture.view.first_step = 9;
    const TimelineScale panned(fixture.at(20, phone));
    CHECK(panned.x_of(9) == panned.origin());
    CHECK(panned.first_step() == 9);
}

TEST_CASE("upright timeline: nothing overlaps or sticks out at any step and clock") {
    Fixture fixture;
    for (const Size size : {phone, Size{320, 380}, Size{412, 700}}) {
        for (const Clock clock : {Clock::steps, Clock::virtual_time}) {
            fixture.view.clock = clock;
            for (std::uint32_t step = 0; step <= fixture.model.steps(); ++step) {
                INFO("step " << step << ", width " << size.w);
                check_scene(lay_out_upright_timeline(fixture.at(step, size)), size);
            }
        }
    }
}

TEST_CASE("upright timeline: an arrow leads across the columns") {
    Fixture fixture;
    fixture.view.selected = 3;
    const Scene scene = lay_out_upright_timeline(fixture.at(20, phone));
    const auto past = std::count_if(scene.items.begin(), scene.items.end(), [](const Item& item) {
        const auto* curve = std::get_if<Bezier>(&item);
        return curve && curve->ink == Ink::text1;
    });
    CHECK(past == 1);
}

TEST_CASE("upright timeline: more columns than fit scroll to the one in focus, and cost what is in sight") {
    Fixture fixture(many_coroutines(1000));
    fixture.view.selected = 700;
    const PanelInput input = fixture.at(1500, phone);
    const TimelineScale scale(input);
    CHECK(scale.lane_top(700) > scale.metrics().top - 1);
    CHECK(scale.lane_top(700) < phone.w);
    const Scene scene = lay_out_upright_timeline(input);
    CHECK(scene.items.size() < 500);
    check_scene(scene, phone);
}

TEST_CASE("upright timeline: however far it is scrolled, no head of a column is cut") {
    Fixture fixture(many_coroutines(30));
    for (const float wanted : {-1.0F, 0.0F, 10.0F, 40.0F, 333.0F, 9999.0F}) {
        fixture.view.lanes_scroll = wanted;
        fixture.view.cursor = 50;
        const PanelInput input = fixture.at(50, phone);
        const TimelineScale scale(input);
        const auto [first, after] = scale.visible_lanes();
        CHECK(scale.lane_top(first) == scale.metrics().top);
        CHECK(scale.lane_top(after - 1) + scale.metrics().pitch <= phone.w);
        CHECK(after - first == 4);
    }
    // A finger that moves a little at a time gets on all the same.
    fixture.view.lanes_scroll = 0;
    for (int i = 0; i < 10; ++i) fixture.view.lanes_scroll = TimelineScale(fixture.at(50, phone)).wanted_scroll() + 10;
    CHECK(TimelineScale(fixture.at(50, phone)).lanes_scroll() > 0);
}

TEST_CASE("upright timeline: what stands in the head of a column is whole, a part's name as its activity") {
    Fixture fixture(server_trace());
    for (std::uint32_t step = 1; step <= fixture.model.steps(); ++step) {
        for (const SeenText& seen : seen_texts(lay_out_upright_timeline(fixture.at(step, phone)), phone)) {
            INFO("step " << step << ": " << seen.text);
            CHECK((seen.rect.y > TimelineScale::head || !seen.text.ends_with("…")));
        }
    }
}
