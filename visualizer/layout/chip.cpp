#include "visualizer/layout/chip.h"

#include <algorithm>

#include "visualizer/layout/lit.h"

namespace co::studio {

namespace {

constexpr float chip_square = 16;
constexpr float label_left = 21;

void draw_outline(Scene& scene, Point at, float width, Outline outline) {
    if (outline == Outline::none) return;
    const Ink ink = outline == Outline::selected ? Ink::now : Ink::text2;
    scene.stroke({at.x - 1.5F, at.y - 1.5F, width + 3, chip_height + 3}, ink, {.width = 1.5F, .radius = 4.5F});
}

}  // namespace

Ink ink_of(Activity activity) {
    switch (activity) {
        case Activity::running:
            return Ink::running;
        case Activity::unborn:
            return Ink::strong_border;
        case Activity::ready:
        case Activity::handed_off:
            return Ink::ready;
        case Activity::waiting_channel:
            return Ink::waiting_channel;
        case Activity::waiting_timer:
            return Ink::waiting_timer;
        case Activity::waiting_io:
            return Ink::waiting_io;
        case Activity::done:
            return Ink::done;
        case Activity::failed:
            return Ink::failed;
    }
    return Ink::ready;
}

Icon glyph_of(Activity activity) {
    switch (activity) {
        case Activity::running:
            return Icon::glyph_running;
        case Activity::unborn:
            return Icon::none;
        case Activity::ready:
            return Icon::glyph_ready;
        case Activity::handed_off:
            return Icon::glyph_handed_off;
        case Activity::waiting_channel:
            return Icon::glyph_channel;
        case Activity::waiting_timer:
            return Icon::glyph_timer;
        case Activity::waiting_io:
            return Icon::glyph_io;
        case Activity::done:
            return Icon::glyph_done;
        case Activity::failed:
            return Icon::glyph_failed;
    }
    return Icon::none;
}

Ink ink_on(Activity activity) {
    const Ink ground = ink_of(activity);
    if (ground == Ink::failed) return Ink::on_failed;
    return ground == Ink::ready ? Ink::on_ready : Ink::panel;
}

Pattern pattern_of(Activity activity) {
    switch (activity) {
        case Activity::waiting_channel:
            return Pattern::channel_bars;
        case Activity::waiting_timer:
            return Pattern::timer_dots;
        case Activity::waiting_io:
            return Pattern::io_slashes;
        case Activity::handed_off:
            return Pattern::handed_off;
        case Activity::failed:
            return Pattern::failed_cross;
        case Activity::unborn:
        case Activity::running:
        case Activity::ready:
        case Activity::done:
            return Pattern::solid;
    }
    return Pattern::solid;
}

std::string words_of(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return "not started";
        case Activity::running:
            return "running";
        case Activity::ready:
            return "ready";
        case Activity::waiting_channel:
            return "parked";
        case Activity::waiting_timer:
            return "sleeping";
        case Activity::waiting_io:
            return "waiting for data";
        case Activity::done:
            return "done";
        case Activity::failed:
            return "failed";
        case Activity::handed_off:
            return "handed off";
    }
    return "";
}

float chip_width(const Chip& chip, const MeasureText& measure) {
    return std::max(chip.least_width, label_left + measure(chip.label, Font::chip) + 3);
}

float draw_chip(Scene& scene, Point at, const Chip& chip, const MeasureText& measure) {
    const float width = chip_width(chip, measure);
    draw_outline(scene, at, width, chip.outline);
    scene.fill({at.x, at.y, width, chip_height}, chip.ground, {.radius = 3});
    const Ink ink = ink_of(chip.activity);
    scene.fill({at.x, at.y, chip_square, chip_square}, ink, {.radius = 3});
    scene.fill({at.x + 4, at.y, chip_square - 4, chip_square}, ink);  // only the left corners are round
    scene.icon(at.x + 2, at.y + 2, 12, glyph_of(chip.activity), ink_on(chip.activity));
    if (chip.stops) {
        const float plate = measure(chip.label, Font::chip) + 5;
        scene.fill({at.x + label_left - 2.5F, at.y + 2, plate, chip_height - 4}, Ink::text1, {.radius = 2});
        scene.text(at.x + label_left, at.y + 12, chip.label, {.font = Font::chip, .ink = Ink::on_now});
        return width;
    }
    const Ink label = chip.activity == Activity::unborn ? Ink::text3 : Ink::text1;
    scene.text(at.x + label_left, at.y + 12, chip.label, {.font = Font::chip, .ink = label});
    return width;
}

Chip chip_of(const PanelInput& input, std::uint32_t coroutine) {
    Chip chip{.activity = Activity::unborn, .label = Model::chip(coroutine)};
    const CoroutineState* state = input.state.coroutine(coroutine);
    if (state) chip.activity = state->activity;
    const bool lit = coroutine == input.view.hovered || (state && is_lit(input, *state));
    if (lit) chip.outline = Outline::hovered;
    if (coroutine == input.focus()) chip.outline = Outline::selected;
    chip.stops = is_set(input.view.breakpoints, {Breakpoint::Kind::coroutine, coroutine});
    return chip;
}

float draw_chip_of(Scene& scene, Point at, const PanelInput& input, std::uint32_t coroutine) {
    const float width = draw_chip(scene, at, chip_of(input, coroutine), input.measure);
    scene.hit({at.x, at.y, width, chip_height}, Target::coroutine, coroutine);
    return width;
}

}  // namespace co::studio
