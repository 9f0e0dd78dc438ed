// Painter: paints a Scene with ImGui's draw list, and knows nothing of what it shows.
//
//     Painter painter(list, fonts, Theme::dark);
//     painter.paint(scene, {300, 40});   // where the panel stands in the window, CSS px
//
// A draw list's unit is the device pixel; whatever is one pixel wide is put on whole ones, so that it stays crisp.
#pragma once

#include <cstdint>
#include <string>

#include "visualizer/layout/scene.h"
#include "visualizer/theme/fonts.h"
#include "visualizer/theme/theme.h"
#include "visualizer/windows/strokes.h"

struct ImDrawList;
struct ImVec2;

namespace co::studio {

class Painter {
  public:
    Painter(ImDrawList& list, const Fonts& fonts, Theme theme);

    void paint(const Scene& scene, Point origin);

    // Each item of a scene; icons are made of them, too.
    void paint(const FillRect& item);
    void paint(const StrokeRect& item);
    void paint(const Line& item);
    void paint(const Bezier& item);
    void paint(const Polygon& item);
    void paint(const Circle& item);
    void paint(const Pie& item);
    void paint(const Text& item);
    void paint(const DrawnIcon& item);
    void paint(const PushClip& item);
    void paint(const PopClip& item);

  private:
    std::uint32_t ink(Ink ink, float alpha) const;
    ImVec2 device(Point point) const;
    /// On whole device pixels.
    Rect snapped(Rect rect) const;
    /// Whole device pixels, at least one.
    float line_width(float width) const;
    void stroke(const Polyline& path, Ink ink, const Stroke& stroke);
    void fill_patterned(const FillRect& item);
    void fill_pattern(Rect device_rect, Pattern pattern, std::uint32_t colour);
    /// A border of `line` device pixels inside `outer`.
    void frame(Rect outer, float radius, float line, std::uint32_t colour);
    std::string shortened(const Text& item) const;

    ImDrawList& list_;
    const Fonts& fonts_;
    Theme theme_;
    float scale_;
    Point origin_{};
};

}  // namespace co::studio
