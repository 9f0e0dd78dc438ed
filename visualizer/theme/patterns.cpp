#include "visualizer/theme/patterns.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace co::studio {
namespace {

/// Distance of `value` from the nearest multiple of `period`.
float distance_to_multiple(float value, float period) { return std::fabs(value - period * std::round(value / period)); }

/// Is the point (x, y) of a tile of `side` px in the pattern? Shapes as the mock draws them.
bool inside(Pattern pattern, float x, float y, float side) {
    const float root = std::sqrt(2.0F);
    const float falling = distance_to_multiple(x - y, side) / root;  // from a line like "\"
    const float rising = distance_to_multiple(x + y, side) / root;   // from a line like "/"
    switch (pattern) {
        case Pattern::solid:
            return true;
        case Pattern::channel_bars:
            return std::fmod(x, side) >= 2 && std::fmod(x, side) < 4;
        case Pattern::timer_dots:
            return std::hypot(std::fmod(x, side) - 3, std::fmod(y, side) - 3) <= 1.4F;
        case Pattern::io_slashes:
            return rising <= 0.65F;
        case Pattern::handed_off:
            return falling <= 1.0F;
        case Pattern::failed_cross:
            return std::min(rising, falling) <= 0.5F;
        case Pattern::blocked_hatch:
            return rising <= 1.5F;
    }
    return false;
}

constexpr int tiles_a_side = 8;

float tile_side(Pattern pattern) { return pattern == Pattern::blocked_hatch ? 8.0F : 6.0F; }

}  // namespace

int tile_of(Pattern pattern, float scale) {
    return std::max(1, static_cast<int>(std::lround(tile_side(pattern) * scale)));
}

float coverage(Pattern pattern, int x, int y, int tile) {
    constexpr int samples = 8;
    const float side = tile_side(pattern);
    const float unit = side / static_cast<float>(tile);
    int hits = 0;
    for (int row = 0; row < samples; ++row) {
        for (int column = 0; column < samples; ++column) {
            const float px = static_cast<float>(x % tile) + (static_cast<float>(column) + 0.5F) / samples;
            const float py = static_cast<float>(y % tile) + (static_cast<float>(row) + 0.5F) / samples;
            hits += inside(pattern, px * unit, py * unit, side);
        }
    }
    return static_cast<float>(hits) / (samples * samples);
}

Patterns::Patterns(ImFontAtlas& atlas, float scale) {
    for (std::size_t i = 0; i < pattern_count; ++i) {
        sheets_[i].side = tiles_a_side * tile_of(static_cast<Pattern>(i), scale);
        rects_[i] = atlas.AddCustomRectRegular(sheets_[i].side, sheets_[i].side);
    }
}

void Patterns::draw_into(ImFontAtlas& atlas) {
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
    for (std::size_t i = 0; i < pattern_count; ++i) {
        const ImFontAtlasCustomRect& rect = *atlas.GetCustomRectByIndex(rects_[i]);
        const int side = sheets_[i].side;
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const float share = coverage(static_cast<Pattern>(i), x, y, side / tiles_a_side);
                pixels[(rect.Y + y) * width + rect.X + x] = static_cast<unsigned char>(std::lround(share * 255));
            }
        }
        ImVec2 first, last;
        atlas.CalcCustomRectUV(&rect, &first, &last);
        sheets_[i] = {side, first.x, first.y, last.x, last.y};
    }
}

}  // namespace co::studio
