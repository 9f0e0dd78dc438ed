#include "visualizer/layout/fold_view.h"

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {
namespace {

constexpr float fold_mark = 16;

/// The header with its mark; a click anywhere on the strip unfolds it, unless something else lies there.
void draw_strip(Scene& scene, const PanelInput& input, Icon icon, Command command) {
    scene.hit({0, 0, input.size.w, input.size.h}, Target::command, number(command));
    scene.line({0, header_height - 0.5F}, {input.size.w, header_height - 0.5F}, Ink::border);
    scene.icon((input.size.w - fold_mark) / 2, (header_height - fold_mark) / 2, fold_mark, icon, Ink::text2);
}

/// A checkpoint as a stop on a line: filled once it was reached, with a ring where the run is, else hollow.
void draw_stop(Scene& scene, Point center, bool reached, bool latest) {
    scene.circle(center, 6, Ink::panel);
    if (reached) scene.circle(center, latest ? 3 : 5, Ink::now);
    if (latest || !reached) scene.circle(center, 5, latest ? Ink::now : Ink::strong_border, 1.5F);
}

void draw_stops(Scene& scene, const PanelInput& input, const LessonText& lesson, float top) {
    constexpr float pitch = 42;
    const float x = input.size.w / 2;
    const auto fit = static_cast<std::size_t>(std::max(0.0F, (input.size.h - top) / pitch));
    const std::size_t shown = std::min(lesson.checkpoints.size(), fit);
    if (shown == 0) return;
    const auto y_of = [&](std::size_t i) { return top + 8 + pitch * static_cast<float>(i); };
    scene.line({x, y_of(0)}, {x, y_of(shown - 1)}, Ink::strong_border);
    const auto reached = [&](std::size_t i) {
        const auto& step = lesson.checkpoints[i].step;
        return step && *step <= input.view.cursor;
    };
    for (std::size_t i = 0; i < shown; ++i) {
        const bool latest = reached(i) && (i + 1 == lesson.checkpoints.size() || !reached(i + 1));
        draw_stop(scene, {x, y_of(i)}, reached(i), latest);
        if (const auto& step = lesson.checkpoints[i].step) {
            scene.hit({0, y_of(i) - pitch / 2, input.size.w, pitch}, Target::checkpoint, *step);
        }
    }
}

}  // namespace

float draw_fold_mark(Scene& scene, const PanelInput& input, Point right_top, Icon icon, Command command) {
    if (!input.can_fold) return 0;
    const Rect place{right_top.x - 24, right_top.y, 24, fold_mark};
    scene.icon(place.x, place.y, fold_mark, icon, Ink::text3);
    scene.hit({place.x, place.y - 6, place.w, header_height}, Target::command, number(command));
    return place.w;
}

Scene lay_out_lesson_strip(const PanelInput& input, const LessonText& lesson) {
    Scene scene;
    draw_strip(scene, input, Icon::chevron_right, Command::fold_lesson);
    const float x = input.size.w / 2;
    float y = header_height + 28;
    if (lesson.number > 0) {
        scene.text(x, y, std::to_string(lesson.number), {.font = Font::title, .align = Align::center});
    }
    if (lesson.number > 0 && lesson.count > 0) {
        y += 16;
        scene.text(x, y, "of " + std::to_string(lesson.count),
                   {.font = Font::caption, .ink = Ink::text3, .align = Align::center});
    }
    draw_stops(scene, input, lesson, y + 16);
    return scene;
}

Scene lay_out_inspector_strip(const PanelInput& input) {
    constexpr float square = 16, pitch = 24;
    Scene scene;
    draw_strip(scene, input, Icon::chevron_left, Command::fold_inspector);
    const float x = (input.size.w - square) / 2;
    float y = header_height + 12;
    for (const CoroutineState& coroutine : input.state.coroutines) {
        const bool is_over = coroutine.activity == Activity::unborn || coroutine.activity == Activity::done;
        if (is_over && coroutine.id != input.focus()) continue;
        if (y + square > input.size.h) break;
        const Chip chip = chip_of(input, coroutine.id);
        if (chip.outline != Outline::none) {
            const Ink ink = chip.outline == Outline::selected ? Ink::now : Ink::text2;
            scene.stroke({x - 1.5F, y - 1.5F, square + 3, square + 3}, ink, {.width = 1.5F, .radius = 4.5F});
        }
        scene.fill({x, y, square, square}, ink_of(chip.activity), {.radius = 3});
        scene.icon(x + 2, y + 2, 12, glyph_of(chip.activity), ink_on(chip.activity));
        scene.hit({0, y - 4, input.size.w, pitch}, Target::coroutine, coroutine.id);
        y += pitch;
    }
    return scene;
}

}  // namespace co::studio
