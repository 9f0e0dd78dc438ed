// Fitting words into a width that is given.
//
//     first_that_fits({"blocked, 32 ms left", "blocked"}, Font::caption, 60, measure)        // "blocked"
#pragma once

#include <string>
#include <vector>

#include "visualizer/layout/scene.h"

namespace co::studio {

/// Of several ways to say the same, the longest first, the first that fits into `width`; if none does, the last one
/// cut.
std::string first_that_fits(const std::vector<std::string>& ways, Font font, float width, const MeasureText& measure);

}  // namespace co::studio
