// The left column of a timeline of several processes: a heading for each, and its coroutines below.
#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/future_view.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float glyph_left = TimelineScale::labels - 20;
constexpr float square = 12;
constexpr float heading_left = 20;
constexpr float coroutine_left = 26;

/// What the row's coroutine is doing: a glyph on its colour, at the right end, outlined as a chip would be.
void draw_state(Scene& scene, const Chip& chip, float middle) {
    if (chip.outline != Outline::none) {
        const Ink ink = chip.outline == Outline::selected ? Ink::now : Ink::text2;
        scene.stroke({glyph_left - 1.5F, middle - square / 2 - 1.5F, square + 3, square + 3}, ink,
                     {.width = 1.5F, .radius = 3});
    }
    scene.fill({glyph_left, middle - square / 2, square, square}, ink_of(chip.activity), {.radius = 2});
    scene.icon(glyph_left + 1, middle - 5, 10, glyph_of(chip.activity), ink_on(chip.activity));
}

/// "worker 0" and, where there is room, "pid 5"; a click folds the process.
void draw_heading(Scene& scene, const PanelInput& input, const Process& process, std::uint32_t place, float middle,
                  float right) {
    const bool folded = std::ranges::find(input.view.folded, place) != input.view.folded.end();
    scene.icon(6, middle - 6, 12, folded ? Icon::chevron_right : Icon::chevron_down, Ink::text3);
    const bool is_over = process.to <= input.view.cursor, is_to_come = process.from > input.view.cursor;
    const Ink ink = is_over || is_to_come ? Ink::text3 : Ink::text1;
    const float room = right - heading_left;
    const std::string title = cut_to_fit(process.title, Font::panel_bold, room, input.measure);
    scene.text(heading_left, middle + 4, title, {.font = Font::panel_bold, .ink = ink});
    const float left = heading_left + input.measure(title, Font::panel_bold) + 6;
    const std::string pid = process.pid_text();
    if (left + input.measure(pid, Font::caption) <= right)
        scene.text(left, middle + 4, pid, {.font = Font::caption, .ink = Ink::text3});
}

void draw_coroutine(Scene& scene, const PanelInput& input, const Lane& lane, const Chip& chip, float middle,
                    float right) {
    const bool selected = chip.outline == Outline::selected;
    const Ink ink = chip.activity == Activity::unborn ? Ink::text3 : selected ? Ink::now : Ink::text1;
    scene.text(coroutine_left, middle + 4, chip.label, {.font = Font::chip, .ink = ink});
    const float name = std::max(coroutine_left + 34, coroutine_left + input.measure(chip.label, Font::chip) + 8);
    if (right - name < 12) return;
    scene.text(name, middle + 4, cut_to_fit(lane.name, Font::caption, right - name, input.measure),
               {.font = Font::caption, .ink = chip.activity == Activity::unborn ? Ink::text3 : Ink::text2});
}

}  // namespace

void draw_process_label(Scene& scene, const PanelInput& input, const TimelineScale& scale, std::size_t row) {
    const Lane& lane = scale.rows().lane(row);
    const float top = scale.lane_top(row), pitch = scale.metrics().pitch, middle = top + pitch / 2;
    const std::uint32_t place = scale.rows().process(row);
    const Chip chip = chip_of(input, lane.coroutine);
    if (chip.outline == Outline::selected) scene.fill({0, top, TimelineScale::labels, pitch}, Ink::row);
    scene.hit({0, top, TimelineScale::labels, pitch}, Target::coroutine, lane.coroutine);
    float right = glyph_left - 6;
    const Point key{right - key_cap, middle - key_cap / 2};
    if (draw_next_key(scene, key, input, lane.coroutine)) right = key.x - 4;
    if (scale.rows().is_heading(row)) {
        scene.hit({0, top, heading_left, pitch}, Target::process, place);
        draw_heading(scene, input, input.model.processes()[place], place, middle, right);
    } else {
        draw_coroutine(scene, input, lane, chip, middle, right);
    }
    draw_state(scene, chip, middle);
}

}  // namespace co::studio
