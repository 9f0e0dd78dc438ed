#include "visualizer/controls.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/window/folder.h"
#include "visualizer/file_workshop.h"
#include "visualizer/layout/timeline_scale.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

/// A session with its controls, laid out anew after each input, with the tests' own measure: no window.
struct Desk {
    explicit Desk(std::uint32_t step, Size window_size = {1280, 800})
        : session(opening(step), {}, std::make_unique<FileWorkshop>(course_folder())), size(window_size) {}

    static Opening opening(std::uint32_t step) {
        Opening opening{.file = lesson_file("12-channels.md"), .lessons = course_folder()};
        opening.step = step;
        return opening;
    }
    Frame frame() const { return compose(session, {size, measure, {}, places}); }
    void take(const Input& input) { controls.take(input, session, frame(), measure); }
    void press(KeyCode key, Modifiers modifiers = {}) { take(KeyPressed{key, modifiers}); }
    void click(Point at) {
        take(PointerMoved{at});
        take(PointerPressed{at});
        take(PointerReleased{at});
    }
    /// The middle of the first hit area of that kind.
    Point middle_of(Panel panel, Target target, std::uint32_t id) const {
        const Frame shown = frame();
        const PlacedScene* placed = shown.find(panel);
        REQUIRE(placed != nullptr);
        for (const Hit& hit : placed->scene.hits) {
            if (hit.target == target && hit.id == id) {
                return {placed->rect.x + hit.rect.x + hit.rect.w / 2, placed->rect.y + hit.rect.y + hit.rect.h / 2};
            }
        }
        FAIL("nothing to click there");
        return {};
    }
    TimelineScale scale() const {
        return TimelineScale(panel_input(session, frame().find(Panel::timeline)->rect.size(), measure));
    }
    Point on_timeline(std::uint32_t step, float y) const {
        return {scale().x_of(step), frame().find(Panel::timeline)->rect.y + y};
    }
    const View& view() const { return session.view(); }

    MeasureText measure = measure_monospace;
    Session session;
    Controls controls;
    Size size;
    std::optional<Screen> places;  // none: as the window's size wants it
};

}  // namespace

TEST_CASE("controls: the keys of the studio") {
    Desk desk(20);
    desk.press(KeyCode::right);
    CHECK(desk.view().cursor == 21);
    desk.press(KeyCode::left);
    CHECK(desk.view().cursor == 20);
    desk.press(KeyCode::right, {.shift = true});
    CHECK(desk.view().cursor == desk.session.model().next_switch(20));
    desk.press(KeyCode::home);
    CHECK(desk.view().cursor == 0);
    desk.press(KeyCode::end);
    CHECK(desk.view().cursor == desk.session.model().steps());
    desk.press(KeyCode::left, {.shift = true});
    CHECK(desk.view().cursor == desk.session.model().previous_switch(desk.session.model().steps()));
    desk.session.seek(20);
    desk.press(KeyCode::right, {.alt = true});
    CHECK(desk.view().cursor == desk.session.model().next_of(2, 20));
    desk.press(KeyCode::space);
    CHECK(desk.view().playing);
    desk.press(KeyCode::f5);
    CHECK_FALSE(desk.view().playing);
    desk.take(Typed{U']'});
    CHECK(desk.view().speed == 2);
    desk.take(Typed{U'['});
    CHECK(desk.view().speed == 1);
    desk.press(KeyCode::page_down);
    CHECK(desk.session.lesson().number != 12);
    desk.take(Typed{U'?'});
    CHECK(desk.session.overlay() == Overlay::help);
    desk.press(KeyCode::escape);
    CHECK(desk.session.overlay() == Overlay::none);
    desk.press(KeyCode::enter, {.control = true});
    CHECK(desk.view().cursor == 0);
    CHECK(desk.view().playing);
}

TEST_CASE("controls: the toolbar's buttons") {
    Desk desk(20);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::step)));
    CHECK(desk.view().cursor == 21);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::play)));
    CHECK(desk.view().playing);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::theme)));
    CHECK(desk.session.theme() == Theme::light);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::choose_lesson)));
    REQUIRE(desk.session.overlay() == Overlay::lessons);
    desk.press(KeyCode::down);
    desk.press(KeyCode::enter);
    CHECK(desk.session.lesson().number > 12);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::choose_lesson)));
    desk.click(desk.middle_of(Panel::overlay, Target::choice, 0));
    CHECK(desk.session.lesson().number == desk.session.course().front().order);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::help)));
    desk.click({3, 790});  // beside the overlay
    CHECK(desk.session.overlay() == Overlay::none);
}

TEST_CASE("controls: pressing the ruler and dragging scrubs, back and forth") {
    Desk desk(20);
    desk.take(PointerPressed{desk.on_timeline(10, 12)});
    CHECK(desk.view().cursor == 10);
    desk.take(PointerMoved{desk.on_timeline(14, 60)});
    CHECK(desk.view().cursor == 14);
    desk.take(PointerMoved{desk.on_timeline(6, 200)});  // a drag holds below the timeline, too
    CHECK(desk.view().cursor == 6);
    desk.take(PointerReleased{desk.on_timeline(6, 200)});
    desk.take(PointerMoved{desk.on_timeline(25, 12)});
    CHECK(desk.view().cursor == 6);
}

TEST_CASE("controls: the minimap jumps") {
    Desk desk(2);
    const Rect timeline = desk.frame().find(Panel::timeline)->rect;
    const TimelineScale scale = desk.scale();
    const float y = timeline.y + scale.metrics().minimap_top + 10;
    desk.click({scale.minimap_x(30), y});
    CHECK(desk.view().cursor == 30);
}

TEST_CASE("controls: the wheel zooms around the mouse, shift pans, F brings the playhead back") {
    Desk desk(20);
    const Point at = desk.on_timeline(15, 60);
    desk.take(Wheel{at, 0, 2});
    CHECK(desk.view().pixels_per_step > 36);
    CHECK(desk.scale().x_of(15) == doctest::Approx(at.x).epsilon(0.01));
    desk.take(Wheel{at, 0, -20, {.shift = true}});
    CHECK(desk.scale().x_of(20) < TimelineScale::left);
    desk.take(Typed{U'f'});
    CHECK(desk.scale().x_of(20) > TimelineScale::left);
    desk.take(Typed{U'w'});
    desk.take(Typed{U's'});
    desk.take(Typed{U'd'});
    CHECK_FALSE(desk.view().timeline_follows);
}

TEST_CASE("controls: hovering a coroutine lights it up, its card comes after 150 ms, clicking selects it") {
    Desk desk(20);
    const Point chip = desk.middle_of(Panel::code, Target::coroutine, 3);
    desk.controls.advance(1000ms);
    desk.take(PointerMoved{chip});
    CHECK(desk.view().hovered == 3);
    CHECK(desk.controls.pointer() == Pointer::hand);
    CHECK_FALSE(desk.controls.card(1149ms, true));
    REQUIRE(desk.controls.card(1190ms, true));
    CHECK(desk.controls.card(1190ms, true)->coroutine == 3);
    CHECK(desk.controls.card(1190ms, true)->strength == doctest::Approx(0.5));
    CHECK(desk.controls.card(1190ms, false)->strength == 1);
    desk.take(PointerPressed{chip});
    CHECK(desk.view().selected == 3);
    CHECK_FALSE(desk.controls.card(2000ms, true));
    desk.take(PointerLeft{});
    CHECK(desk.view().hovered == co::trace::nobody);
}

TEST_CASE("controls: a lane under the mouse counts as its coroutine") {
    Desk desk(20);
    desk.take(PointerMoved{desk.on_timeline(8, desk.scale().lane_top(1) + 10)});
    CHECK(desk.view().hovered == desk.session.model().lanes()[1].coroutine);
    CHECK(desk.controls.pointer() == Pointer::sideways);
}

TEST_CASE("controls: a channel that is clicked stays lit, at its coroutines, steps and events, until Esc") {
    Desk desk(17);
    const auto lit = [&](Panel panel, Ink ink, float height) {
        const Frame shown = desk.frame();
        const auto& items = shown.find(panel)->scene.items;
        return std::count_if(items.begin(), items.end(), [&](const Item& item) {
            const auto* fill = std::get_if<FillRect>(&item);
            return fill && fill->ink == ink && fill->rect.h == height;
        });
    };
    desk.session.view().bottom_tab = BottomTab::events;
    const Point channel = desk.middle_of(Panel::inspector, Target::channel, 1);
    CHECK(lit(Panel::timeline, Ink::text1, 2) == 0);
    desk.take(PointerPressed{channel});
    desk.take(PointerReleased{channel});
    desk.take(PointerLeft{});
    CHECK(desk.view().selected_channel == 1);
    CHECK(lit(Panel::timeline, Ink::text1, 2) == 5);  // chan, and each push and pop
    CHECK(lit(Panel::bottom, Ink::text2, 18) > 0);
    desk.press(KeyCode::escape);
    CHECK_FALSE(desk.view().selected_channel);
    CHECK(lit(Panel::bottom, Ink::text2, 18) == 0);
}

TEST_CASE("controls: the lines between panels are dragged, and Reset layout takes them back") {
    Desk desk(20);
    const Screen before = *desk.frame().screen;
    const Point line{before.inspector.x - 1, 200};
    desk.take(PointerMoved{line});
    CHECK(desk.controls.pointer() == Pointer::sideways);
    desk.take(PointerPressed{line});
    desk.take(PointerMoved{{line.x + 60, 240}});
    desk.take(PointerReleased{});
    CHECK(desk.frame().screen->inspector.w == before.inspector.w - 60);
    CHECK(desk.session.preferences(desk.size).division.code == before.code.w + 60);
    desk.take(PointerMoved{{600, desk.frame().screen->bottom.y}});
    CHECK(desk.controls.pointer() == Pointer::up_and_down);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::reset_layout)));
    CHECK(desk.frame().screen->inspector == before.inspector);
}

TEST_CASE("controls: panels fold by their mark and by a key, and what is left of them unfolds them") {
    Desk desk(20);
    desk.session.reduce_motion();
    const Screen open = *desk.frame().screen;
    const auto settle = [&] { desk.session.advance(100ms); };
    desk.click(desk.middle_of(Panel::lesson, Target::command, number(Command::fold_lesson)));
    settle();
    CHECK(desk.frame().screen->lesson.w == 40);
    desk.click(desk.middle_of(Panel::lesson, Target::checkpoint, 20));  // its stops are on the strip
    CHECK(desk.view().cursor == 20);
    for (const char32_t key : {U'z', U'x', U'v', U'm'}) desk.take(Typed{key});
    settle();
    const Screen folded = *desk.frame().screen;
    CHECK(folded.lesson == Rect{0, 40, open.lesson.w, folded.lesson.h});
    CHECK(folded.inspector.w == 40);
    CHECK(folded.timeline.h == 41);
    CHECK(folded.bottom.h == 28);
    // Who is where is still told, the ruler still scrubs, and a tab brings the output back.
    desk.click(desk.middle_of(Panel::inspector, Target::coroutine, 3));
    CHECK(desk.view().selected == 3);
    desk.click(desk.on_timeline(15, 10));
    CHECK(desk.view().cursor == 15);
    desk.click(desk.middle_of(Panel::bottom, Target::tab, static_cast<std::uint32_t>(BottomTab::events)));
    settle();
    CHECK(desk.frame().screen->bottom.h >= 100);
    desk.click(desk.middle_of(Panel::toolbar, Target::command, number(Command::reset_layout)));
    settle();
    CHECK(desk.frame().screen->inspector == open.inspector);
    CHECK(desk.frame().screen->timeline == open.timeline);
}

TEST_CASE("controls: tabs open, a source line takes the playhead there") {
    Desk desk(20);
    desk.click(desk.middle_of(Panel::code, Target::tab, static_cast<std::uint32_t>(CodeTab::twin)));
    CHECK(desk.view().code_tab == CodeTab::twin);
    desk.click(desk.middle_of(Panel::code, Target::tab, static_cast<std::uint32_t>(CodeTab::program)));
    desk.click(desk.middle_of(Panel::code, Target::source_line, 14));
    CHECK(desk.session.model().event(desk.view().cursor).line == 14);
    CHECK(desk.view().cursor > 20);
}

TEST_CASE("controls: panels stand where they are put, and what needs one that is not there does nothing") {
    Desk desk(20);
    desk.places.emplace();
    desk.places->inspector = {100, 50, 500, 400};
    CHECK(desk.frame().scenes.size() == 1);
    CHECK(desk.frame().at({120, 60}).panel == Panel::inspector);
    desk.press(KeyCode::right);
    CHECK(desk.view().cursor == 21);
    const float before = desk.view().pixels_per_step;
    desk.take(Typed{U'w'});
    CHECK(desk.view().pixels_per_step == before);
}
