// Memory that processes share: a heading that says what it holds, and the last few calls, each with who made it where.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float shared_row = 20;
constexpr float heading_height = 22;

/// "set(\"tea\")  left = 9".
std::string touch_text(const PanelInput& input, const SharedState& one, const SharedTouch& touch) {
    const bool is_lock = one.kind == SharedKind::lock;
    const std::string_view text = input.model.text(touch.text);
    switch (touch.kind) {
        case trace::EventKind::shared_wait:
            return is_lock ? "lock()  waits" : "wait()  waits";
        case trace::EventKind::shared_pass:
            return fmt::format("{}  {}", is_lock ? "lock()" : "wait()", text.empty() ? "ok" : text);
        case trace::EventKind::shared_open:
            return is_lock ? "unlock()" : "wake()";
        default:
            break;
    }
    const SharedCall call = split_call(text);
    if (one.kind == SharedKind::table) return fmt::format("{}  {}", call.call, call.outcome);
    return fmt::format("{}  is {}", call.call, touch.value);
}

/// Only what changes something stands out.
Ink ink_of_touch(const SharedTouch& touch) {
    return touch.kind == trace::EventKind::shared_read ? Ink::text2 : Ink::text1;
}

/// Chip, process, line, call; at the right the step.
void draw_touch(Scene& scene, const PanelInput& input, const SharedState& one, const SharedTouch& touch, float top) {
    const float baseline = top + 12, right = input.size.w - inspector_margin;
    if (touch.step == input.view.cursor)
        scene.stroke({inspector_margin - 4, top - 1.5F, right - inspector_margin + 8, shared_row - 1}, Ink::now,
                     {.width = 1.5F, .radius = 3});
    float x = inspector_margin + draw_chip_of(scene, {inspector_margin, top}, input, touch.coroutine) + 6;
    const std::string_view process = input.state.process_title(process_of(touch.coroutine));
    std::string where(process);
    if (touch.line != 0) where += fmt::format("{}line {}", where.empty() ? "" : ", ", touch.line);
    const std::string step = fmt::format("step {}", touch.step);
    const float step_left = right - input.measure(step, Font::caption);
    scene.text(right, baseline, step, {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
    const float most_where = std::min(132.0F, (step_left - x) / 2);
    scene.text(x, baseline, cut_to_fit(where, Font::caption, most_where, input.measure),
               {.font = Font::caption, .ink = Ink::text3});
    x += most_where + 6;
    if (step_left - 8 - x < 24) return;
    scene.text(x, baseline,
               cut_to_fit(touch_text(input, one, touch), Font::code_small, step_left - 8 - x, input.measure),
               {.font = Font::code_small, .ink = ink_of_touch(touch)});
}

std::string waiters_text(const PanelInput& input, const SharedState& one) {
    std::vector<std::string> names;
    for (const std::uint32_t waiter : one.waiters) names.push_back(chip_and_process(input.state, waiter));
    return few_of(names, 2) + (names.size() == 1 ? " waits" : " wait");
}

}  // namespace

float draw_shared(Scene& scene, const PanelInput& input, const SharedState& one, float top) {
    std::string remark = shared_remark(input.state, one);
    if (!one.waiters.empty()) remark += "; " + waiters_text(input, one);
    draw_heading(scene, input, {inspector_margin, top + 12}, shared_name(input.model.trace(), input.state, one.id),
                 remark, input.size.w - inspector_margin, Font::code_bold);
    float y = top + heading_height;
    for (const SharedTouch& touch : one.touches) {
        draw_touch(scene, input, one, touch, y);
        y += shared_row;
    }
    // As high as it will be, so that nothing jumps while a lesson plays.
    return heading_height + SharedState::most_touches * shared_row + 10;
}

}  // namespace co::studio
