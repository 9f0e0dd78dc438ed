// Boxes: the frames, captions and arrows that channels, wait groups and gates are drawn with.
//
//     draw_box(scene, rect, Ink::row, Ink::strong_border);
//     draw_caption(scene, rect, "count");
#pragma once

#include <string>

#include "visualizer/layout/scene.h"

namespace co::studio {

void draw_box(Scene& scene, const Rect& rect, Ink ground, Ink edge);
/// Below the box, in its middle.
void draw_caption(Scene& scene, const Rect& box, const std::string& text);
/// From left to right; nothing where there is no room for one.
void draw_flow_arrow(Scene& scene, float from, float to, float y);

}  // namespace co::studio
