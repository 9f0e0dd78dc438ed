// Strokes: the geometry of outlines as plain points, before anything paints them: curves made of short lines, dashes.
//
//     for (const Polyline& dash : dashes(flatten(bezier), 4, 3)) …
#pragma once

#include <vector>

#include "visualizer/layout/scene.h"

namespace co::studio {

using Polyline = std::vector<Point>;

/// A cubic curve as lines of about 2 px.
Polyline flatten(Point a, Point b, Point c, Point d);

/// The outline of a rectangle from its top left corner clockwise, closed: the last point is the first.
Polyline outline(Rect rect, float radius);

/// The pieces of `path` that are drawn when a dash of `dash` px and a gap of `gap` px alternate along it.
std::vector<Polyline> dashes(const Polyline& path, float dash, float gap);

}  // namespace co::studio
