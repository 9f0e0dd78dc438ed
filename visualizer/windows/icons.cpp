#include "visualizer/windows/icons.h"

#include <array>
#include <cmath>
#include <numbers>

#include "visualizer/windows/painter.h"

namespace co::studio {
namespace {

/// Draws in an icon's own coordinates: 16 x 16 for pictures, 12 x 12 for glyphs, 20 x 20 for the logo.
class Pen {
  public:
    Pen(Painter& painter, const DrawnIcon& icon, float box) : painter_(painter), icon_(icon), scale_(icon.size / box) {}

    void polygon(std::vector<Point> points) {
        for (Point& point : points) point = at(point);
        painter_.paint(Polygon{std::move(points), icon_.ink, icon_.alpha});
    }
    void box(Rect rect, float radius = 0) { box(rect, icon_.ink, radius); }
    void box(Rect rect, Ink ink, float radius) {
        const Point corner = at({rect.x, rect.y});
        painter_.paint(FillRect{{corner.x, corner.y, rect.w * scale_, rect.h * scale_},
                                ink,
                                {.alpha = icon_.alpha, .radius = radius * scale_}});
    }
    void path(const std::vector<Point>& points, float width) {
        for (std::size_t i = 0; i + 1 < points.size(); ++i) segment(points[i], points[i + 1], width);
        for (std::size_t i = 1; i + 1 < points.size(); ++i) mitre(points[i - 1], points[i], points[i + 1], width);
    }
    void curve(Point a, Point b, Point c, Point d, float width) {
        painter_.paint(Bezier{at(a), at(b), at(c), at(d), icon_.ink, stroke(width)});
    }
    void ring(Point center, float radius, float width) {
        painter_.paint(Circle{at(center), radius * scale_, icon_.ink, icon_.alpha, width * scale_});
    }
    void disc(Point center, float radius) {
        painter_.paint(Circle{at(center), radius * scale_, icon_.ink, icon_.alpha, 0});
    }

  private:
    Point at(Point point) const { return {icon_.top_left.x + point.x * scale_, icon_.top_left.y + point.y * scale_}; }
    Stroke stroke(float width) const { return {.width = width * scale_, .alpha = icon_.alpha}; }

    /// A line as a filled box with smooth edges, also where it is upright: icons stand between pixels.
    void segment(Point from, Point to, float width) {
        const float length = std::hypot(to.x - from.x, to.y - from.y);
        const Point side{(to.y - from.y) / length * width / 2, (from.x - to.x) / length * width / 2};
        polygon({{from.x + side.x, from.y + side.y},
                 {to.x + side.x, to.y + side.y},
                 {to.x - side.x, to.y - side.y},
                 {from.x - side.x, from.y - side.y}});
    }
    /// The point of a corner, which two boxes alone would leave open.
    void mitre(Point before, Point corner, Point after, float width) {
        auto direction = [](Point from, Point to) {
            const float length = std::hypot(to.x - from.x, to.y - from.y);
            return Point{(to.x - from.x) / length, (to.y - from.y) / length};
        };
        const Point in = direction(before, corner), out = direction(corner, after);
        const float turn = in.x * out.y - in.y * out.x;
        const float half = (turn > 0 ? 1 : -1) * width / 2;
        const Point a{corner.x + in.y * half, corner.y - in.x * half};
        const Point b{corner.x + out.y * half, corner.y - out.x * half};
        const float reach = half * (turn > 0 ? 1 : -1) / std::max(0.2F, std::fabs(std::cos(std::asin(turn) / 2)));
        const Point middle{(a.x + b.x) / 2 - corner.x, (a.y + b.y) / 2 - corner.y};
        const float size = std::max(0.001F, std::hypot(middle.x, middle.y));
        polygon({corner, a, {corner.x + middle.x / size * reach, corner.y + middle.y / size * reach}, b});
    }

    Painter& painter_;
    const DrawnIcon& icon_;
    float scale_;
};

void sun(Pen& pen) {
    pen.disc({8, 8}, 3);
    const std::array<std::array<Point, 2>, 8> rays{{{{{8, 1}, {8, 3}}},
                                                    {{{8, 13}, {8, 15}}},
                                                    {{{1, 8}, {3, 8}}},
                                                    {{{13, 8}, {15, 8}}},
                                                    {{{3, 3}, {4.4F, 4.4F}}},
                                                    {{{11.6F, 11.6F}, {13, 13}}},
                                                    {{{13, 3}, {11.6F, 4.4F}}},
                                                    {{{4.4F, 11.6F}, {3, 13}}}}};
    for (const auto& ray : rays) pen.path({ray[0], ray[1]}, 1.5F);
}

void moon(Pen& pen) {
    pen.curve({13, 10}, {9.2F, 11}, {5, 6.8F}, {6, 3}, 1.5F);
    pen.curve({6, 3}, {2.6F, 3.9F}, {1.2F, 7.9F}, {3.2F, 10.8F}, 1.5F);
    pen.curve({3.2F, 10.8F}, {5.6F, 14.8F}, {11.6F, 14.4F}, {13, 10}, 1.5F);
}

void logo(Pen& pen) {
    pen.box({1, 2, 12, 4}, Ink::running, 1);
    pen.box({5, 8, 14, 4}, Ink::waiting_timer, 1);
    pen.box({3, 14, 9, 4}, Ink::waiting_io, 1);
}

void picture(Pen& pen, Icon icon) {
    switch (icon) {
        case Icon::run:
            return pen.polygon({{4, 2.5F}, {13.5F, 8}, {4, 13.5F}});
        case Icon::pause:
            return pen.box({4, 3, 3, 10}), pen.box({9, 3, 3, 10});
        case Icon::first:
            return pen.box({3, 3, 2, 10}), pen.polygon({{13, 3}, {6, 8}, {13, 13}});
        case Icon::back:
            return pen.path({{10, 3}, {5, 8}, {10, 13}}, 2);
        case Icon::step:
            return pen.path({{6, 3}, {11, 8}, {6, 13}}, 2);
        case Icon::last:
            return pen.box({11, 3, 2, 10}), pen.polygon({{3, 3}, {10, 8}, {3, 13}});
        case Icon::chevron_down:
            return pen.path({{4.5F, 6.5F}, {8, 10}, {11.5F, 6.5F}}, 1.6F);
        case Icon::chevron_up:
            return pen.path({{4.5F, 9.5F}, {8, 6}, {11.5F, 9.5F}}, 1.6F);
        case Icon::chevron_left:
            return pen.path({{9.5F, 4.5F}, {6, 8}, {9.5F, 11.5F}}, 1.6F);
        case Icon::chevron_right:
            return pen.path({{6.5F, 4.5F}, {10, 8}, {6.5F, 11.5F}}, 1.6F);
        case Icon::check:
            return pen.path({{3, 8.5F}, {6.5F, 12}, {13, 4.5F}}, 2);
        case Icon::cross:
            return pen.path({{4, 4}, {12, 12}}, 1.8F), pen.path({{12, 4}, {4, 12}}, 1.8F);
        case Icon::flag:
            return pen.path({{4, 2}, {4, 14}}, 1.6F), pen.polygon({{4, 2.5F}, {13, 5}, {4, 8.5F}});
        case Icon::search:
            return pen.ring({7, 7}, 4, 1.5F), pen.path({{10, 10}, {13.5F, 13.5F}}, 1.5F);
        case Icon::layout:
            pen.path({{2, 3}, {14, 3}, {14, 13}, {2, 13}, {2, 3}}, 1.5F);
            return pen.path({{7, 3}, {7, 9}}, 1.5F), pen.path({{2, 9}, {14, 9}}, 1.5F);
        case Icon::sun:
            return sun(pen);
        case Icon::moon:
            return moon(pen);
        default:
            return;
    }
}

void arrow(Pen& pen, Point from, Point to) {
    pen.path({from, to}, 1.6F);
    const float way = to.x > from.x ? 1 : -1;
    pen.polygon({{to.x + 2.4F * way, to.y}, {to.x - 1.2F * way, to.y - 2.6F}, {to.x - 1.2F * way, to.y + 2.6F}});
}

void timer_glyph(Pen& pen) {
    pen.ring({6, 6}, 4.6F, 1.4F);
    std::vector<Point> wedge{{6, 6}};
    for (int i = 0; i <= 8; ++i) {
        const float angle = std::numbers::pi_v<float> / 2 * (static_cast<float>(i) / 8 - 1);
        wedge.push_back({6 + 4.6F * std::cos(angle), 6 + 4.6F * std::sin(angle)});
    }
    pen.polygon(std::move(wedge));
}

void glyph(Pen& pen, Icon icon) {
    switch (icon) {
        case Icon::glyph_running:
            return pen.polygon({{3, 1.5F}, {10.5F, 6}, {3, 10.5F}});
        case Icon::glyph_ready:
            return pen.disc({2, 6}, 1.4F), pen.disc({6, 6}, 1.4F), pen.disc({10, 6}, 1.4F);
        case Icon::glyph_channel:
            return arrow(pen, {1, 3.6F}, {8.6F, 3.6F}), arrow(pen, {11, 8.4F}, {3.4F, 8.4F});
        case Icon::glyph_timer:
            return timer_glyph(pen);
        case Icon::glyph_io:
            pen.path({{6, 0.5F}, {6, 2.5F}}, 1.8F);
            pen.path({{6, 4}, {6, 7}}, 1.8F);
            return pen.polygon({{6, 11.5F}, {2.4F, 6.6F}, {9.6F, 6.6F}});
        case Icon::glyph_done:
            return pen.box({2.5F, 2.5F, 7, 7});
        case Icon::glyph_failed:
            return pen.path({{2, 2}, {10, 10}}, 2.4F), pen.path({{10, 2}, {2, 10}}, 2.4F);
        case Icon::glyph_handed_off:
            pen.path({{1.5F, 2.5F}, {7.5F, 2.5F}, {7.5F, 7}}, 1.8F);
            return pen.polygon({{7.5F, 11.5F}, {4, 6.8F}, {11, 6.8F}});
        default:
            return;
    }
}

}  // namespace

void paint_icon(Painter& painter, const DrawnIcon& icon) {
    if (icon.icon == Icon::none) return;
    if (icon.icon == Icon::logo) {
        Pen pen(painter, icon, 20);
        return logo(pen);
    }
    const bool is_glyph = icon.icon >= Icon::glyph_running && icon.icon <= Icon::glyph_handed_off;
    Pen pen(painter, icon, is_glyph ? 12 : 16);
    is_glyph ? glyph(pen, icon.icon) : picture(pen, icon.icon);
}

}  // namespace co::studio
