// Screenshot: pixels in memory, and a PNG file of them.
//
//     window.pixels().write_png("docs/studio.png");
#pragma once

#include <filesystem>
#include <vector>

#include "visualizer/theme/theme.h"

namespace co::studio {

struct Screenshot {
    int width = 0, height = 0;
    std::vector<Color> pixels;  // row by row from the top

    Color at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
    /// The same pixels give the same bytes. Throws std::runtime_error naming the file and the reason.
    void write_png(const std::filesystem::path& file) const;
};

}  // namespace co::studio
