// Tabs: the header of a panel: its tabs from the left, a note at the right.
//
//     draw_tabs(scene, 479, {{"main.lua"}, {"C++ twin", "", 1}}, 0, "line 5", measure);
#pragma once

#include <string>
#include <vector>

#include "visualizer/layout/scene.h"

namespace co::studio {

inline constexpr float header_height = 28;

struct TabItem {
    std::string label;
    std::string count = {};    // in grey after the label; may be empty
    std::uint32_t number = 0;  // what its hit area carries
};

/// Draws the header over the panel's whole width, of which `kept` px at the right stay free; the tab with number `open`
/// is underlined. Returns where the last tab ends.
float draw_tabs(Scene& scene, float width, const std::vector<TabItem>& tabs, std::uint32_t open,
                const std::string& note, const MeasureText& measure, float kept = 0);

/// The thumb that shows which part of a scrolled content is in sight; nothing when all of it is.
void draw_scroll_thumb(Scene& scene, const Rect& window, float scroll, float content_height);

/// The height of a window that shows `unscrolled` from `from` on, or a little less, so that its lower edge cuts through
/// no line of text.
float whole_lines(const Scene& unscrolled, float from, float height);

/// `scroll` as far as the content goes.
float clamp_scroll(float scroll, float window_height, float content_height);

}  // namespace co::studio
