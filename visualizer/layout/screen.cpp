#include "visualizer/layout/screen.h"

#include <algorithm>
#include <cmath>

namespace co::studio {

namespace {

constexpr float toolbar_height = 40;
constexpr float bottom_least = 100;
// As little as a person may leave of a panel.
constexpr float lesson_least = 180;
constexpr float code_least = 260;
constexpr float inspector_least = 340;
constexpr float middle_least = 190;
constexpr float timeline_least = 96;
constexpr float bottom_lowest = 50;  // header and one row
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
    bool is_close = false;
    constexpr float closest = 22;
    const bool is_low = count * closest + 82 > most;  // so that the code keeps its room in a low window
    if (lanes > 8 || (is_low && lanes > 1)) {
        metrics.pitch = 17;
        metrics.bar = 12;
        metrics.top = 42;
        minimap = 25;
        is_close = true;
    } else {
        // Up to eight lanes stay in sight: they close up before they scroll.
        metrics.pitch = std::clamp(std::floor((most - 82) / count), closest, 28.0F);
        metrics.bar = metrics.pitch - 8;
    }
    const float around = metrics.top + 4 + minimap - (is_close ? 4 : 0);
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
    const float whole = std::max(1.0F, std::floor((panel.w - gutter) / narrowest));  // no column is cut
    metrics.pitch = std::min(std::floor((panel.w - gutter) / std::min(count, whole)), widest);
    metrics.bar = 24;
    metrics.lanes = std::min(count, whole) * metrics.pitch;
    metrics.height = panel.w;
    metrics.minimap_top = panel.w;  // it has none: the strip over the transport shows where one is
    return metrics;
}

namespace {

/// What a person wants, as far as its neighbours can give way; else the usual.
float wanted_or(float wanted, float usual, float least, float most) {
    return wanted > 0 ? std::clamp(std::floor(wanted), least, std::max(least, most)) : usual;
}

float timeline_height(Size window, const ScreenContent& content, const Division& division) {
    const float usual = std::floor(window.h * 0.325F);  // 260 of 800
    const float others = toolbar_height + 2 * line + middle_least + bottom_lowest;
    return lane_metrics(content.lanes, wanted_or(division.timeline, usual, timeline_least, window.h - others)).height;
}

struct Widths {
    float lesson, code;
};

/// `open` on its way to `folded`, on whole pixels.
float folding(float open, float folded, float share) { return std::round(open + (folded - open) * share); }

Widths widths_of(Size window, const ScreenContent& content, const Division& division, const Folds& folds) {
    Widths widths{};
    float freed = 0;
    if (content.lesson) {
        const float open = wanted_or(division.lesson, std::min(between(window.w, 1024, 1280, 247, 299), 400.0F),
                                     lesson_least, window.w - code_least - inspector_least - 2 * line);
        widths.lesson = folding(open, folded_width, folds.lesson);
        freed = open - widths.lesson;
    }
    float usual = between(window.w, 1024, 1280, 415, 479);
    if (!content.lesson) usual = std::floor(usual + (window.w - 2 * usual) * 0.2F);
    usual += std::floor(freed / 2);  // both neighbours get their part of it
    const float most = window.w - widths.lesson - inspector_least - 2 * line;
    widths.code = wanted_or(division.code, std::min(usual, most), code_least, most);
    const float rest = window.w - widths.lesson - widths.code - (content.lesson ? 2 : 1) * line;
    widths.code += rest - folding(rest, folded_width, folds.inspector);
    return widths;
}

bool is_near(float a, float b) { return std::abs(a - b) <= 3; }

}  // namespace

Screen lay_out_screen(Size window, const ScreenContent& content, const Division& division, const Folds& folds) {
    const float timeline = folding(timeline_height(window, content, division), folded_timeline, folds.timeline);
    const float available = window.h - toolbar_height - timeline - 2 * line;
    const float usual = available - middle_height(available, content.lines);
    const float open = wanted_or(division.bottom, usual, std::min(usual, bottom_lowest), available - middle_least);
    const float middle = available - folding(open, folded_bottom, folds.bottom);
    const auto [lesson, code] = widths_of(window, content, division, folds);
    const float after_lesson = content.lesson ? lesson + line : 0;

    Screen screen;
    screen.toolbar = {0, 0, window.w, toolbar_height};
    screen.lesson = {0, toolbar_height, lesson, middle};
    screen.code = {after_lesson, toolbar_height, code, middle};
    const float inspector = screen.code.right() + line;
    screen.inspector = {inspector, toolbar_height, window.w - inspector, middle};
    screen.timeline = {0, toolbar_height + middle + line, window.w, timeline};
    const float bottom = screen.timeline.bottom() + line;
    screen.bottom = {0, bottom, window.w, window.h - bottom};
    screen.folded = division.folded;
    return screen;
}

Divider divider_at(const Screen& screen, Point point) {
    const Folded& folded = screen.folded;
    if (!folded.bottom && is_near(point.y, screen.bottom.y)) return Divider::bottom;
    if (!folded.timeline && is_near(point.y, screen.timeline.y)) return Divider::timeline;
    if (point.y < screen.code.y || point.y > screen.code.bottom()) return Divider::none;
    if (!folded.lesson && screen.lesson.w > 0 && is_near(point.x, screen.code.x)) return Divider::lesson;
    return !folded.inspector && is_near(point.x, screen.inspector.x) ? Divider::code : Divider::none;
}

Division moved(Division division, const Screen& screen, Divider divider, Point point) {
    switch (divider) {
        case Divider::none:
            break;
        case Divider::lesson:
            division.lesson = std::max(1.0F, point.x);
            if (!screen.folded.inspector) division.code = std::max(code_least, screen.code.right() - point.x - line);
            break;
        case Divider::code:
            division.code = std::max(1.0F, point.x - screen.code.x);
            break;
        case Divider::timeline:
            division.timeline = std::max(1.0F, screen.timeline.bottom() - point.y);
            if (!screen.folded.bottom) division.bottom = screen.bottom.h;
            break;
        case Divider::bottom:
            division.bottom = std::max(1.0F, screen.bottom.bottom() - point.y);
            break;
    }
    return division;
}

}  // namespace co::studio
