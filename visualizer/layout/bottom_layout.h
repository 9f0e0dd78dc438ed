// The bottom panel: what the program printed, what is wrong with it, and every step in words.
//
//     Scene scene = lay_out_bottom({model, state, view, screen.bottom.size(), measure});
//
// Lists follow the cursor unless they were scrolled; a row is a Target::step, a problem a Target::problem.
#pragma once

#include "visualizer/layout/panel.h"

namespace co::studio {

Scene lay_out_bottom(const PanelInput& input);

}  // namespace co::studio
