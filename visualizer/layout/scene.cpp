#include "visualizer/layout/scene.h"

#include <cmath>

namespace co::studio {

namespace {

/// Rise above and fall below the baseline, as shares of the font's size.
struct Extent {
    float ascent, descent;
};

Extent extent(Font font) {
    if (is_code(font)) return {1.02F, 0.30F};  // JetBrains Mono
    return {0.96875F, 0.2412F};                // Inter
}

}  // namespace

Hit Scene::hit_at(Point p) const {
    for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit) {
        if (hit->rect.contains(p)) return *hit;
    }
    return {};
}

float font_size(Font font) {
    switch (font) {
        case Font::title:
            return 16;
        case Font::prose:
        case Font::prose_bold:
        case Font::code:
        case Font::code_bold:
            return 13;
        case Font::panel:
        case Font::panel_bold:
        case Font::tag:
        case Font::code_small:
        case Font::code_small_bold:
            return 12;
        case Font::caption:
        case Font::caption_medium:
        case Font::caption_bold:
        case Font::chip:
            return 11;
    }
    return 12;
}

bool is_code(Font font) {
    return font == Font::code || font == Font::code_bold || font == Font::code_small || font == Font::code_small_bold ||
           font == Font::chip;
}

float baseline(Font font, float line_height) {
    const auto [ascent, descent] = extent(font);
    const float size = font_size(font);
    const float above = std::round(ascent * size);  // whole pixels keep text crisp
    const float below = std::round(descent * size);
    return std::floor((line_height - above - below) / 2) + above;
}

float measure_monospace(std::string_view text, Font font) {
    std::size_t characters = 0;
    for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // UTF-8: not a follower
    return static_cast<float>(characters) * font_size(font) * (is_code(font) ? 0.6F : 0.5F);
}

}  // namespace co::studio
