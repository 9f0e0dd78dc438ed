// Chip: the small plate that stands for a coroutine everywhere: its state's glyph on its colour, then its id.
//
//     draw_chip(scene, {12, 50}, {.activity = Activity::waiting_timer, .label = "co#1"}, measure);
//
// Also here: which ink, glyph and pattern each activity has, so that no view decides that for itself.
#pragma once

#include <string>

#include "visualizer/layout/panel.h"

namespace co::studio {

Ink ink_of(Activity activity);
Icon glyph_of(Activity activity);
/// The ink of a glyph or a word that stands on the activity's colour.
Ink ink_on(Activity activity);
/// The pattern of the activity's bars.
Pattern pattern_of(Activity activity);
/// "running", "ready", "waits for a channel", … in a person's words.
std::string words_of(Activity activity);

enum class Outline : std::uint8_t { none, hovered, selected };

struct Chip {
    Activity activity = Activity::ready;
    std::string label;
    Outline outline = Outline::none;
    Ink ground = Ink::row;
    float least_width = 54;
    bool stops = false;  // a breakpoint: the label stands on ink, as a line's number does
};

inline constexpr float chip_height = 16;

/// The chip's least width unless the label needs more.
float chip_width(const Chip& chip, const MeasureText& measure);
/// Draws it with its top left corner at `at`; returns its width.
float draw_chip(Scene& scene, Point at, const Chip& chip, const MeasureText& measure);

/// The chip of a coroutine as it is now, outlined where it is selected or hovered.
Chip chip_of(const PanelInput& input, std::uint32_t coroutine);
/// Draws that chip and makes it a hit area; returns its width.
float draw_chip_of(Scene& scene, Point at, const PanelInput& input, std::uint32_t coroutine);

}  // namespace co::studio
