// Patterns of bars, rasterised once into the font texture, so that a bar of any width costs a few quads.
//
//     Patterns patterns(atlas, scale);      // reserves their room
//     atlas.Build();
//     patterns.draw_into(atlas);
//     patterns.sheet(Pattern::timer_dots)   // a square of whole tiles
//
// A tile is 6 px (blocked: 8 px). Sheets are laid edge to edge from the panel's origin: a pattern stands still while
// bars pan over it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "visualizer/layout/scene.h"

struct ImFontAtlas;

namespace co::studio {

/// Share of the device pixel (x, y) that a pattern covers, 0 to 1, where a tile is `tile` device pixels wide.
float coverage(Pattern pattern, int x, int y, int tile);

/// Width of a tile in device pixels.
int tile_of(Pattern pattern, float scale);

class Patterns {
  public:
    struct Sheet {
        int side = 0;                          // device pixels, a whole number of tiles
        float u0 = 0, v0 = 0, u1 = 0, v1 = 0;  // in the font texture
    };

    /// Reserves room in an atlas that is not built yet.
    Patterns(ImFontAtlas& atlas, float scale);
    /// Rasterises the patterns into the built atlas, before it becomes a texture.
    void draw_into(ImFontAtlas& atlas);

    const Sheet& sheet(Pattern pattern) const { return sheets_[static_cast<std::size_t>(pattern)]; }

  private:
    static constexpr std::size_t pattern_count = 7;
    std::array<Sheet, pattern_count> sheets_{};
    std::array<int, pattern_count> rects_{};
};

}  // namespace co::studio
