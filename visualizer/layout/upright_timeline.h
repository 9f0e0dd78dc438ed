// The timeline of a phone: a column for each coroutine, time runs down, the playhead lies across.
//
//     Scene scene = lay_out_upright_timeline({model, state, view, {360, 384}, measure});
//
// Target::scrub lies over the columns: a finger that moves one step's height moves the playhead by one step. Heads of
// columns select. There is no minimap; the strip over the transport shows where in the run one is.
#pragma once

#include "visualizer/layout/timeline_scale.h"

namespace co::studio {

Scene lay_out_upright_timeline(const PanelInput& input);

}  // namespace co::studio
