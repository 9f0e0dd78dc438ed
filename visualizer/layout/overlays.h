// Overlays: what lies over the panels for a moment: the keys, the list of lessons, one line of news.
//
//     Scene scene = lay_out_help({1280, 800}, Shade::dark);
//
// Their scenes are as large as the window, so that a click beside an overlay is a click on it, and closes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/layout/scene.h"

namespace co::studio {

/// How strong shadows are: on white they need less.
enum class Shade : std::uint8_t { dark, light };

/// A key, and what it does.
struct KeyLine {
    std::string_view keys;
    std::string_view does;
};
/// Every key of the studio.
const std::vector<KeyLine>& all_keys();

Scene lay_out_help(Size window, Shade shade);

struct LessonEntry {
    std::uint32_t number = 0;
    std::string chapter;
    std::string title;
};
/// Its rows are hit areas of Target::choice with the index of the lesson; `row` is the one that Enter opens.
Scene lay_out_lessons(Size window, Shade shade, const std::vector<LessonEntry>& lessons, std::size_t row,
                      const MeasureText& measure);

/// Where the notice stands in the window: above everything, in the corner where the output has room.
Rect notice_place(Size window, const std::string& notice, const MeasureText& measure);
Scene lay_out_notice(Size size, Shade shade, const std::string& notice);

/// A raised plate with a shadow below it (mock/README.md, "Shadow").
void draw_plate(Scene& scene, const Rect& rect, Shade shade);

}  // namespace co::studio
