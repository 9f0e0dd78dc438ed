// What the painter puts on the screen, pixel by pixel, in a small offscreen window.
#include "visualizer/windows/painter.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "visualizer/platform/platform.h"

using namespace co::studio;

namespace {

constexpr Color ground{0, 0, 0, 255};

/// Paints one scene at `origin` and gives the pixels.
Screenshot painted(const Scene& scene, Point origin = {0, 0}, float scale = 1) {
    Window window({.size = {1024 / scale, 640 / scale}, .offscreen = true, .scale = scale});
    const Fonts fonts(read_fonts(find_font_files(default_font_folders())), scale);
    window.use(fonts);
    Painter painter(window.begin_frame(ground), fonts, Theme::dark);
    painter.paint(scene, origin);
    window.end_frame();
    return window.pixels();
}

/// The smallest box around everything within `part` that is not ground.
Rect painted_box(const Screenshot& picture, const Rect& part) {
    int left = picture.width, top = picture.height, right = 0, bottom = 0;
    for (int y = static_cast<int>(part.y); y < static_cast<int>(part.bottom()); ++y) {
        for (int x = static_cast<int>(part.x); x < static_cast<int>(part.right()); ++x) {
            if (picture.at(x, y) == ground) continue;
            left = std::min(left, x), right = std::max(right, x + 1);
            top = std::min(top, y), bottom = std::max(bottom, y + 1);
        }
    }
    if (right == 0) return {};
    return {static_cast<float>(left), static_cast<float>(top), static_cast<float>(right - left),
            static_cast<float>(bottom - top)};
}

Rect painted_box(const Screenshot& picture) {
    return painted_box(picture, {0, 0, static_cast<float>(picture.width), static_cast<float>(picture.height)});
}

}  // namespace

TEST_CASE("painter: boxes and 1 px lines lie on whole pixels, at any density") {
    const Color white = color(Ink::now, Theme::dark);
    Scene scene;
    scene.fill({10, 10, 20, 8}, Ink::now);
    scene.line({40.5F, 10}, {40.5F, 20}, Ink::now);
    scene.line({50, 12.5F}, {60, 12.5F}, Ink::now);
    scene.stroke({70.5F, 10.5F, 9, 9}, Ink::now);
    for (const float scale : {1.0F, 1.5F, 2.0F}) {
        CAPTURE(scale);
        const Screenshot picture = painted(scene, {0, 0}, scale);
        int between = 0;  // pixels that are neither ground nor ink: blurred ones
        for (const Color& pixel : picture.pixels) between += !(pixel == ground) && !(pixel == white);
        CHECK(between == 0);
        CHECK(painted_box(picture).x == 10 * scale);
    }
}

TEST_CASE("painter: a pattern stands still while its bar moves over it") {
    Scene one, two;
    one.fill({100, 20.5F, 60, 19}, Ink::waiting_timer, {.radius = 2, .pattern = Pattern::timer_dots});
    two.fill({113, 20.5F, 60, 19}, Ink::waiting_timer, {.radius = 2, .pattern = Pattern::timer_dots});
    const Screenshot first = painted(one, {7, 3}), second = painted(two, {7, 3});
    int dots = 0;
    for (int y = 25; y < 40; ++y) {
        for (int x = 7 + 116; x < 7 + 155; ++x) {
            CHECK(first.at(x, y) == second.at(x, y));
            dots += first.at(x, y) == color(Ink::waiting_timer, Theme::dark);
        }
    }
    CHECK(dots > 10);
}

TEST_CASE("painter: text stands on its baseline, is aligned, and ends in … where it must") {
    Scene scene;
    scene.text(200, 100, "HHH", {.font = Font::code, .align = Align::right});
    const Rect box = painted_box(painted(scene));
    CHECK(box.bottom() == 100);
    CHECK(box.right() <= 200);
    CHECK(box.right() > 196);
    CHECK(box.w < 24);

    Scene cut;
    cut.text(10, 100, "a text that is far too long for its place", {.font = Font::panel, .max_width = 80});
    const Rect short_box = painted_box(painted(cut));
    CHECK(short_box.right() <= 90);
    CHECK(short_box.right() > 70);
}

TEST_CASE("painter: nothing leaves its clip, every icon fills its square and stays in it") {
    Scene scene;
    scene.clip({20, 20, 10, 10});
    scene.fill({0, 0, 100, 100}, Ink::now);
    scene.unclip();
    CHECK(painted_box(painted(scene)) == Rect{20, 20, 10, 10});

    Scene icons;
    auto cell = [](int icon) { return Rect{static_cast<float>(icon) * 30, 100, 30, 30}; };
    for (int i = 1; i <= static_cast<int>(Icon::logo); ++i) {
        icons.icon(cell(i).x + 7, cell(i).y + 7, 16, static_cast<Icon>(i), Ink::now);
    }
    const Screenshot picture = painted(icons);
    for (int i = 1; i <= static_cast<int>(Icon::logo); ++i) {
        CAPTURE(i);
        const Rect box = painted_box(picture, cell(i));
        CHECK(box.w >= 4);
        CHECK(box.h >= 4);
        CHECK(box.x >= cell(i).x + 6);
        CHECK(box.y >= cell(i).y + 6);
        CHECK(box.right() <= cell(i).x + 24);
        CHECK(box.bottom() <= cell(i).y + 24);
    }
}

TEST_CASE("painter: a pie shrinks clockwise and ends at noon") {
    const Color wedge = color(Ink::waiting_timer, Theme::dark);
    for (const float share : {0.25F, 0.75F}) {
        Scene scene;
        scene.pie({100, 100}, 20, share, Ink::waiting_timer);
        const Screenshot picture = painted(scene);
        CHECK(picture.at(94, 90) == wedge);  // just before noon: always the last to go
        CHECK(picture.at(106, 90) == ground);
        CHECK((picture.at(90, 106) == wedge) == (share > 0.5F));
        CHECK((picture.at(106, 110) == wedge) == (share > 0.5F));
    }
}

TEST_CASE("painter: dashes leave gaps") {
    Scene scene;
    scene.line({10, 20.5F}, {31, 20.5F}, Ink::now, {.dash = 4, .gap = 3});
    const Screenshot picture = painted(scene);
    CHECK(picture.at(11, 20) == color(Ink::now, Theme::dark));
    CHECK(picture.at(15, 20) == ground);
    CHECK(picture.at(18, 20) == color(Ink::now, Theme::dark));
}
