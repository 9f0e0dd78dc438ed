// What the panels show of choosing: the key that makes a ready coroutine run next, and the history before the latest
// choice, as ghosts below the lanes and beside the output.
//
//     draw_next_key(scene, {140, 56}, input, 2);        // "1" where co#2 is first in the ready queue
//     draw_ghosts(scene, input, scale);
#pragma once

#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

inline constexpr float key_cap = 16;

/// The key that makes the coroutine run next, a hit area; false: it can't be chosen now.
bool draw_next_key(Scene& scene, Point at, const PanelInput& input, std::uint32_t coroutine);

/// Below each lane, from where the histories part, what it was before the choice.
void draw_ghosts(Scene& scene, const PanelInput& input, const TimelineScale& scale);
/// A line where the histories part, and on the ruler what was chosen there.
void draw_fork(Scene& scene, const PanelInput& input, const TimelineScale& scale);
/// The switch for choosing at every turn, in the ruler's corner; and how to take a choice back.
void draw_choose_button(Scene& scene, const PanelInput& input);

/// What the run prints, and beside it what it printed before the choice.
void draw_outputs(Scene& scene, const PanelInput& input);

}  // namespace co::studio
