// Screen: where each panel stands in the window.
//
//     Screen screen = lay_out_screen({1280, 800}, {.lanes = 4, .lines = 24});
//     screen.code      // {300, 40, 479, 464}
//
// Between panels 1 px of window colour stays free. From 1024 x 640 on nothing overlaps or is cut.
#pragma once

#include <cstddef>
#include <cstdint>

#include "visualizer/layout/scene.h"

namespace co::studio {

/// The panels that are folded away; the program alone always stays.
struct Folded {
    bool lesson = false;
    bool inspector = false;
    bool timeline = false;
    bool bottom = false;
    friend bool operator==(const Folded&, const Folded&) = default;
};

struct Screen {
    Rect toolbar;
    Rect lesson;  // no width: there is no lesson to read
    Rect code;
    Rect inspector;
    Rect timeline;
    Rect bottom;
    Folded folded{};  // of which no side can be dragged
};

/// What the panels' heights follow.
struct ScreenContent {
    std::size_t lanes = 1;  // coroutines
    std::size_t lines = 1;  // of the program
    bool lesson = true;     // a plain script has none
};

/// How a person has divided the window, in px; 0: as the window's size wants it.
struct Division {
    float lesson = 0;    // width
    float code = 0;      // width
    float timeline = 0;  // height, in whole lanes
    float bottom = 0;    // height
    Folded folded{};
    friend bool operator==(const Division&, const Division&) = default;
};

/// How far each panel is folded away, 0 to 1: in between while it moves.
struct Folds {
    float lesson = 0, inspector = 0, timeline = 0, bottom = 0;
    friend bool operator==(const Folds&, const Folds&) = default;
};
constexpr Folds folds_of(const Folded& folded) {
    return {folded.lesson ? 1.0F : 0.0F, folded.inspector ? 1.0F : 0.0F, folded.timeline ? 1.0F : 0.0F,
            folded.bottom ? 1.0F : 0.0F};
}

/// What is left of a folded panel: a strip at the window's side, the ruler, the tabs.
inline constexpr float folded_width = 40;
inline constexpr float folded_timeline = 41;
inline constexpr float folded_bottom = 28;

Screen lay_out_screen(Size window, const ScreenContent& content, const Division& division, const Folds& folds);
inline Screen lay_out_screen(Size window, const ScreenContent& content, const Division& division = {}) {
    return lay_out_screen(window, content, division, folds_of(division.folded));
}

/// The line between two panels, which can be dragged; named after the panel whose size it changes.
enum class Divider : std::uint8_t { none, lesson, code, timeline, bottom };

/// The divider under `point`, give or take three pixels.
Divider divider_at(const Screen& screen, Point point);
/// `division` once `divider` has been dragged to `point`: only the two panels beside it change.
Division moved(Division division, const Screen& screen, Divider divider, Point point);

/// How a timeline of so many lanes is divided, at most `most` pixels high; more lanes than fit scroll.
struct LaneMetrics {
    float top = 44;         // of the first lane
    float pitch = 28;       // from lane to lane
    float bar = 20;         // height of a bar
    float lanes = 28;       // height of the part where lanes stand
    float minimap_top = 0;  // its upper border
    float height = 0;       // of the whole panel
};
LaneMetrics lane_metrics(std::size_t lanes, float most);

/// A panel that is higher than wide, a phone's, shows its lanes as columns: time runs down.
constexpr bool stands_upright(Size panel) { return panel.h > panel.w; }
/// The same metrics for columns, left for top and across for down; more columns than fit scroll.
LaneMetrics column_metrics(std::size_t lanes, Size panel);

}  // namespace co::studio
