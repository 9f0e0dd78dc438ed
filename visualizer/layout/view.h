// View: what the person chose to look at. The screen is a pure function of (model, cursor, view).
#pragma once

#include <cstdint>
#include <optional>

#include <co/event.h>

namespace co::studio {

enum class Clock : std::uint8_t { steps, virtual_time, wall };

struct View {
    std::uint32_t cursor = 0;                    // the step that is now
    std::uint32_t selected = co::trace::nobody;  // a coroutine; nobody: follow the running one
    std::uint32_t hovered = co::trace::nobody;   // a coroutine
    std::optional<std::uint32_t> hovered_channel;
    std::optional<std::uint32_t> hovered_timer;
    Clock clock = Clock::steps;
    float pixels_per_step = 36;       // timeline zoom
    float first_step = 1;             // timeline pan: the step at the left edge
    std::uint32_t inspector_tab = 0;  // Channels, Timers, Reactor, Processes, Stack, Waits
    std::uint32_t bottom_tab = 0;     // Output, Problems, Events
    float bottom_scroll = -1;         // px; below 0: follow the cursor
    float code_scroll = -1;           // px; below 0: follow the cursor
    float lanes_scroll = 0;           // px
};

}  // namespace co::studio
