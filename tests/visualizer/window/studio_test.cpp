// The studio as a person meets it: a window (offscreen), real fonts, real pixels; time passes by hand.
#include "visualizer/studio.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/visualizer/window/folder.h"
#include "visualizer/app.h"
#include "visualizer/layout/timeline_scale.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

constexpr Size sizes[] = {{1280, 800}, {1024, 640}};

struct StudioSitting {
    StudioSitting(const std::filesystem::path& file, std::uint32_t step, Size size, Theme theme = Theme::dark)
        : studio(opening(file, step, theme), {},
                 parts_of_this_machine(opening(file, step, theme), {.size = size, .offscreen = true})) {
        studio.frame(now, {});
    }
    static Opening opening(const std::filesystem::path& file, std::uint32_t step, Theme theme) {
        Opening opening{.file = file, .lessons = course_folder()};
        opening.step = step;
        opening.theme = theme;
        return opening;
    }
    void frame(std::vector<Input> input = {}, Time later = 16ms) { studio.frame(now += later, input); }
    /// Press and release within one frame: neither may be lost.
    void click(Panel panel, Target target, std::uint32_t id) {
        const PlacedScene* placed = studio.shown().find(panel);
        REQUIRE(placed != nullptr);
        const auto& hits = placed->scene.hits;
        const auto hit =
            std::find_if(hits.begin(), hits.end(), [&](const Hit& h) { return h.target == target && h.id == id; });
        REQUIRE(hit != hits.end());
        const Point at{placed->rect.x + hit->rect.x + hit->rect.w / 2, placed->rect.y + hit->rect.y + hit->rect.h / 2};
        frame({PointerMoved{at}, PointerPressed{at}, PointerReleased{at}});
    }
    void click(Command command) { click(Panel::toolbar, Target::command, number(command)); }
    float playhead_x() {
        const Rect rect = studio.shown().find(Panel::timeline)->rect;
        const MeasureText measure = measure_monospace;
        return TimelineScale(panel_input(session(), rect.size(), measure)).x_of(session().view().cursor);
    }
    const Session& session() const { return std::as_const(studio).session(); }
    /// For a person's eyes: COSTUDIO_PICTURES names a folder.
    void picture(const std::string& name) {
        if (const char* where = std::getenv("COSTUDIO_PICTURES"))
            studio.picture().write_png(std::filesystem::path(where) /
                                       (name + (session().theme() == Theme::dark ? "-dark.png" : "-light.png")));
    }

    Time now{0};
    Studio studio;
};

/// The colours in a part of the picture; a panel that shows something has several.
std::size_t colours_in(const Screenshot& picture, const Rect& rect) {
    std::vector<std::uint32_t> seen;
    for (auto y = static_cast<int>(rect.y); y < static_cast<int>(rect.bottom()); ++y) {
        for (auto x = static_cast<int>(rect.x); x < static_cast<int>(rect.right()); ++x) {
            const Color color = picture.at(x, y);
            seen.push_back(static_cast<std::uint32_t>(color.red << 16 | color.green << 8 | color.blue));
        }
    }
    std::sort(seen.begin(), seen.end());
    return static_cast<std::size_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
}

}  // namespace

TEST_CASE("studio: every panel shows something, at both sizes, in both themes") {
    for (const Size size : sizes) {
        for (const Theme theme : {Theme::dark, Theme::light}) {
            StudioSitting sitting(lesson_file("12-channels.md"), 20, size, theme);
            const Screenshot picture = sitting.studio.picture();
            REQUIRE(picture.width == static_cast<int>(size.w));
            REQUIRE(picture.height == static_cast<int>(size.h));
            for (const Panel panel :
                 {Panel::toolbar, Panel::lesson, Panel::code, Panel::inspector, Panel::timeline, Panel::bottom}) {
                const PlacedScene* placed = sitting.studio.shown().find(panel);
                REQUIRE(placed != nullptr);
                CHECK_MESSAGE(colours_in(picture, placed->rect) > 30, static_cast<int>(panel));
            }
        }
    }
}

TEST_CASE("studio: what is left of folded panels shows something, in both themes") {
    for (const Theme theme : {Theme::dark, Theme::light}) {
        StudioSitting sitting(lesson_file("12-channels.md"), 20, sizes[0], theme);
        sitting.studio.reduce_motion();
        sitting.frame({Typed{U'z'}, Typed{U'v'}});
        sitting.frame();
        sitting.picture("folded-lesson-and-timeline");
        sitting.frame({Typed{U'x'}, Typed{U'm'}});
        sitting.frame();
        sitting.picture("folded-all");
        const Screenshot picture = sitting.studio.picture();
        for (const Panel panel : {Panel::lesson, Panel::inspector, Panel::timeline, Panel::bottom}) {
            const PlacedScene* placed = sitting.studio.shown().find(panel);
            REQUIRE(placed != nullptr);
            CHECK_MESSAGE(colours_in(picture, placed->rect) > 12, static_cast<int>(panel));
        }
        CHECK(sitting.studio.shown().find(Panel::code)->rect.w == 1280 - 2 * 40 - 2);
    }
}

TEST_CASE("studio: the playhead is a column in the colour of now, at its step") {
    for (const Size size : sizes) {
        for (const Theme theme : {Theme::dark, Theme::light}) {
            StudioSitting sitting(lesson_file("12-channels.md"), 12, size, theme);
            const Screenshot picture = sitting.studio.picture();
            const Rect timeline = sitting.studio.shown().find(Panel::timeline)->rect;
            const auto x = static_cast<int>(sitting.playhead_x());
            for (const float y : {26.0F, 50.0F, 100.0F, 140.0F}) {
                CHECK(picture.at(x, static_cast<int>(timeline.y + y)) == color(Ink::now, theme));
            }
        }
    }
}

TEST_CASE("studio: what the card says of this moment is not cut, whatever the lesson") {
    for (const char* lesson : {"15-blocking-sleep.md", "30-timer-correction.md"}) {
        StudioSitting sitting(lesson_file(lesson), 0, sizes[0]);
        const std::uint32_t steps = sitting.session().model().steps();
        for (std::uint32_t step = 1; step <= steps; ++step) {
            sitting.frame({KeyPressed{KeyCode::right}});
            const PlacedScene* inspector = sitting.studio.shown().find(Panel::inspector);
            for (const Item& item : inspector->scene.items) {
                const auto* text = std::get_if<Text>(&item);
                if (text == nullptr || text->style.font != Font::panel_bold || text->baseline.y > 140) continue;
                CHECK_MESSAGE(!text->text.ends_with("…"), lesson << ", step " << step << ": " << text->text);
            }
        }
    }
}

TEST_CASE("studio: the same moment is the same picture, pixel for pixel") {
    StudioSitting one(lesson_file("12-channels.md"), 20, sizes[0]);
    StudioSitting two(lesson_file("12-channels.md"), 3, sizes[0]);
    CHECK(one.studio.picture().pixels != two.studio.picture().pixels);
    for (int i = 0; i < 17; ++i) two.frame({KeyPressed{KeyCode::right}});
    CHECK(one.studio.picture().pixels == two.studio.picture().pixels);
}

TEST_CASE("studio: steps, plays, scrubs and goes back by mouse and keys") {
    StudioSitting sitting(lesson_file("12-channels.md"), 4, sizes[0]);
    sitting.click(Command::step);
    CHECK(sitting.session().view().cursor == 5);
    sitting.click(Command::play);
    for (int i = 0; i < 10; ++i) sitting.frame({}, 100ms);
    CHECK(sitting.session().view().cursor == 7);
    sitting.frame({KeyPressed{KeyCode::space}});
    CHECK_FALSE(sitting.session().view().playing);
    sitting.frame({KeyPressed{KeyCode::left}, KeyPressed{KeyCode::left}});
    CHECK(sitting.session().view().cursor == 5);

    const float y = sitting.studio.shown().find(Panel::timeline)->rect.y + 30;
    sitting.frame(
        {PointerPressed{{168 + 9 * 36, y}}, PointerMoved{{168 + 14 * 36, y}}, PointerReleased{{168 + 14 * 36, y}}});
    CHECK(sitting.session().view().cursor == 15);
    sitting.click(Panel::code, Target::coroutine, 3);
    CHECK(sitting.session().view().selected == 3);
    sitting.click(Command::theme);
    CHECK(sitting.session().theme() == Theme::light);
    CHECK(sitting.studio.picture().at(2, 60) == color(Ink::panel, Theme::light));
    CHECK_FALSE(sitting.studio.frame(1h, {Closed{}}));
}

TEST_CASE("studio: shows a syntax error, stays usable, runs the mended file") {
    TestFolder folder;
    const auto file = folder.write("demo.lua", "print('one')\nprint(\n");
    StudioSitting sitting(file, 0, sizes[0]);
    CHECK(sitting.session().model().steps() == 0);
    CHECK(sitting.session().model().problems().size() == 1);
    const Rect bottom = sitting.studio.shown().find(Panel::bottom)->rect;
    CHECK(colours_in(sitting.studio.picture(), bottom) > 30);
    sitting.click(Command::run);
    sitting.click(Command::theme);
    sitting.frame({KeyPressed{KeyCode::space}, KeyPressed{KeyCode::end}, KeyPressed{KeyCode::up},
                   KeyPressed{KeyCode::right, {.alt = true}}});

    folder.write("demo.lua", "print('one')\nprint('two')\n");
    sitting.frame({}, 100ms);
    CHECK(sitting.session().model().output().size() == 2);
    CHECK(sitting.session().model().problems().empty());
    sitting.frame({KeyPressed{KeyCode::right}});
    CHECK(colours_in(sitting.studio.picture(), sitting.studio.shown().find(Panel::timeline)->rect) > 30);
}

TEST_CASE("studio: at twice the density each panel is twice as large in pixels, and as large on the screen") {
    Opening opening = StudioSitting::opening(lesson_file("12-channels.md"), 20, Theme::dark);
    Studio studio(opening, {}, parts_of_this_machine(opening, {.size = {1280, 800}, .offscreen = true, .scale = 2}));
    studio.frame(0ms, {});
    const Screenshot picture = studio.picture();
    CHECK(picture.width == 2560);
    CHECK(studio.window().size() == Size{1280, 800});
    CHECK(studio.shown().find(Panel::code)->rect.x == 300);
}

TEST_CASE("studio: an idle studio paints nothing and sleeps until its file is due to be looked at") {
    StudioSitting sitting(lesson_file("12-channels.md"), 20, sizes[0]);
    sitting.frame({}, 1000ms);
    CHECK(sitting.studio.next_wake() == sitting.now + 100ms);
}
