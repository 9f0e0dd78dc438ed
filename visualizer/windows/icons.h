// Icons: the toolbar's pictures and the glyphs of states, drawn shapes that need no font (mock/README.md, "Chips").
#pragma once

#include "visualizer/layout/scene.h"

namespace co::studio {

class Painter;

/// Paints `icon.icon` into the square of `icon.size` at `icon.top_left`.
void paint_icon(Painter& painter, const DrawnIcon& icon);

}  // namespace co::studio
