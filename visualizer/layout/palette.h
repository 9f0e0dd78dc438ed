// The palette (Ctrl+K): every command and every lesson by a few letters of its name.
//
//     palette_entries(course, "th")      // "Light or dark theme", "Lesson 35: A thousand …"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/layout/command.h"
#include "visualizer/layout/overlays.h"

namespace co::studio {

/// The names of what can be made to go wrong end so: the search for them.
inline constexpr std::string_view from_here_on = "from here on";

struct PaletteEntry {
    std::string name;
    std::string keys = {};  // that do the same
    std::optional<Command> command = {};
    std::size_t lesson = 0;                        // where there is no command: its place in the course
    std::string file = {};                         // to be opened; with a / at its end a folder to look into
    std::optional<std::size_t> interference = {};  // its place among those that can be chosen now
};

/// Those in which every word of `query` occurs, in whatever case.
std::vector<PaletteEntry> palette_entries(const std::vector<LessonEntry>& course, const std::string& query,
                                          const std::vector<std::string>& interferences = {});

/// Its rows are hit areas of Target::choice with the place in `entries`.
Scene lay_out_palette(Size window, Shade shade, const std::vector<PaletteEntry>& entries, const std::string& query,
                      std::size_t row, const MeasureText& measure, const std::string& hint = "Command or lesson");

}  // namespace co::studio
