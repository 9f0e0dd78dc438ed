#include "visualizer/layout/chip.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "tests/visualizer/layout_checks.h"
#include "visualizer/layout/timeline_layout.h"

using namespace co::studio;

namespace {

/// Those that are drawn.
constexpr std::array states{
    Activity::running,       Activity::ready,      Activity::handed_off, Activity::waiting_channel,
    Activity::waiting_timer, Activity::waiting_io, Activity::done,       Activity::failed};

}  // namespace

TEST_CASE("chip: every state has a glyph of its own, so that none is told by colour alone") {
    std::set<Icon> glyphs;
    for (const Activity state : states) {
        CHECK(glyph_of(state) != Icon::none);
        CHECK(glyphs.insert(glyph_of(state)).second);
    }
    CHECK(glyph_of(Activity::unborn) == Icon::none);
}

TEST_CASE("chip: every state's bar has a pattern or a height of its own") {
    const LaneMetrics metrics = lane_metrics(4, 260);
    std::set<std::pair<Pattern, float>> looks;
    for (const Activity state : states) {
        CHECK(looks.insert({pattern_of(state), bar_rect(metrics, state, 0, 0, 36).h}).second);
    }
}

TEST_CASE("chip: a breakpoint on a coroutine is seen on its chip") {
    Fixture fixture;
    const auto plates = [&] {
        Scene scene;
        draw_chip_of(scene, {12, 12}, fixture.at(20, {100, 40}), 2);
        return std::count_if(scene.items.begin(), scene.items.end(), [](const Item& item) {
            const auto* plate = std::get_if<FillRect>(&item);
            return plate != nullptr && plate->ink == Ink::text1;
        });
    };
    CHECK(plates() == 0);
    fixture.view.breakpoints.push_back({Breakpoint::Kind::coroutine, 2});
    CHECK(plates() == 1);
}
