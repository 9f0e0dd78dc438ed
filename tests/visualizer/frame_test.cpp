#include <algorithm>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/visualizer/lesson12_trace.h"
#include "tests/visualizer/trace_writer.h"
#include "visualizer/terminal/canvas.h"
#include "visualizer/terminal/frame.h"
#include "visualizer/terminal/player.h"

using namespace co::studio;
using co::trace::EventKind;

namespace {

std::vector<std::string> rows_of(const std::string& text) {
    std::vector<std::string> rows;
    std::istringstream stream(text);
    for (std::string row; std::getline(stream, row);) rows.push_back(row);
    return rows;
}

std::string lesson12_frame(std::uint32_t step, TerminalSize size, Colours colours = Colours::plain) {
    const LessonText lesson{.number = 12, .title = "go + chan + defer"};
    return frame(Model(lesson12_trace()), lesson, {.step = step}, size, colours);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("step 20 of lesson 12 on 80 x 24 shows lanes, chips, code, state, output and the sentence") {
    const std::string text = lesson12_frame(20, {.columns = 80, .rows = 24});
    const auto rows = rows_of(text);
    CHECK(rows[0] == "12 go + chan + defer                       step 20 of 39   0.120 s   1x   paused");
    CHECK(rows[1] == "                           1        10        ▼20       30");
    CHECK(rows[2] == "◷ main main.lua timer      ██╲█╲█╲╲╲██░░░░░░░░┃░░░░░░░░░░░░░░░▄██─");
    CHECK(rows[4] == "▶ co#2 producer running        █░░░░░░░░▄▄▄▄▄█┃█░░░░░░░░░▄▄▄█─────");
    CHECK(has(text, "▶ co#2    >  5   results:push(name)"));
    CHECK(has(text, "◷ co#1       7   co.sleep(0.05)"));
    CHECK(has(text, "channels  results: \"milk\", 1 free"));
    CHECK(has(text, "ready     co#3 has \"tea\""));
    CHECK(has(text, "co#1 in 50 ms"));
    CHECK(has(text, "tea pushed"));
    CHECK(!has(text, "milk pushed"));
    CHECK(has(text, "now  co#2  push(\"milk\"): no consumer waits, so it takes seat 1"));
}

TEST_CASE("a frame has exactly the terminal's size, whatever that is, and nothing is wider") {
    for (const int columns : {40, 57, 80, 132, 250}) {
        for (const int rows : {12, 24, 25, 60}) {
            for (const std::uint32_t step : {0u, 1u, 20u, 39u}) {
                const auto lines = rows_of(lesson12_frame(step, {columns, rows}, Colours::plain) + "\n.");
                CHECK(static_cast<int>(lines.size()) == rows + 1);
                CHECK(std::ranges::all_of(lines, [&](const auto& line) { return width_of(line) <= columns; }));
            }
        }
    }
    CHECK(has(lesson12_frame(1, {.columns = 60, .rows = 5}), "make the window larger"));
}

TEST_CASE("a frame without colour tells the states by glyph, character and word, each its own") {
    std::set<std::string_view> glyphs, bars, words;
    for (int number = 0; number <= static_cast<int>(Activity::handed_off); ++number) {
        const auto activity = static_cast<Activity>(number);
        glyphs.insert(mark_of(activity));
        bars.insert(bar_of(activity));
        words.insert(word_of(activity));
    }
    CHECK(glyphs.size() == 9);
    CHECK(bars.size() == 9);
    CHECK(words.size() == 9);
    CHECK(!has(lesson12_frame(20, {.columns = 80, .rows = 24}, Colours::monochrome), "38;"));
    CHECK(has(lesson12_frame(20, {.columns = 80, .rows = 24}, Colours::full), "38;2;43;245;174"));
}

TEST_CASE("a long run scrolls so that the playhead stays in sight") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua");
    for (int i = 0; i < 500; ++i) writer.add(EventKind::print, {.coroutine = 0}, "tick");
    const Model model(writer.take());
    for (const std::uint32_t step : {1u, 250u, 501u}) {
        const auto text = frame(model, {}, {.step = step}, {.columns = 80, .rows = 24}, Colours::plain);
        CHECK(has(rows_of(text)[2], "┃"));
        CHECK(has(rows_of(text)[1], std::to_string(step)));
    }
}

TEST_CASE("more coroutines than rows: the one that runs is in sight, and the rest is counted") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua");
    for (std::uint32_t id = 1; id <= 40; ++id) {
        writer.add(EventKind::go, {.coroutine = 0, .object = id}, "worker()")
            .add(EventKind::yield, {.coroutine = id})
            .add(EventKind::back, {.coroutine = 0, .object = id});
    }
    writer.add(EventKind::resume, {.coroutine = 0, .object = 30});
    const Model model(writer.take());
    const auto text = frame(model, {}, {.step = model.steps()}, {.columns = 80, .rows = 24}, Colours::plain);
    CHECK(has(text, "▶ co#30"));
    CHECK(has(text, " of 41"));
}

TEST_CASE("at the end of a run that went wrong the frame says what, where, and what to do") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::failed, {.coroutine = 0, .line = 7}, "attempt to call a nil value");
    const Model model(writer.take());
    const auto text = frame(model, {}, {.step = 2}, {.columns = 120, .rows = 24}, Colours::plain);
    CHECK(has(text, "✖ main.lua:7: main ended by an error that nothing caught: attempt to call a nil value."));
    CHECK(has(text, "pcall"));
    const auto before = frame(model, {}, {.step = 1}, {.columns = 120, .rows = 24}, Colours::plain);
    CHECK(!has(before, "✖"));
}

TEST_CASE("a coroutine that has just begun leaves the code at its caller's line") {
    CHECK(has(lesson12_frame(5, {.columns = 80, .rows = 24}), "↴ main    > 20 go(producer, \"milk\")"));
}

TEST_CASE("mutexes and their like have a line each: what they are, and who waits") {
    TraceWriter writer;
    writer.add(EventKind::start, {.coroutine = 0}, "main.lua")
        .add(EventKind::gate, {.value = 1, .coroutine = 0, .object = 1, .other = 0}, "door")
        .add(EventKind::gate_pass, {.value = 0, .coroutine = 0, .object = 1})
        .add(EventKind::go, {.coroutine = 0, .object = 1}, "guest()")
        .add(EventKind::gate_wait, {.value = co::trace::forever_ns, .coroutine = 1, .object = 1})
        .add(EventKind::back, {.coroutine = 0, .object = 1});
    const std::string text = frame(Model(writer.take()), {}, {.step = 5}, {.columns = 100, .rows = 24}, Colours::plain);
    CHECK(has(text, "gates     door: main holds it, 1 waits"));
}
