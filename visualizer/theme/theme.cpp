#include "visualizer/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace co::studio {
namespace {

struct Pair {
    std::uint32_t dark, light;  // 0xRRGGBB
};

Pair pair_of(Ink ink) {
    switch (ink) {
        case Ink::window:
            return {0x0D0F13, 0xE6E9EF};
        case Ink::panel:
            return {0x16181D, 0xFFFFFF};
        case Ink::raised:
            return {0x1F2229, 0xF3F5F8};
        case Ink::row:
            return {0x282C36, 0xE9ECF2};
        case Ink::border:
            return {0x2C303A, 0xD2D7DF};
        case Ink::strong_border:
            return {0x4A505E, 0x98A1AF};
        case Ink::text1:
            return {0xF1F3F7, 0x14171C};
        case Ink::text2:
            return {0xBCC3CF, 0x3F4653};
        case Ink::text3:
            return {0x8F97A6, 0x606876};
        case Ink::now:
            return {0xFFFFFF, 0x0B0D10};
        case Ink::on_now:
            return {0x101216, 0xFFFFFF};
        case Ink::running:
            return {0x2BF5AE, 0x12382C};
        case Ink::ready:
            return {0x1F6BA1, 0x0098E0};
        case Ink::waiting_channel:
            return {0xEEC8E6, 0x4A2266};
        case Ink::waiting_timer:
            return {0xE0930F, 0xAA8D38};
        case Ink::waiting_io:
            return {0x3A9DFF, 0x1740EA};
        case Ink::done:
            return {0x8E8E8E, 0x808080};
        case Ink::failed:
            return {0xB5463A, 0xA03E06};
        case Ink::on_running:
            return {0x0C2A1F, 0xFFFFFF};
        // White on the light theme's ready blue has 3.2:1 only; ink has 6.2:1.
        case Ink::on_ready:
            return {0xFFFFFF, 0x0B0D10};
        case Ink::on_failed:
            return {0xFFFFFF, 0xFFFFFF};
        case Ink::keyword:
            return {0xC6B2EA, 0x6A3FA0};
        case Ink::call:
            return {0xA9CBEA, 0x1D5791};
        case Ink::string:
            return {0xB4D3A4, 0x35672A};
        case Ink::number:
            return {0xE3C79B, 0x7F5300};
        case Ink::shadow:
            return {0x000000, 0x000000};
    }
    return {};
}

double luminance(Color color) {
    auto linear = [](std::uint8_t part) {
        const double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

}  // namespace

std::optional<Theme> theme_named(std::string_view text) {
    if (text == name(Theme::dark)) return Theme::dark;
    if (text == name(Theme::light)) return Theme::light;
    return std::nullopt;
}

Color color(Ink ink, Theme theme) {
    const Pair pair = pair_of(ink);
    const std::uint32_t rgb = theme == Theme::dark ? pair.dark : pair.light;
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 0xFF),
            static_cast<std::uint8_t>(rgb & 0xFF), 255};
}

float pattern_ground(Pattern pattern, Theme theme) {
    if (pattern == Pattern::handed_off) return theme == Theme::dark ? 0.28F : 0.22F;
    return theme == Theme::dark ? 0.20F : 0.14F;
}

double contrast(Color one, Color two) {
    const double a = luminance(one), b = luminance(two);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace co::studio
