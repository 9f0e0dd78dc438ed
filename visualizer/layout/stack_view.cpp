// The Stack tab: of each coroutine how many calls of the script are in each other, now and at most so far.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float row_height = 28;
constexpr float bar_height = 14;
constexpr float widest_call = 14;   // px
constexpr float least_gap_at = 4;   // px a call: below that no line stands between two
constexpr float words_width = 124;  // "150 now, 150 at most"

constexpr const char* explanation =
    "A call of the script takes its place in Lua's own stack, and what is counted here is those, line by line: the "
    "same "
    "on every machine. Beneath it each coroutine has a stack of the machine, of which a page is taken from memory when "
    "it is first touched. In C++ every call lies on that one; co::stats() tells how many bytes were used.";

bool has_stack(const CoroutineState& coroutine) {
    return coroutine.activity != Activity::unborn && coroutine.most_calls > 0;
}

std::uint32_t deepest_of_all(const State& state) {
    std::uint32_t deepest = 1;
    for (const CoroutineState& one : state.coroutines) deepest = std::max(deepest, one.most_calls);
    return deepest;
}

/// A box for each call: filled while it is open, an outline where one was.
void draw_calls(Scene& scene, const CoroutineState& coroutine, const Rect& area, float call_width) {
    const auto width = [&](std::uint32_t calls) { return std::max(2.0F, static_cast<float>(calls) * call_width); };
    const Rect most{area.x, area.y, width(coroutine.most_calls), bar_height};
    scene.fill(most, Ink::row, {.radius = 2});
    const bool has_ended = coroutine.activity == Activity::done || coroutine.activity == Activity::failed;
    const std::uint32_t open = has_ended ? 0 : coroutine.calls;
    if (open > 0) scene.fill({area.x, area.y, width(open), bar_height}, ink_of(coroutine.activity), {.radius = 2});
    if (most.w < 4) return;  // an outline would hide it
    scene.stroke({most.x + 0.5F, most.y + 0.5F, most.w - 1, most.h - 1}, Ink::strong_border, {.radius = 2});
    if (call_width < least_gap_at) return;
    for (std::uint32_t call = 1; call < coroutine.most_calls; ++call) {
        const float x = area.x + width(call) - 0.5F;
        scene.line({x, area.y + 1}, {x, area.y + bar_height - 1}, Ink::panel);
    }
}

std::string words_of(const CoroutineState& coroutine) {
    if (coroutine.activity == Activity::done || coroutine.activity == Activity::failed) {
        return fmt::format("ended, {} at most", coroutine.most_calls);
    }
    return fmt::format("{} now, {} at most", coroutine.calls, coroutine.most_calls);
}

}  // namespace

float draw_stacks(Scene& scene, const PanelInput& input, float top) {
    const float right = input.size.w - inspector_margin;
    draw_heading(scene, input, {inspector_margin, top + 4}, "Calls in each other", "outline: as deep as it was", right);
    float y = top + 18;
    float chips = 54;
    for (const CoroutineState& one : input.state.coroutines) {
        if (has_stack(one)) chips = std::max(chips, chip_width(chip_of(input, one.id), input.measure));
    }
    const Rect area{inspector_margin + chips + 12, 0, right - words_width - 12 - (inspector_margin + chips + 12), 0};
    const float call = std::min(widest_call, area.w / static_cast<float>(deepest_of_all(input.state)));
    bool anybody = false;
    for (const CoroutineState& one : input.state.coroutines) {
        if (!has_stack(one)) continue;
        anybody = true;
        if (y < input.size.h && y > -row_height) {  // of thousands only those in sight are set
            draw_chip_of(scene, {inspector_margin, y + 6}, input, one.id);
            draw_calls(scene, one, {area.x, y + 7, area.w, bar_height}, call);
            const bool most = one.calls == one.most_calls;
            scene.text(right, y + 18, words_of(one),
                       {.font = Font::caption, .ink = most ? Ink::text2 : Ink::text3, .align = Align::right});
        }
        y += row_height;
    }
    if (!anybody) {
        scene.text(inspector_margin, y + 13, "This run tells of no calls yet.", {.ink = Ink::text3});
        y += 24;
    }
    const ParagraphBox box{inspector_margin, y + 8, right - inspector_margin, 18};
    return y + 16 + draw_paragraph(scene, box, {{explanation, Font::panel, Ink::text3}}, input.measure) - top;
}

}  // namespace co::studio
