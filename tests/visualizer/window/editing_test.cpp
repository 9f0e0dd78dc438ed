// Editing the program, exercises, challenges and breakpoints, by the keys and the mouse that a person uses.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/visualizer/window/folder.h"
#include "visualizer/app.h"
#include "visualizer/file_workshop.h"
#include "visualizer/studio.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

constexpr const char* edited_lesson =
    "---\nid: small\ntitle: A small lesson\nchapter: Tests\norder: 90\n---\nSome prose.\n\n"
    "```lua run\nlocal c = chan(1)\nfor i = 1, 2 do\n  go(function() co.sleep(0) print(i) end)\nend\n```\n\n"
    "```try goal=\"print '3'\" hint=\"Count further.\"\nPrint three\nLet the program print 3.\nhint: Write 3.\n```\n\n"
    "```lua solution\nprint(3)\n```\n\n"
    "```break invariant=\"print 1 before print 2\"\nTurn them round\nschedule: 8:2\n```\n";

struct Sitting {
    explicit Sitting(const std::string& name = "small.md", const char* text = edited_lesson)
        : file(folder.write(name, text)), studio({.file = file}, {}, parts()) {
        frame({});
    }
    StudioParts parts() {
        StudioParts parts = parts_of_this_machine({.file = file}, {.size = {1280, 1000}, .offscreen = true});
        parts.workshop = std::make_unique<FileWorkshop>(std::filesystem::path(), folder.path("drafts"));
        return parts;
    }
    void frame(const std::vector<Input>& input) { studio.frame(now += 16ms, input); }
    void press(KeyCode key, Modifiers modifiers = {}) { frame({KeyPressed{key, modifiers}}); }
    void type(const std::string& text) {
        for (const char letter : text) {
            if (letter == ' ') {
                press(KeyCode::space);
            } else if (letter == '\n') {
                press(KeyCode::enter);
            } else {
                frame({Typed{static_cast<char32_t>(letter)}});
            }
        }
    }
    const PlacedScene& panel(Panel which) { return *studio.shown().find(which); }
    Rect place_of(Panel which, Target target, std::uint32_t id) {
        const auto& hits = panel(which).scene.hits;
        const auto hit =
            std::find_if(hits.rbegin(), hits.rend(), [&](const Hit& h) { return h.target == target && h.id == id; });
        if (hit == hits.rend()) return {};
        Rect rect = hit->rect;
        rect.x += panel(which).rect.x;
        rect.y += panel(which).rect.y;
        return rect;
    }
    void click(Panel which, Target target, std::uint32_t id, Button button = Button::left) {
        const Rect rect = place_of(which, target, id);
        REQUIRE(rect.w > 0);
        const Point at{rect.x + rect.w / 2, rect.y + std::min(rect.h, 18.0F) / 2};
        frame({PointerMoved{at}, PointerPressed{at, button}, PointerReleased{at, button}});
    }
    bool shows(Panel which, const std::string& text) {
        for (const Item& item : panel(which).scene.items) {
            if (const auto* words = std::get_if<Text>(&item); words && words->text.find(text) != std::string::npos)
                return true;
        }
        return false;
    }
    std::string output() const {
        std::string text;
        for (const OutputLine& line : session().model().output()) text += line.text;
        return text;
    }
    const Session& session() const { return std::as_const(studio).session(); }
    /// For a person's eyes: COSTUDIO_PICTURES names a folder.
    void picture(const std::string& name) {
        if (const char* where = std::getenv("COSTUDIO_PICTURES"))
            studio.picture().write_png(std::filesystem::path(where) / (name + ".png"));
    }

    TestFolder folder;
    std::filesystem::path file;
    Time now{0};
    Studio studio;
};

constexpr Modifiers control{.control = true};

}  // namespace

TEST_CASE("editing: E, type, Ctrl+Enter runs the person's own version, Reset brings the lesson's back") {
    Sitting sitting;
    sitting.frame({Typed{U'e'}});
    CHECK(sitting.session().is_editing());
    sitting.press(KeyCode::end, control);
    sitting.type("print(3) ");
    sitting.picture("editing");
    sitting.press(KeyCode::enter, control);
    CHECK_FALSE(sitting.session().is_editing());
    CHECK(sitting.output() == "312");
    CHECK(sitting.session().view().playing);
    sitting.click(Panel::code, Target::command, number(Command::reset_program));
    CHECK(sitting.output() == "12");
    sitting.frame({Typed{U'e'}});
    sitting.press(KeyCode::z, control);
    sitting.press(KeyCode::enter, control);
    CHECK(sitting.output() == "312");
}

TEST_CASE("editing: what is typed in the editor is no command, and Esc leaves it") {
    Sitting sitting;
    sitting.frame({Typed{U'e'}});
    const std::uint32_t cursor = sitting.session().view().cursor;
    sitting.type("?c1u ");
    sitting.press(KeyCode::right);
    CHECK(sitting.session().overlay() == Overlay::none);
    CHECK_FALSE(sitting.session().view().choosing);
    CHECK(sitting.session().view().cursor == cursor);
    CHECK(sitting.session().buffer().text().starts_with("?c1u local"));
    sitting.press(KeyCode::escape);
    CHECK_FALSE(sitting.session().is_editing());
    CHECK(sitting.shows(Panel::code, "?"));  // still there, though it has not run
}

TEST_CASE("editing: the mouse puts the caret where it clicks, and drags a selection, and the clipboard") {
    Sitting sitting("small.lua", "print(1)\nprint(2)\n");
    sitting.frame({Typed{U'e'}});
    const Rect text = sitting.place_of(Panel::code, Target::text, 0);
    const Point start{text.x + 108, text.y + 18 + 9}, end{text.x + 400, text.y + 18 + 9};
    sitting.frame({PointerPressed{start}});
    sitting.frame({PointerMoved{end}});
    sitting.frame({PointerReleased{end}});
    CHECK(sitting.session().buffer().selected() == "print(2)");
    sitting.picture("selection");
    sitting.press(KeyCode::x, control);
    CHECK(sitting.session().buffer().text() == "print(1)\n\n");
    sitting.frame({Pasted{"print(3)\r\nprint(4)"}});
    CHECK(sitting.session().buffer().text() == "print(1)\nprint(3)\nprint(4)\n");
}

TEST_CASE("editing: a mistake is marked at its line, and the editor stays") {
    Sitting sitting;
    sitting.frame({Typed{U'e'}});
    sitting.type("oops(");
    sitting.press(KeyCode::enter, control);
    CHECK(sitting.session().is_editing());
    REQUIRE_FALSE(sitting.session().model().problems().empty());
    CHECK(sitting.session().model().problems().front().file == "main.lua");
    CHECK(sitting.session().view().bottom_tab == BottomTab::problems);
}

TEST_CASE("editing: the person's version is kept, and another program's save does not overwrite it") {
    Sitting sitting;
    sitting.frame({Typed{U'e'}});
    sitting.type("print(9) ");
    sitting.press(KeyCode::escape);
    const std::string mine = sitting.session().buffer().text();

    FileWorkshop workshop({}, sitting.folder.path("drafts"));
    Session again({.file = sitting.file}, {}, std::make_unique<FileWorkshop>(std::move(workshop)));
    CHECK(again.buffer().text() == mine);

    std::string other = edited_lesson;
    other.replace(other.find("print(i)"), 8, "print(7)");
    sitting.folder.write("small.md", other);
    sitting.now += 200ms;
    sitting.frame({});
    CHECK(sitting.session().buffer().text() == mine);
    CHECK(sitting.session().notice().starts_with("Another program saved the file."));
}

TEST_CASE("editing: Ctrl+S writes a script's file, and asks before it overwrites another program's") {
    Sitting sitting("mine.lua", "print(1)\n");
    sitting.frame({Typed{U'e'}});
    sitting.type("print(0) ");
    sitting.press(KeyCode::s, control);
    const auto content = [&] {
        std::ifstream in(sitting.file);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    CHECK(content() == "print(0) print(1)\n");
    sitting.type("x");
    sitting.folder.write("mine.lua", "print(5)\n");
    sitting.now += 200ms;
    sitting.frame({});
    sitting.press(KeyCode::s, control);
    CHECK(content() == "print(5)\n");
    CHECK(sitting.session().notice().find("Ctrl+S again overwrites") != std::string::npos);
    sitting.press(KeyCode::s, control);
    CHECK(content() == "print(0) xprint(1)\n");
}

TEST_CASE("exercise: hints one by one, and the solution only when it is done") {
    Sitting sitting;
    CHECK(sitting.shows(Panel::lesson, "Try: Print three"));
    CHECK_FALSE(sitting.shows(Panel::lesson, "Hint 1:"));
    sitting.click(Panel::lesson, Target::hint, 0);
    CHECK(sitting.shows(Panel::lesson, "Hint 1:"));
    CHECK_FALSE(sitting.shows(Panel::lesson, "Hint 2:"));
    sitting.click(Panel::lesson, Target::hint, 0);
    CHECK(sitting.shows(Panel::lesson, "Hint 2:"));
    CHECK(sitting.place_of(Panel::lesson, Target::hint, 0).w == 0);
    CHECK(sitting.place_of(Panel::lesson, Target::solution, 0).w == 0);
    sitting.picture("hints");

    sitting.frame({Typed{U'e'}});
    sitting.type("print(3) ");
    sitting.press(KeyCode::enter, control);
    CHECK(sitting.session().lesson().tasks[0].met);
    sitting.click(Panel::lesson, Target::solution, 0);
    CHECK(sitting.session().view().code_tab == CodeTab::solution);
    sitting.picture("solution");
}

TEST_CASE("challenge: choosing who runs next breaks the invariant, and start again restores it") {
    Sitting sitting;
    CHECK(sitting.session().lesson().challenge->holds);
    sitting.click(Panel::lesson, Target::command, number(Command::choose));
    CHECK(sitting.session().view().choosing);
    sitting.picture("choosing");
    sitting.frame({Typed{U'2'}});
    CHECK_FALSE(sitting.session().lesson().challenge->holds);
    CHECK(sitting.output() == "21");
    sitting.picture("broken");
    sitting.click(Panel::lesson, Target::command, number(Command::forget_choices));
    CHECK(sitting.session().lesson().challenge->holds);
}

TEST_CASE("breakpoints: a click in the gutter, F9, the right button on a chip, and F5 goes on to the next") {
    Sitting sitting;
    sitting.click(Panel::code, Target::breakpoint, 3);
    CHECK(is_set(sitting.session().view().breakpoints, {Breakpoint::Kind::line, 3}));
    sitting.press(KeyCode::f5);
    const std::uint32_t first = sitting.session().view().cursor;
    CHECK(sitting.session().model().event(first).line == 3);
    sitting.picture("breakpoint");
    sitting.press(KeyCode::f5);
    CHECK(sitting.session().view().cursor > first);
    sitting.press(KeyCode::f9);
    CHECK(sitting.session().view().breakpoints.empty());
    sitting.click(Panel::timeline, Target::coroutine, 2, Button::right);
    CHECK(is_set(sitting.session().view().breakpoints, {Breakpoint::Kind::coroutine, 2}));
    sitting.press(KeyCode::home);
    sitting.press(KeyCode::f5);
    CHECK(sitting.session().model().event(sitting.session().view().cursor).coroutine == 2);
}

TEST_CASE("drop: a file that falls on the window is opened, and one that is not there is told") {
    Sitting sitting;
    const auto other = sitting.folder.write("other.lua", "print('other')\n");
    sitting.frame({Dropped{other.string()}});
    CHECK(sitting.output() == "other");
    sitting.frame({Dropped{"/nowhere/x.lua"}});
    CHECK(sitting.output() == "other");
    CHECK(sitting.session().notice().find("/nowhere/x.lua") != std::string::npos);
}
