// Panels: the parts of a terminal frame, each drawn into its own area of the canvas.
//
//     draw_lanes(picture, {.column = 0, .row = 1, .columns = 80, .rows = 5});
//
// A panel never draws outside its area; what does not fit is cut or counted ("3 more").
#pragma once

#include <cstdint>

#include "visualizer/model/model.h"
#include "visualizer/terminal/canvas.h"

namespace co::studio {

struct Area {
    int column = 0;
    int row = 0;
    int columns = 0;
    int rows = 0;
};

/// What is drawn, and on what.
struct Picture {
    const Model& model;
    const State& state;  // after `step`
    std::uint32_t step;
    Canvas& canvas;
    std::uint32_t selected = trace::nobody;
};

/// The coroutine that the eye should follow: the selected one, else who runs, else who made the last step.
std::uint32_t followed(const Picture& picture);

/// A ruler, then a row for each coroutine; the playhead is a line through all of them.
void draw_lanes(const Picture& picture, const Area& area);
/// The source around the line of the followed coroutine, with a chip at each coroutine's line.
void draw_code(const Picture& picture, const Area& area);
/// Channels, wait groups, timers, ready queue, and the last lines of output.
void draw_state(const Picture& picture, const Area& area);

}  // namespace co::studio
