#include "visualizer/layout/screen.h"

#include <algorithm>
#include <cmath>

namespace co::studio {

namespace {

constexpr float toolbar_height = 40;
constexpr float timeline_most = 260;
constexpr float bottom_least = 100;
constexpr float middle_usual = 420;
constexpr float line = 1;  // of window colour between panels

/// `value` carried linearly from [from_low, from_high] to [to_low, to_high], not below it.
float between(float value, float from_low, float from_high, float to_low, float to_high) {
    const float share = std::max(0.0F, (value - from_low) / (from_high - from_low));
    return std::floor(to_low + share * (to_high - to_low));
}

/// Height of lesson, code and inspector: what the program needs; what is left goes to the bottom, up to a point.
float middle_height(float available, std::size_t lines) {
    const float needed = std::max(middle_usual, 32 + 18 * static_cast<float>(lines));
    const float most_for_bottom = std::max(bottom_least, std::floor(available * 0.3F));
    return std::clamp(needed, available - most_for_bottom, available - bottom_least);
}

}  // namespace

LaneMetrics lane_metrics(std::size_t lanes, float most) {
    const float count = static_cast<float>(std::max<std::size_t>(lanes, 1));
    LaneMetrics metrics;
    float minimap = 34;
    if (lanes > 8) {
        metrics.pitch = 17;
        metrics.bar = 12;
        metrics.top = 42;
        minimap = 25;
    } else {
        // Up to eight lanes stay in sight: they close up before they scroll.
        metrics.pitch = std::clamp(std::floor((most - 82) / count), 22.0F, 28.0F);
        metrics.bar = metrics.pitch - 8;
    }
    const float around = metrics.top + 4 + minimap - (lanes > 8 ? 4 : 0);
    const float whole = std::max(1.0F, std::floor((most - around) / metrics.pitch));  // no lane is cut in half
    metrics.lanes = std::min(count, whole) * metrics.pitch;
    metrics.height = around + metrics.lanes;
    metrics.minimap_top = metrics.height - minimap;
    return metrics;
}

LaneMetrics column_metrics(std::size_t lanes, Size panel) {
    constexpr float gutter = 56, narrowest = 74, widest = 152;
    const float count = static_cast<float>(std::max<std::size_t>(lanes, 1));
    LaneMetrics metrics;
    metrics.top = gutter;
    metrics.pitch = std::clamp(std::floor((panel.w - gutter) / count), narrowest, widest);
    metrics.bar = 24;
    metrics.lanes = std::min(count * metrics.pitch, panel.w - gutter);
    metrics.height = panel.w;
    metrics.minimap_top = panel.w;  // it has none: the strip over the transport shows where one is
    return metrics;
}

Screen lay_out_screen(Size window, const ScreenContent& content) {
    const float most = std::max(timeline_most, std::floor(window.h * 0.325F));
    const float timeline = lane_metrics(content.lanes, most).height;
    const float middle = middle_height(window.h - toolbar_height - timeline - 2 * line, content.lines);

    const float lesson = content.lesson ? std::min(between(window.w, 1024, 1280, 247, 299), 400.0F) : 0;
    const float after_lesson = content.lesson ? lesson + line : 0;
    float code = between(window.w, 1024, 1280, 415, 479);
    if (!content.lesson) code = std::floor(code + (window.w - 2 * code) * 0.2F);

    Screen screen;
    screen.toolbar = {0, 0, window.w, toolbar_height};
    screen.lesson = {0, toolbar_height, lesson, middle};
    screen.code = {after_lesson, toolbar_height, code, middle};
    const float inspector = screen.code.right() + line;
    screen.inspector = {inspector, toolbar_height, window.w - inspector, middle};
    screen.timeline = {0, toolbar_height + middle + line, window.w, timeline};
    const float bottom = screen.timeline.bottom() + line;
    screen.bottom = {0, bottom, window.w, window.h - bottom};
    return screen;
}

}  // namespace co::studio
