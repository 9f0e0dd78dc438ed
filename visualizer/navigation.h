// Navigation: zoom and pan of the timeline, as changes of the view.
//
//     zoom(view, TimelineScale(input), 1.25F, 852);   // what stands at x = 852 stays there
#pragma once

#include "visualizer/layout/timeline_scale.h"
#include "visualizer/layout/view.h"

namespace co::studio {

void zoom(View& view, const TimelineScale& scale, float factor, float at_x);
/// Moves the window by `pixels` to the right.
void pan(View& view, const TimelineScale& scale, float pixels);
/// Lets the window follow a playhead that has left it.
void keep_playhead_in_view(View& view, const TimelineScale& scale);
/// Moves the lanes by `pixels` up.
void scroll_lanes(View& view, const TimelineScale& scale, float pixels);

}  // namespace co::studio
