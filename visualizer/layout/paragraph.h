// Paragraph: runs of differently set text, broken into lines of a given width.
//
//     float height = draw_paragraph(scene, {16, 68, 267}, {{"push()", code}, {" never switches.", prose}}, measure);
//
// Lines break at spaces, and between Chinese, Japanese and Korean characters; a word wider than the line is broken.
#pragma once

#include <string>
#include <vector>

#include "visualizer/layout/scene.h"

namespace co::studio {

struct StyledRun {
    std::string text;
    Font font = Font::prose;
    Ink ink = Ink::text2;
};

struct ParagraphBox {
    float x = 0, y = 0;  // top left
    float width = 0;
    float line_height = 20;
    std::size_t most_lines = 0;  // 0: as many as it takes; else the last one ends in "…"
};

/// Code between backticks, as in a lesson's prose.
std::vector<StyledRun> marked(const std::string& text, Font font, Ink ink = Ink::text2);

/// Draws the runs one after the other and returns the height that they took.
float draw_paragraph(Scene& scene, const ParagraphBox& box, const std::vector<StyledRun>& runs,
                     const MeasureText& measure);

/// The longest beginning of `text` that fits into `width`, ended by "…" when something was left out.
std::string cut_to_fit(std::string_view text, Font font, float width, const MeasureText& measure);

}  // namespace co::studio
