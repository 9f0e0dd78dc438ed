#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"

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
        if (problem.kind != ProblemKind::deadlock || input.state.step < problem.step) continue;
        scene.icon(inspector_margin, y + 3, 12, Icon::glyph_failed, Ink::failed);
        y += draw_paragraph(scene, {inspector_margin + 20, y, input.size.w - 2 * inspector_margin - 20, 18},
                            {{problem.what, Font::panel_bold, Ink::text1}}, input.measure);
        y += 8;
    }
    return y - top;
}

}  // namespace

float draw_waits(Scene& scene, const PanelInput& input, float top) {
    draw_heading(scene, input, {inspector_margin, top + 4}, "Who waits", "and what will wake it",
                 input.size.w - inspector_margin);
    float y = top + 20;
    y += draw_deadlock(scene, input, y);
    bool anybody = false;
    for (const CoroutineState& coroutine : input.state.coroutines) {
        if (!waits(coroutine)) continue;
        anybody = true;
        const bool in_sight = y < input.size.h && y > -60;  // a thousand waiting coroutines: only those are set
        const float indent = chip_width(chip_of(input, coroutine.id), input.measure) + 12;
        if (in_sight) {
            draw_chip_of(scene, {inspector_margin, y + 1}, input, coroutine.id);
            const ParagraphBox box{inspector_margin + indent, y, input.size.w - 2 * inspector_margin - indent, 18, 2};
            draw_paragraph(scene, box, {{input.model.card(coroutine.id, input.state).story, Font::panel}},
                           input.measure);
        }
        y += 44;
    }
    if (!anybody) {
        scene.text(inspector_margin, y + 13, "Nobody waits at this moment.", {.ink = Ink::text3});
        y += 24;
    }
    return y - top;
}

}  // namespace co::studio
