// Theme: the value of every colour role in the dark and in the light theme (mock/README.md, "Neutrals"; studio.md,
// "Colours").
//
//     Color white = color(Ink::now, Theme::dark);   // {255, 255, 255, 255}
//
// One rule carries the look: colour belongs to coroutine states, everything else is grey, and pure white (dark) or ink
// (light) means *now*.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "visualizer/layout/scene.h"

namespace co::studio {

enum class Theme : std::uint8_t { dark, light };

constexpr Theme other(Theme theme) { return theme == Theme::dark ? Theme::light : Theme::dark; }
constexpr std::string_view name(Theme theme) { return theme == Theme::dark ? "dark" : "light"; }
std::optional<Theme> theme_named(std::string_view name);

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
    friend bool operator==(const Color&, const Color&) = default;
};

Color color(Ink ink, Theme theme);

/// How strong the ground of a patterned bar is, 0 to 1.
float pattern_ground(Pattern pattern, Theme theme);

/// WCAG contrast ratio of two opaque colours, 1 to 21.
double contrast(Color one, Color two);

}  // namespace co::studio
