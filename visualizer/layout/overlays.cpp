#include "visualizer/layout/overlays.h"

#include <algorithm>
#include <cmath>

#include "visualizer/layout/command.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {
namespace {

constexpr float overlay_padding = 16;
constexpr float title_height = 40;
constexpr float key_row = 20;
constexpr float key_column = 150;
constexpr float overlay_row = 28;

Rect centered(Size window, float width, float height) {
    return {std::floor((window.w - width) / 2), std::floor((window.h - height) / 2), width, height};
}

/// The panels step back behind a veil, and a click anywhere is the overlay's.
Scene veiled(Size window) {
    Scene scene;
    scene.fill({0, 0, window.w, window.h}, Ink::window, {.alpha = 0.6F});
    return scene;
}

}  // namespace

const std::vector<KeyLine>& all_keys() {
    static const std::vector<KeyLine> keys{{"Space", "play, pause"},
                                           {"→  ←", "one step on, back"},
                                           {"Shift →  ←", "next, previous switch of coroutines"},
                                           {"Alt →  ←", "next, previous step of the selected coroutine"},
                                           {"F10  Shift F10", "the same"},
                                           {"Home  End", "before the first step, after the last"},
                                           {"↑  ↓", "select the lane above, below"},
                                           {"[  ]", "slower, faster"},
                                           {"1 … 9", "answer the question; later: who runs next"},
                                           {"C  G", "choose at every turn; let something go wrong here"},
                                           {"U", "take the last choice back"},
                                           {"E  Esc", "edit the program, leave the editor"},
                                           {"Ctrl Enter", "run from the start"},
                                           {"Ctrl S", "save your script's file"},
                                           {"F5", "on to the next breakpoint"},
                                           {"F9  Shift F9", "breakpoint at the line, on the coroutine"},
                                           {"N", "on to the next checkpoint"},
                                           {"W  S", "zoom the timeline in, out"},
                                           {"A  D", "move the timeline left, right"},
                                           {"F", "bring the playhead into view"},
                                           {"/", "search the events"},
                                           {"J  K", "the lesson's text down, up"},
                                           {"H  O", "hint; the solution, once the exercise is done"},
                                           {"R", "follow a request through all processes; no more"},
                                           {"T  I  B", "next tab of code, inspector, bottom"},
                                           {"Z  X  V  M", "fold lesson, inspector, timeline, output"},
                                           {"L", "the lesson in its next language"},
                                           {"Ctrl K  Ctrl O", "every command and lesson by name; open a file"},
                                           {"Page Up  Page Down", "lesson before, lesson after"},
                                           {"Esc", "close this; follow the running coroutine again"}};
    return keys;
}

void draw_plate(Scene& scene, const Rect& rect, Shade shade) {
    const float alpha = shade == Shade::dark ? 0.17F : 0.06F;
    for (const float spread : {9.0F, 5.0F, 1.0F}) {
        scene.fill({rect.x - spread, rect.y + 4 - spread, rect.w + 2 * spread, rect.h + 2 * spread}, Ink::shadow,
                   {.alpha = alpha, .radius = 4 + spread});
    }
    scene.fill(rect, Ink::raised, {.radius = 4});
    scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, Ink::strong_border, {.radius = 4});
}

Scene lay_out_help(Size window, Shade shade) {
    Scene scene = veiled(window);
    const float height = title_height + key_row * static_cast<float>(all_keys().size()) + overlay_padding;
    const Rect plate = centered(window, 480, height);
    draw_plate(scene, plate, shade);
    scene.text(plate.x + overlay_padding, plate.y + 27, "Keys", {.font = Font::title});
    float y = plate.y + title_height;
    for (const KeyLine& line : all_keys()) {
        scene.text(plate.x + overlay_padding, y + 15, std::string(line.keys), {.font = Font::panel_bold});
        scene.text(plate.x + overlay_padding + key_column, y + 15, std::string(line.does),
                   {.font = Font::panel, .ink = Ink::text2});
        y += key_row;
    }
    return scene;
}

Scene lay_out_lessons(Size window, Shade shade, const std::vector<LessonEntry>& lessons, std::size_t row,
                      const MeasureText& measure) {
    Scene scene = veiled(window);
    // Below the toolbar's box that opens it.
    const float rows = std::floor(
        std::min(window.h - 72 - overlay_row, overlay_row * static_cast<float>(lessons.size())) / overlay_row);
    const Rect plate{135, 38, 360, (rows + 1) * overlay_row + 16};
    draw_plate(scene, plate, shade);
    const auto shown = static_cast<std::size_t>(rows);
    const std::size_t first = row < shown ? 0 : row - shown + 1;
    float y = plate.y + 8;
    for (std::size_t i = first; i < std::min(first + shown, lessons.size()); ++i, y += overlay_row) {
        const Rect place{plate.x + 4, y, plate.w - 8, overlay_row};
        if (i == row) scene.fill(place, Ink::row, {.radius = 3});
        const Font font = i == row ? Font::prose_bold : Font::prose;
        scene.text(place.x + 28, y + 19, std::to_string(lessons[i].number),
                   {.font = Font::prose, .ink = Ink::text3, .align = Align::right});
        const float chapter = measure(lessons[i].chapter, Font::caption);
        scene.text(place.x + 38, y + 19, lessons[i].title, {.font = font, .max_width = place.w - 62 - chapter});
        scene.text(place.right() - 12, y + 18, lessons[i].chapter,
                   {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
        scene.hit(place, Target::choice, static_cast<std::uint32_t>(i));
    }
    y = plate.bottom() - overlay_row - 4;
    if (!lessons.empty()) scene.line({plate.x, y - 1.5F}, {plate.right(), y - 1.5F}, Ink::border);
    scene.text(plate.x + 42, y + 19, "Open a file …", {.font = Font::prose, .ink = Ink::text2});
    scene.text(plate.right() - 16, y + 18, "Ctrl O", {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
    scene.hit({plate.x + 4, y, plate.w - 8, overlay_row}, Target::command, number(Command::open_file));
    return scene;
}

Rect notice_place(Size window, const std::string& notice, const MeasureText& measure) {
    const float width = std::min(measure(notice, Font::panel) + 2 * overlay_padding, window.w - 2 * overlay_padding);
    return {window.w - width - 12, window.h - 36 - 12, width, 36};
}

Scene lay_out_notice(Size size, Shade shade, const std::string& notice) {
    Scene scene;
    draw_plate(scene, {0, 0, size.w, size.h}, shade);
    scene.text(overlay_padding, 22, notice, {.font = Font::panel, .max_width = size.w - 2 * overlay_padding + 1});
    return scene;
}

}  // namespace co::studio
