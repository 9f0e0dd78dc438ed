#include "visualizer/windows/strokes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace co::studio {
namespace {

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

Point between(Point a, Point b, float share) { return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share}; }

void add_quarter(Polyline& path, Point center, float radius, float from) {
    constexpr int pieces = 6;
    for (int i = 0; i <= pieces; ++i) {
        const float angle = from + std::numbers::pi_v<float> / 2 * static_cast<float>(i) / pieces;
        path.push_back({center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)});
    }
}

}  // namespace

Polyline flatten(Point a, Point b, Point c, Point d) {
    const float length = distance(a, b) + distance(b, c) + distance(c, d);
    const int pieces = std::clamp(static_cast<int>(length / 2), 8, 256);
    Polyline path;
    for (int i = 0; i <= pieces; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(pieces), s = 1 - t;
        const float wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
        path.push_back({wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y});
    }
    return path;
}

Polyline outline(Rect rect, float radius) {
    constexpr float half_turn = std::numbers::pi_v<float>;
    const float r = std::min({radius, rect.w / 2, rect.h / 2});
    Polyline path;
    if (r <= 0) {
        path = {{rect.x, rect.y}, {rect.right(), rect.y}, {rect.right(), rect.bottom()}, {rect.x, rect.bottom()}};
    } else {
        add_quarter(path, {rect.x + r, rect.y + r}, r, half_turn);
        add_quarter(path, {rect.right() - r, rect.y + r}, r, half_turn * 1.5F);
        add_quarter(path, {rect.right() - r, rect.bottom() - r}, r, 0);
        add_quarter(path, {rect.x + r, rect.bottom() - r}, r, half_turn / 2);
    }
    path.push_back(path.front());
    return path;
}

std::vector<Polyline> dashes(const Polyline& path, float dash, float gap) {
    std::vector<Polyline> pieces;
    if (path.size() < 2 || dash <= 0) return pieces;
    bool drawing = true;
    float left = dash;  // of the current dash or gap
    Polyline piece{path.front()};
    for (std::size_t i = 1; i < path.size(); ++i) {
        Point from = path[i - 1];
        float length = distance(from, path[i]);
        while (length > left) {
            from = between(from, path[i], left / length);
            length -= left;
            if (drawing) {
                piece.push_back(from);
                pieces.push_back(std::move(piece));
            }
            drawing = !drawing;
            left = drawing ? dash : std::max(gap, 0.01F);
            piece = {from};
        }
        left -= length;
        piece.push_back(path[i]);
    }
    if (drawing && piece.size() > 1) pieces.push_back(std::move(piece));
    return pieces;
}

}  // namespace co::studio
