#include "visualizer/layout/fit.h"

#include "visualizer/layout/paragraph.h"

namespace co::studio {

std::string first_that_fits(const std::vector<std::string>& ways, Font font, float width, const MeasureText& measure) {
    for (const std::string& way : ways) {
        if (measure(way, font) <= width) return way;
    }
    return ways.empty() ? std::string() : cut_to_fit(ways.back(), font, width, measure);
}

}  // namespace co::studio
