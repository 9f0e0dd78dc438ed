// The palette and the search in the events, by the keys that a person uses.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/visualizer/window/folder.h"
#include "visualizer/app.h"
#include "visualizer/layout/palette.h"
#include "visualizer/studio.h"

using namespace co::studio;
using namespace std::chrono_literals;

namespace {

struct SearchSitting {
    SearchSitting() : studio(opening(), {}, parts_of_this_machine(opening(), {.offscreen = true})) { frame({}); }
    static Opening opening() { return {.file = lesson_file("12-channels.md"), .lessons = course_folder()}; }
    void frame(const std::vector<Input>& input) { studio.frame(now += 16ms, input); }
    void press(KeyCode key, Modifiers modifiers = {}) { frame({KeyPressed{key, modifiers}}); }
    void type(const std::string& text) {
        for (const char letter : text) frame({Typed{static_cast<char32_t>(letter)}});
    }
    /// For a person's eyes: COSTUDIO_PICTURES names a folder.
    void picture(const std::string& name) {
        if (const char* where = std::getenv("COSTUDIO_PICTURES"))
            studio.picture().write_png(std::filesystem::path(where) / (name + ".png"));
    }
    const Session& session() const { return std::as_const(studio).session(); }
    Time now{0};
    Studio studio;
};

}  // namespace

TEST_CASE("palette: a few letters find a command, and Enter does it, Esc does nothing") {
    SearchSitting sitting;
    sitting.press(KeyCode::k, {.control = true});
    REQUIRE(sitting.session().overlay() == Overlay::palette);
    sitting.type("dark");
    sitting.press(KeyCode::space);
    sitting.type("THEME");
    REQUIRE(sitting.session().palette().size() == 1);
    const Theme before = sitting.session().theme();
    sitting.press(KeyCode::enter);
    CHECK(sitting.session().overlay() == Overlay::none);
    CHECK(sitting.session().theme() != before);
    sitting.press(KeyCode::k, {.control = true});
    CHECK(sitting.session().query().empty());
    sitting.type("x");
    sitting.press(KeyCode::backspace);
    CHECK(sitting.session().query().empty());
    sitting.press(KeyCode::escape);
    CHECK(sitting.session().overlay() == Overlay::none);
}

TEST_CASE("palette: lessons are found by title, arrows choose") {
    SearchSitting sitting;
    sitting.press(KeyCode::k, {.control = true});
    sitting.type("lesson");
    sitting.picture("palette");
    const auto entries = sitting.session().palette();
    REQUIRE(entries.size() > 4);
    const auto first = std::find_if(entries.begin(), entries.end(), [](const auto& entry) { return !entry.command; });
    const auto down = first - entries.begin() + 1;
    for (auto i = 0; i < down; ++i) sitting.press(KeyCode::down);
    sitting.press(KeyCode::enter);
    CHECK(sitting.session().lesson().title == sitting.session().course()[1].title);
}

TEST_CASE("open: Ctrl+O lists files and folders as one types, and Enter opens a script, a folder is looked into") {
    TestFolder folder;
    std::filesystem::create_directory(folder.path("scripts"));
    folder.write("scripts/demo.lua", "print('demo')\n");
    folder.write("scripts/notes.txt", "no program\n");
    SearchSitting sitting;
    sitting.press(KeyCode::o, {.control = true});
    CHECK(sitting.session().overlay() == Overlay::palette);
    sitting.type(folder.path("scr").string());
    REQUIRE(sitting.session().palette().size() == 1);
    CHECK(sitting.session().palette()[0].name == "scripts/");
    sitting.press(KeyCode::enter);
    REQUIRE(sitting.session().palette().size() == 2);  // and back up
    CHECK(sitting.session().palette()[0].name == "demo.lua");
    sitting.picture("open");
    sitting.press(KeyCode::enter);
    CHECK(sitting.session().overlay() == Overlay::none);
    CHECK(sitting.session().file() == folder.path("scripts/demo.lua"));
    CHECK(sitting.session().model().output().size() == 1);
    // Commands are listed again the next time.
    sitting.press(KeyCode::k, {.control = true});
    CHECK(sitting.session().palette().size() > 20);
}

TEST_CASE("search: the events that say what was typed, and Enter keeps them, Esc shows all") {
    SearchSitting sitting;
    sitting.type("/");
    CHECK(sitting.session().view().bottom_tab == BottomTab::events);
    sitting.type("PUSH");
    CHECK(sitting.session().view().cursor == 0);  // typed letters are no commands
    REQUIRE_FALSE(sitting.session().found().empty());
    for (const std::uint32_t step : sitting.session().found()) {
        const EventLine line = sitting.session().model().line(step);
        CHECK((line.verb + line.what).find("push") != std::string::npos);
    }
    sitting.picture("search");
    sitting.press(KeyCode::enter);
    CHECK_FALSE(sitting.session().takes_text());
    CHECK(sitting.session().view().filter == "PUSH");
    sitting.press(KeyCode::escape);
    CHECK(sitting.session().view().filter.empty());
    CHECK(sitting.session().found().empty());

    // The same by the mouse, in the field beside the tab.
    const auto click = [&](Command command) {
        const PlacedScene* bottom = sitting.studio.shown().find(Panel::bottom);
        REQUIRE(bottom != nullptr);
        const auto& hits = bottom->scene.hits;
        const auto hit = std::find_if(hits.begin(), hits.end(), [command](const Hit& one) {
            return one.target == Target::command && one.id == number(command);
        });
        REQUIRE(hit != hits.end());
        const Point at{bottom->rect.x + hit->rect.x + 8, bottom->rect.y + hit->rect.y + 8};
        sitting.frame({PointerMoved{at}, PointerPressed{at}, PointerReleased{at}});
    };
    click(Command::filter);
    sitting.type("pop");
    CHECK_FALSE(sitting.session().found().empty());
    click(Command::clear_filter);
    CHECK(sitting.session().view().filter.empty());
    CHECK_FALSE(sitting.session().takes_text());
}
