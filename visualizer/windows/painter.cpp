#include "visualizer/windows/painter.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "visualizer/windows/icons.h"

namespace co::studio {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

/// The nearest whole number; halves go up, also below zero, so that neighbours keep their distance.
float nearest(float value) { return std::floor(value + 0.5F); }

Rect grown(Rect rect, float by) { return {rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by}; }

bool whole(float value) { return std::fabs(value - std::round(value)) < 0.01F; }

/// The parts of [from, to) between multiples of `period`.
template <typename Visit>
void each_piece(float from, float to, float period, Visit visit) {
    for (float start = std::floor(from / period) * period; start < to; start += period) {
        const float a = std::max(start, from), b = std::min(start + period, to);
        if (b > a) visit(a, b, (a - start) / period, (b - start) / period);
    }
}

}  // namespace

Painter::Painter(ImDrawList& list, const Fonts& fonts, Theme theme)
    : list_(list), fonts_(fonts), theme_(theme), scale_(fonts.scale()) {}

void Painter::paint(const Scene& scene, Point origin) {
    origin_ = {std::round(origin.x * scale_), std::round(origin.y * scale_)};
    for (const Item& item : scene.items) {
        std::visit([this](const auto& one) { paint(one); }, item);
    }
}

std::uint32_t Painter::ink(Ink ink, float alpha) const {
    const Color value = color(ink, theme_);
    const float opacity = std::clamp(alpha, 0.0F, 1.0F) * static_cast<float>(value.alpha);
    return IM_COL32(value.red, value.green, value.blue, static_cast<std::uint32_t>(std::lround(opacity)));
}

float Painter::line_width(float width) const { return std::max(1.0F, nearest(width * scale_)); }

ImVec2 Painter::device(Point point) const { return {origin_.x + point.x * scale_, origin_.y + point.y * scale_}; }

Rect Painter::snapped(Rect rect) const {
    const ImVec2 first = device({rect.x, rect.y}), last = device({rect.right(), rect.bottom()});
    const float x = nearest(first.x), y = nearest(first.y);
    return {x, y, std::max(1.0F, nearest(last.x) - x), std::max(1.0F, nearest(last.y) - y)};
}

void Painter::paint(const FillRect& item) {
    if (item.rect.w <= 0 || item.rect.h <= 0) return;
    if (item.paint.pattern != Pattern::solid) return fill_patterned(item);
    const Rect rect = snapped(item.rect);
    list_.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, ink(item.ink, item.paint.alpha),
                        std::min({item.paint.radius * scale_, rect.w / 2, rect.h / 2}));
}

void Painter::fill_patterned(const FillRect& item) {
    const Paint& paint = item.paint;
    const Rect outer = snapped(grown(item.rect, 0.5F));  // the outline is centred on the rectangle's edge
    const float line = line_width(1);
    const float radius = std::min({(paint.radius + 0.5F) * scale_, outer.w / 2, outer.h / 2});
    list_.AddRectFilled({outer.x, outer.y}, {outer.right(), outer.bottom()},
                        ink(item.ink, paint.alpha * pattern_ground(paint.pattern, theme_)), radius);
    fill_pattern(grown(outer, -line), paint.pattern, ink(item.ink, paint.alpha));
    frame(outer, radius, line, ink(item.ink, paint.alpha));
}

void Painter::frame(Rect outer, float radius, float line, std::uint32_t colour) {
    const Rect middle = grown(outer, -line / 2);
    list_.PathRect({middle.x, middle.y}, {middle.right(), middle.bottom()}, std::max(0.0F, radius - line / 2));
    list_.PathStroke(colour, ImDrawFlags_Closed, line);
}

void Painter::fill_pattern(Rect rect, Pattern pattern, std::uint32_t colour) {
    if (rect.w <= 0 || rect.h <= 0) return;
    const Patterns::Sheet& sheet = fonts_.patterns().sheet(pattern);
    const auto side = static_cast<float>(sheet.side);
    const float left = rect.x - origin_.x, top = rect.y - origin_.y;
    auto u = [&](float share) { return sheet.u0 + (sheet.u1 - sheet.u0) * share; };
    auto v = [&](float share) { return sheet.v0 + (sheet.v1 - sheet.v0) * share; };
    each_piece(top, top + rect.h, side, [&](float y0, float y1, float v0, float v1) {
        each_piece(left, left + rect.w, side, [&](float x0, float x1, float u0, float u1) {
            list_.PrimReserve(6, 4);
            list_.PrimRectUV({origin_.x + x0, origin_.y + y0}, {origin_.x + x1, origin_.y + y1}, {u(u0), v(v0)},
                             {u(u1), v(v1)}, colour);
        });
    });
}

void Painter::paint(const StrokeRect& item) {
    const Stroke& line = item.stroke;
    if (line.dash > 0 || !whole(line.width)) return stroke(outline(item.rect, line.radius), item.ink, line);
    const float radius = line.radius > 0 ? (line.radius + line.width / 2) * scale_ : 0;
    frame(snapped(grown(item.rect, line.width / 2)), radius, line_width(line.width), ink(item.ink, line.alpha));
}

void Painter::paint(const Line& item) {
    const bool upright = item.from.x == item.to.x, level = item.from.y == item.to.y;
    if (item.stroke.dash > 0 || (!upright && !level)) {
        stroke({item.from, item.to}, item.ink, item.stroke);
        return;
    }
    // Upright and level lines are thin boxes on whole pixels.
    const float half = item.stroke.width / 2;
    const float x = std::min(item.from.x, item.to.x), y = std::min(item.from.y, item.to.y);
    const float length = std::max(std::fabs(item.to.x - item.from.x), std::fabs(item.to.y - item.from.y));
    const Rect box =
        upright ? Rect{x - half, y, item.stroke.width, length} : Rect{x, y - half, length, item.stroke.width};
    if (whole(item.stroke.width)) {
        Rect at = snapped(box);
        (upright ? at.w : at.h) = line_width(item.stroke.width);
        list_.AddRectFilled({at.x, at.y}, {at.right(), at.bottom()}, ink(item.ink, item.stroke.alpha));
    } else {
        stroke({item.from, item.to}, item.ink, item.stroke);
    }
}

void Painter::paint(const Bezier& item) { stroke(flatten(item.a, item.b, item.c, item.d), item.ink, item.stroke); }

void Painter::stroke(const Polyline& path, Ink colour, const Stroke& stroke) {
    std::vector<Polyline> pieces;
    if (stroke.dash > 0) {
        pieces = dashes(path, stroke.dash, stroke.gap);
    } else {
        pieces.push_back(path);
    }
    for (const Polyline& piece : pieces) {
        const bool closed = piece.size() > 2 && piece.front().x == piece.back().x && piece.front().y == piece.back().y;
        std::vector<ImVec2> points;
        for (const Point& point : piece) points.push_back(device(point));
        if (closed) points.pop_back();
        list_.AddPolyline(points.data(), static_cast<int>(points.size()), ink(colour, stroke.alpha),
                          closed ? ImDrawFlags_Closed : ImDrawFlags_None, stroke.width * scale_);
    }
}

void Painter::paint(const Polygon& item) {
    std::vector<ImVec2> points;
    float area = 0;
    for (std::size_t i = 0; i < item.points.size(); ++i) {
        const Point a = item.points[i], b = item.points[(i + 1) % item.points.size()];
        area += a.x * b.y - b.x * a.y;
        points.push_back(device(a));
    }
    if (area < 0) std::reverse(points.begin(), points.end());  // ImGui smooths the edges of clockwise shapes only
    list_.AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), ink(item.ink, item.alpha));
}

void Painter::paint(const Circle& item) {
    const ImVec2 center = device(item.center);
    const std::uint32_t colour = ink(item.ink, item.alpha);
    if (item.width > 0) {
        list_.AddCircle(center, item.radius * scale_, colour, 0, item.width * scale_);
    } else {
        list_.AddCircleFilled(center, item.radius * scale_, colour);
    }
}

void Painter::paint(const Pie& item) {
    const float share = std::clamp(item.share, 0.0F, 1.0F);
    if (share <= 0) return;
    if (share >= 1) return paint(Circle{item.center, item.radius, item.ink, item.alpha, 0});
    const float noon = pi * 1.5F, begin = noon - 2 * pi * share;
    const ImVec2 center = device(item.center);
    auto sector = [&](float from, float to) {
        list_.PathLineTo(center);
        list_.PathArcTo(center, item.radius * scale_, from, to, 32);
        list_.PathFillConvex(ink(item.ink, item.alpha));
    };
    if (share <= 0.5F) return sector(begin, noon);
    // More than half is not convex: two sectors that overlap, so that no seam shows.
    sector(begin, begin + pi);
    sector(noon - pi * share * 1.2F, noon);
}

std::string Painter::shortened(const Text& item) const {
    const TextStyle& style = item.style;
    if (style.max_width <= 0 || fonts_.width(item.text, style.font) <= style.max_width) return item.text;
    const float room = style.max_width - fonts_.width("…", style.font);
    std::string_view rest = item.text;
    std::size_t kept = 0;
    for (float used = 0; !rest.empty();) {
        const std::string_view before = rest;
        take_character(rest);
        used += fonts_.width(before.substr(0, before.size() - rest.size()), style.font);
        if (used > room) break;
        kept = item.text.size() - rest.size();
    }
    while (kept > 0 && item.text[kept - 1] == ' ') --kept;
    return item.text.substr(0, kept) + "…";
}

void Painter::paint(const Text& item) {
    const std::string text = shortened(item);
    const ImFont& font = fonts_.font(item.style.font);
    const float width = fonts_.width(text, item.style.font);
    const float shift = item.style.align == Align::left ? 0 : item.style.align == Align::center ? width / 2 : width;
    const ImVec2 start = device({item.baseline.x - shift, item.baseline.y});
    const float top = std::round(start.y) - std::round(font.Ascent);
    const std::uint32_t colour = ink(item.style.ink, item.style.alpha);
    float x = start.x;
    for (std::string_view rest = text; !rest.empty();) {
        const ImFontGlyph* glyph = font.FindGlyph(static_cast<ImWchar>(take_character(rest)));
        if (glyph == nullptr) continue;
        if (glyph->Visible) {
            const float pen = std::round(x * 4) / 4;  // the glyphs are rasterised at four offsets a pixel
            list_.PrimReserve(6, 4);
            list_.PrimRectUV({pen + glyph->X0, top + glyph->Y0}, {pen + glyph->X1, top + glyph->Y1},
                             {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1}, colour);
        }
        x += glyph->AdvanceX;
    }
}

void Painter::paint(const DrawnIcon& item) { paint_icon(*this, item); }

void Painter::paint(const PushClip& item) {
    const Rect rect = snapped(item.rect);
    list_.PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void Painter::paint(const PopClip&) { list_.PopClipRect(); }

}  // namespace co::studio
