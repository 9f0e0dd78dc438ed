// View: what the person chose to look at. The screen is a pure function of (model, cursor, view).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/event.h>

#include "visualizer/layout/screen.h"
#include "visualizer/model/breakpoint.h"

namespace co::studio {

/// What x means: steps, or the run's time, which is a simulated one or a wall clock's.
enum class Clock : std::uint8_t { steps, virtual_time, wall };
constexpr std::string_view name(Clock clock) {
    return clock == Clock::steps ? "steps" : clock == Clock::wall ? "wall" : "virtual";
}

enum class CodeTab : std::uint8_t { program, twin, solution };
enum class InspectorTab : std::uint8_t { channels, timers, reactor, processes, stack, waits };
enum class BottomTab : std::uint8_t { output, problems, events };

struct View {
    std::uint32_t cursor = 0;                    // the step that is now
    std::uint32_t selected = co::trace::nobody;  // a coroutine; nobody: follow the running one
    std::uint32_t hovered = co::trace::nobody;   // a coroutine
    std::optional<std::uint32_t> hovered_channel;
    std::optional<std::uint32_t> hovered_timer;
    std::optional<std::uint32_t> selected_channel;
    std::optional<std::uint32_t> selected_timer;
    bool playing = false;
    float speed = 1;   // 1: 400 ms a step
    float flight = 0;  // share of its way that a moved value still has to go
    float glide = 0;   // share of the last step that the playhead still has to go, while it moves
    bool dark = true;
    bool may_choose = true;  // somebody can be chosen to run next, for the program can be run again
    bool choosing = false;   // playing stops wherever somebody can be chosen to run next

    Division division;  // of the window among the panels
    Folds folds;        // how far they are folded away by now

    Clock clock = Clock::steps;
    float pixels_per_step = 36;         // timeline zoom
    bool timeline_follows = true;       // pans so that the playhead stays in view; false: stays at first_step
    float first_step = 1;               // timeline pan: the step at the left edge
    float lanes_scroll = -1;            // px; below 0: follow the cursor
    std::uint32_t request = 0;          // whose way is followed over all lanes; 0: none
    std::vector<std::uint32_t> folded;  // processes of which only the heading is shown

    CodeTab code_tab = CodeTab::program;
    float code_scroll = -1;  // px; below 0: follow the cursor

    InspectorTab inspector_tab = InspectorTab::channels;
    std::uint32_t loop = co::trace::nobody;  // the process whose event loop is shown; nobody: follow the run
    float inspector_scroll = 0;              // px

    BottomTab bottom_tab = BottomTab::output;
    float bottom_scroll = -1;  // px; below 0: follow the cursor
    std::string filter;        // of the events; empty: all of them
    bool filtering = false;    // it is being typed

    std::vector<Breakpoint> breakpoints;
    std::vector<std::uint32_t> hints;     // shown of each exercise
    std::optional<std::uint32_t> choice;  // the answer chosen in the lesson's question
    float lesson_scroll = -1;             // px; below 0: follow the checkpoints
};

/// The share of the way that is left, of the time that is left: fast at first, slow at the end.
constexpr float still_to_go(float flight) { return flight * flight * flight; }

}  // namespace co::studio
