#include <deque>

#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/terminal/frame.h"
#include "visualizer/terminal/player.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

/// Presses keys as a script says and keeps what is drawn; the time is up at once, as often as the script says.
class ScriptedTerminal final : public Terminal {
  public:
    explicit ScriptedTerminal(std::deque<Key> keys) : keys_(std::move(keys)) {}

    TerminalSize size() const override { return {.columns = 80, .rows = 24}; }
    Colours colours() const override { return Colours::plain; }
    void write(std::string_view text) override { screens.emplace_back(text); }
    Key wait_key(std::optional<std::chrono::milliseconds> limit) override {
        limits.push_back(limit);
        if (keys_.empty()) return Key::quit;
        const Key key = keys_.front();
        keys_.pop_front();
        return key;
    }

    bool shows(std::size_t screen, std::string_view text) const {
        return screens.at(screen).find(text) != std::string::npos;
    }

    std::vector<std::string> screens;
    std::vector<std::optional<std::chrono::milliseconds>> limits;

  private:
    std::deque<Key> keys_;
};

PlayerView pressed(const Model& model, PlayerView view, std::initializer_list<Key> keys) {
    for (const Key key : keys) view = after_key(model, view, key);
    return view;
}

}  // namespace

TEST_CASE("player: lanes are selected, their own steps are gone through, Escape follows whoever runs again") {
    const Model model(lesson12_trace());
    PlayerView view{.step = 20};
    view = after_key(model, view, Key::lane_down);
    CHECK(view.selected == 2);  // who made the last step, at first
    view = after_key(model, view, Key::lane_down);
    CHECK(view.selected == 3);
    CHECK(after_key(model, view, Key::lane_down).selected == 3);
    CHECK(after_key(model, view, Key::next_of_lane).step == model.next_of(3, 20));
    CHECK(after_key(model, view, Key::previous_of_lane).step == model.previous_of(3, 20));
    const std::string shown = frame(model, {}, view, {.columns = 100, .rows = 30}, Colours::plain);
    CHECK(shown.find("▸co#3") != std::string::npos);
    CHECK(shown.find("co#3: Was parked in pop() on results") != std::string::npos);
    CHECK(after_key(model, view, Key::escape).selected == co::trace::nobody);
}

TEST_CASE("the arrows step, shift and arrows go to the next switch, Home and End to the ends") {
    const Model model(lesson12_trace());
    CHECK(pressed(model, {}, {Key::step, Key::step}).step == 2);
    CHECK(pressed(model, {}, {Key::back}).step == 0);
    CHECK(pressed(model, {.step = 39}, {Key::step}).step == 39);
    CHECK(pressed(model, {.step = 7}, {Key::next_switch}).step == 10);
    CHECK(pressed(model, {.step = 20}, {Key::previous_switch}).step == 19);
    CHECK(pressed(model, {.step = 20}, {Key::last}).step == 39);
    CHECK(pressed(model, {.step = 20}, {Key::first}).step == 0);
    CHECK(!pressed(model, {.step = 20, .is_playing = true}, {Key::step}).is_playing);
}

TEST_CASE("space plays, pauses, and at the end begins anew") {
    const Model model(lesson12_trace());
    CHECK(pressed(model, {}, {Key::play}).is_playing);
    CHECK(!pressed(model, {}, {Key::play, Key::play}).is_playing);
    const PlayerView again = pressed(model, {.step = 39}, {Key::play});
    CHECK(again.step == 0);
    CHECK(again.is_playing);
    CHECK(!after_tick(model, {.step = 38, .is_playing = true}).is_playing);
    CHECK(after_tick(model, {.step = 38}).step == 38);
}

TEST_CASE("the brackets change the speed between a quarter and sixteen times") {
    const Model model(lesson12_trace());
    CHECK(time_per_step({}) == std::chrono::milliseconds(400));
    CHECK(time_per_step(pressed(model, {}, {Key::faster})) == std::chrono::milliseconds(200));
    CHECK(pressed(model, {}, {Key::slower, Key::slower, Key::slower, Key::slower}).speed == 0.25);
    PlayerView view;
    for (int i = 0; i < 9; ++i) view = after_key(model, view, Key::faster);
    CHECK(view.speed == 16);
}

TEST_CASE("help covers the screen until any key") {
    const Model model(lesson12_trace());
    const PlayerView help = pressed(model, {.step = 4, .is_playing = true}, {Key::help});
    CHECK(help.shows_help);
    CHECK(!help.is_playing);
    CHECK(after_key(model, help, Key::resized).shows_help);
    const PlayerView closed = pressed(model, help, {Key::last});
    CHECK(!closed.shows_help);
    CHECK(closed.step == 4);
}

TEST_CASE("playing draws one frame a step and waits as long as the speed says, then stays at the end") {
    const Model model(lesson12_trace());
    std::deque<Key> keys(39, Key::none);
    ScriptedTerminal terminal(keys);
    CHECK(play(model, {.title = "demo"}, terminal) == 0);
    REQUIRE(terminal.screens.size() == 40);
    CHECK(terminal.shows(0, "step 0 of 39"));
    CHECK(terminal.shows(20, "step 20 of 39"));
    CHECK(terminal.shows(20, "playing"));
    CHECK(terminal.shows(39, "paused"));
    CHECK(terminal.limits[5] == std::chrono::milliseconds(400));
    CHECK(!terminal.limits[39].has_value());
}

TEST_CASE("an empty run can be looked at too") {
    const Model model{co::trace::Trace{}};
    ScriptedTerminal terminal({Key::none, Key::step, Key::next_switch, Key::last, Key::play, Key::help, Key::quit});
    CHECK(play(model, {}, terminal) == 0);
    CHECK(terminal.shows(0, "nothing ran"));
}

TEST_CASE("without a terminal the run is text: steps, output between them, problems at the end") {
    const std::string text = plain(Model(lesson12_trace()));
    CHECK(text.find("print(\"tea pushed\"): line 2 of the output\n| tea pushed\n   18") != std::string::npos);
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::failed, {.coroutine = 0, .line = 3}, "boom");
    CHECK(plain(Model(writer.take())).find("main.lua:3: main ended by an error that nothing caught: boom.\n") !=
          std::string::npos);
}
