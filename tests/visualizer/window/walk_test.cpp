// A person without a mouse goes through one whole lesson: reads it, answers its question, plays, stops at its
// checkpoints, looks into every tab, does the exercise in the editor, compares, and goes on to the next lesson.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/visualizer/window/folder.h"
#include "visualizer/controls.h"
#include "visualizer/file_workshop.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

/// Only keys go in; what is on the screen comes out.
class Walk {
  public:
    explicit Walk(const std::string& lesson)
        : session_({.file = lesson_file(lesson), .lessons = course_folder()}, {},
                   std::make_unique<FileWorkshop>(course_folder())) {}

    void press(KeyCode key, Modifiers modifiers = {}) { take(KeyPressed{key, modifiers}); }
    void type(std::u32string_view text) {
        for (const char32_t character : text) take(Typed{character});
    }
    void wait(Time time) {
        for (const Time end = now_ + time; now_ < end; now_ += 20ms) session_.advance(now_);
    }

    const Session& session() const { return session_; }
    const View& view() const { return session().view(); }
    bool shows(Panel panel, const std::string& words) const {
        const Frame shown = frame();
        const PlacedScene* placed = shown.find(panel);
        return placed != nullptr &&
               std::any_of(placed->scene.items.begin(), placed->scene.items.end(), [&](const Item& item) {
                   const auto* text = std::get_if<Text>(&item);
                   return text != nullptr && text->text.find(words) != std::string::npos;
               });
    }
    /// How far the lesson's text is scrolled, px.
    float scrolled() const { return frame().find(Panel::lesson)->scene.scroll; }

  private:
    Frame frame() const { return compose(session_, {{1280, 800}, measure_}); }
    void take(const Input& input) { controls_.take(input, session_, frame(), measure_); }

    Session session_;
    Controls controls_;
    MeasureText measure_ = measure_monospace;
    Time now_{0};
};

}  // namespace

TEST_CASE("walk: one whole lesson by the keyboard alone") {
    Walk walk("12-channels.md");

    // The question, first wrong, then right: each answer says why.
    walk.press(KeyCode::home);
    walk.type(U"1");
    CHECK(walk.view().choice == 0);
    CHECK(walk.shows(Panel::lesson, "wrong"));
    walk.type(U"2");
    CHECK(walk.shows(Panel::lesson, "right"));

    // The text scrolls both ways.
    const float top = walk.scrolled();
    walk.type(U"jjj");
    CHECK(walk.scrolled() > top);
    walk.type(U"kkkkkkkkkkkkk");
    CHECK(walk.scrolled() == 0);

    // It plays to the checkpoint and says its sentence.
    walk.press(KeyCode::enter, {.control = true});
    walk.wait(30s);
    CHECK_FALSE(walk.view().playing);
    CHECK(walk.view().cursor == 20);
    CHECK(walk.shows(Panel::lesson, "A value takes a seat"));
    walk.press(KeyCode::left);
    walk.press(KeyCode::right, {.shift = true});
    walk.press(KeyCode::home);
    walk.type(U"n");
    CHECK(walk.view().cursor == 20);

    // Somebody is selected, all tabs are seen, the breakpoint holds.
    walk.press(KeyCode::down);
    CHECK(walk.view().selected == 3);
    walk.press(KeyCode::right, {.alt = true});
    CHECK(walk.view().cursor > 20);
    walk.press(KeyCode::f9);
    REQUIRE(walk.view().breakpoints.size() == 1);
    walk.press(KeyCode::home);
    walk.press(KeyCode::f5);
    CHECK(walk.session().model().event(walk.view().cursor).line == walk.view().breakpoints[0].id);
    walk.type(U"i");
    CHECK(walk.shows(Panel::inspector, "Timer heap"));
    walk.type(U"ii");
    CHECK(walk.shows(Panel::inspector, "Calls in each other"));
    walk.type(U"i");
    CHECK(walk.shows(Panel::inspector, "Who waits"));
    walk.type(U"bb");
    CHECK(walk.view().bottom_tab == BottomTab::events);
    walk.type(U"t");
    CHECK(walk.view().code_tab == CodeTab::twin);
    walk.type(U"t");

    // The exercise: a hint, then the milk is pushed a little later.
    walk.type(U"h");
    CHECK(walk.view().hints[0] == 1);
    walk.type(U"o");
    CHECK(walk.view().code_tab == CodeTab::program);  // not yet
    walk.type(U"e");
    CHECK(walk.session().is_editing());
    for (int line = 0; line < 3; ++line) walk.press(KeyCode::down);
    walk.press(KeyCode::end);
    walk.type(U" if name == 'milk' then co.sleep(0.01) end");
    walk.press(KeyCode::enter, {.control = true});
    CHECK_FALSE(walk.session().is_editing());
    REQUIRE(walk.session().lesson().tasks[0].met);
    walk.press(KeyCode::space);
    walk.type(U"o");
    CHECK(walk.view().code_tab == CodeTab::solution);

    // In French, and on to the next lesson.
    walk.type(U"l");
    CHECK(walk.session().lesson().language == "fr");
    walk.press(KeyCode::page_down);
    CHECK(walk.session().lesson().number == 13);
    CHECK(walk.session().lesson().language == "fr");
}
