#include "visualizer/navigation.h"

#include <algorithm>

namespace co::studio {
namespace {

constexpr float least_pixels_per_step = 0.01F;
constexpr float most_pixels_per_step = 160;

void show_from(View& view, float pixels_from_start, float pixels_per_step) {
    view.first_step = 1 + std::max(0.0F, pixels_from_start) / pixels_per_step;
    view.timeline_follows = false;
}

float panned(const TimelineScale& scale) { return (scale.first_step() - 1) * scale.pixels_per_step(); }

}  // namespace

void zoom(View& view, const TimelineScale& scale, float factor, float at_x) {
    const float before = panned(scale) + at_x - scale.origin();
    view.pixels_per_step = std::clamp(scale.pixels_per_step() * factor, least_pixels_per_step, most_pixels_per_step);
    const float after = before * view.pixels_per_step / scale.pixels_per_step();
    show_from(view, after - (at_x - scale.origin()), view.pixels_per_step);
}

void pan(View& view, const TimelineScale& scale, float pixels) {
    show_from(view, panned(scale) + pixels, scale.pixels_per_step());
}

void keep_playhead_in_view(View& view, const TimelineScale& scale) {
    const float x = scale.x_of(view.cursor);
    if (x < scale.lanes_begin() || x > scale.width()) view.timeline_follows = true;
}

void scroll_lanes(View& view, const TimelineScale& scale, float pixels) {
    view.lanes_scroll = std::max(0.0F, scale.wanted_scroll() + pixels);
}

}  // namespace co::studio
