#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/model/wait_graph.h"

namespace co::studio {

namespace {

bool waits(const CoroutineState& coroutine) {
    return coroutine.activity == Activity::waiting_channel || coroutine.activity == Activity::waiting_timer ||
           coroutine.activity == Activity::waiting_io;
}

/// When nothing can wake anybody, that is said first.
float draw_deadlock(Scene& scene, const PanelInput& input, float top) {
    float y = top;
    for (const Problem& problem : input.model.problems()) {
        if ((problem.kind != ProblemKind::deadlock && problem.kind != ProblemKind::partial_deadlock) ||
            input.state.step < problem.step)
            continue;
        scene.icon(inspector_margin, y + 3, 12, Icon::glyph_failed, Ink::failed);
        y += draw_paragraph(scene, {inspector_margin + 20, y, input.size.w - 2 * inspector_margin - 20, 18},
                            {{problem.what, Font::panel_bold, Ink::text1}}, input.measure);
        y += 8;
    }
    return y - top;
}

/// An edge of the circle, with what it waits for written on it.
void draw_edge(Scene& scene, const PanelInput& input, const std::string& label, Point from, float to_x) {
    const float y = from.y;
    scene.line(from, {to_x - 6, y}, Ink::failed, {.width = 1.5F});
    scene.polygon({{to_x, y}, {to_x - 7, y - 3.5F}, {to_x - 7, y + 3.5F}}, Ink::failed);
    const float room = to_x - 8 - from.x - 4;
    const std::string text = cut_to_fit(label, Font::caption, room, input.measure);
    const float width = input.measure(text, Font::caption) + 6;
    if (text.empty() || width > room + 4) return;
    const float middle = (from.x + to_x - 7) / 2;
    scene.fill({middle - width / 2, y - 7, width, 14}, Ink::panel);
    scene.text(middle, y + 4, text, {.font = Font::caption, .ink = Ink::text2, .align = Align::center});
}

/// Those that wait for each other in a circle: in a row, and from the last one back to the first.
float draw_circle(Scene& scene, const PanelInput& input, const WaitCycle& cycle, float top) {
    constexpr float chip = 54, least_edge = 20;
    const float width = input.size.w - 2 * inspector_margin;
    const auto count = static_cast<float>(cycle.size());
    const float edge = std::min(96.0F, (width - count * chip) / std::max(1.0F, count - 1));
    if (cycle.empty() || (cycle.size() > 1 && edge < least_edge)) return 0;
    float x = inspector_margin;
    const float middle = top + chip_height / 2;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        const float right = x + draw_chip_of(scene, {x, top}, input, cycle[i]);
        const CoroutineState* waiting = input.state.coroutine(cycle[i]);
        const std::string label = waiting ? edge_label(input.model.trace(), input.state, *waiting) : "";
        if (i + 1 < cycle.size()) {
            draw_edge(scene, input, label, {right + 2, middle}, x + chip + edge - 2);
            x += chip + edge;
            continue;
        }
        const float back = top + chip_height + 14, first = inspector_margin + chip / 2;
        scene.line({x + chip / 2, top + chip_height + 2}, {x + chip / 2, back}, Ink::failed, {.width = 1.5F});
        scene.line({x + chip / 2, back}, {first, back}, Ink::failed, {.width = 1.5F});
        scene.line({first, back}, {first, top + chip_height + 8}, Ink::failed, {.width = 1.5F});
        scene.polygon({{first, top + chip_height + 2},
                       {first - 3.5F, top + chip_height + 9},
                       {first + 3.5F, top + chip_height + 9}},
                      Ink::failed);
        const float words = input.measure(label, Font::caption) + 6, center = (first + x + chip / 2) / 2;
        if (words < x + chip / 2 - first - 8) {
            scene.fill({center - words / 2, back - 7, words, 14}, Ink::panel);
            scene.text(center, back + 4, label, {.font = Font::caption, .ink = Ink::text2, .align = Align::center});
        }
    }
    return chip_height + 34;
}

/// In smaller letters where it would not be whole in the usual ones.
void draw_story(Scene& scene, const PanelInput& input, const ParagraphBox& box, const std::string& story) {
    Scene unseen;
    const ParagraphBox lines{.width = box.width, .line_height = 1};
    const float needed = draw_paragraph(unseen, lines, {{story, Font::panel}}, input.measure);
    const bool fits = needed <= static_cast<float>(box.most_lines);
    draw_paragraph(scene, box, {{story, fits ? Font::panel : Font::caption}}, input.measure);
}

}  // namespace

float draw_waits(Scene& scene, const PanelInput& input, float top) {
    draw_heading(scene, input, {inspector_margin, top + 4}, "Who waits", "and what will wake it",
                 input.size.w - inspector_margin);
    float y = top + 20;
    y += draw_deadlock(scene, input, y);
    y += draw_circle(scene, input, find_cycle(wait_edges(input.model.trace(), input.state)), y + 4);
    bool anybody = false;
    const bool is_narrow = input.size.w < narrow_inspector;
    for (const CoroutineState& coroutine : input.state.coroutines) {
        if (!waits(coroutine) || process_of(coroutine.id) != input.process()) continue;
        anybody = true;
        const bool in_sight = y < input.size.h && y > -70;  // a thousand waiting coroutines: only those are set
        if (in_sight) {
            const float indent = chip_width(chip_of(input, coroutine.id), input.measure) + 12;
            draw_chip_of(scene, {inspector_margin, y + 1}, input, coroutine.id);
            const ParagraphBox box{inspector_margin + indent, y, input.size.w - 2 * inspector_margin - indent, 18,
                                   is_narrow ? 3U : 2U};
            draw_story(scene, input, box, input.model.card(coroutine.id, input.state).story);
        }
        y += is_narrow ? 62 : 44;
    }
    if (!anybody) {
        scene.text(inspector_margin, y + 13, "Nobody waits at this moment.", {.ink = Ink::text3});
        y += 24;
    }
    return y - top;
}

}  // namespace co::studio
