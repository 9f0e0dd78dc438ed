#include "visualizer/layout/boxes.h"

namespace co::studio {

void draw_box(Scene& scene, const Rect& rect, Ink ground, Ink edge) {
    scene.fill(rect, ground, {.radius = 4});
    scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, edge, {.radius = 4});
}

void draw_caption(Scene& scene, const Rect& box, const std::string& text) {
    scene.text(box.x + box.w / 2, box.bottom() + 16, text,
               {.font = Font::caption, .ink = Ink::text3, .align = Align::center});
}

void draw_flow_arrow(Scene& scene, float from, float to, float y) {
    if (to - from < 8) return;
    scene.line({from, y}, {to - 6, y}, Ink::strong_border, {.width = 1.5F});
    scene.polygon({{to, y}, {to - 7, y - 3.5F}, {to - 7, y + 3.5F}}, Ink::strong_border);
}

}  // namespace co::studio
