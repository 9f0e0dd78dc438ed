// The timeline panel: a ruler of steps and clock, a lane for each coroutine, the playhead, and the whole run below.
//
//     Scene scene = lay_out_timeline({model, state, view, screen.timeline.size(), measure});
//
// The mouse: Target::scrub lies over ruler and lanes, Target::minimap over the whole run; TimelineScale says which
// step, or whose lane, lies under a point.
#pragma once

#include <vector>

#include "visualizer/layout/timeline_scale.h"

namespace co::studio {

Scene lay_out_timeline(const PanelInput& input);

// -- its parts, in the order in which they are drawn -----------------------------------------------------------------

/// Where a bar of this activity stands in the lane whose top is `top`.
Rect bar_rect(const LaneMetrics& metrics, Activity activity, float top, float left, float right);
/// Fills a stay's bar, which is so many pixels long: fainter in the past, with its pattern where that can be seen.
void fill_bar(Scene& scene, const PanelInput& input, const FoldedStay& stay, Rect rect, float length);

void draw_ruler(Scene& scene, const PanelInput& input, const TimelineScale& scale);
void draw_lanes(Scene& scene, const PanelInput& input, const TimelineScale& scale);
/// The left end of a row, where several processes take part: a process's heading, or a coroutine of it.
void draw_process_label(Scene& scene, const PanelInput& input, const TimelineScale& scale, std::size_t row);
void draw_operations(Scene& scene, const PanelInput& input, const TimelineScale& scale);
/// A call that held the thread: a hatched band over all lanes, for nobody could run; and what it was.
void draw_held(Scene& scene, const PanelInput& input, const TimelineScale& scale);
void draw_held_words(Scene& scene, const PanelInput& input, const TimelineScale& scale);
/// A hollow mark where a tick would have come that the timer dropped.
void draw_dropped_ticks(Scene& scene, const PanelInput& input, const TimelineScale& scale);
void draw_arrows(Scene& scene, const PanelInput& input, const TimelineScale& scale);
void draw_playhead(Scene& scene, const PanelInput& input, const TimelineScale& scale);
void draw_minimap(Scene& scene, const PanelInput& input, const TimelineScale& scale);

/// Of all arrows those that explain this moment of a coroutine: what brought it here, and what it leads to next.
std::vector<const Arrow*> arrows_about(const PanelInput& input, std::uint32_t coroutine);
/// The same for the coroutine in focus, or the way of the request that is followed, and for the hovered one.
std::vector<const Arrow*> arrows_now(const PanelInput& input);

/// The event's own text, which hangs on the playhead at its lane; no width when there is nothing to say.
struct EventTag {
    Rect rect;
    std::string text;
    bool left_of_playhead = false;
};
EventTag event_tag(const PanelInput& input, const TimelineScale& scale);

}  // namespace co::studio
