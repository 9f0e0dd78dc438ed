// The inspector: the card of the selected coroutine, and below it what the open tab is about.
//
//     Scene scene = lay_out_inspector({model, state, view, screen.inspector.size(), measure});
//
// Channels: seats and both queues, wait groups, mutexes and their like, and where there is room the timer heap and the
// ready queue. Timers: the heap and the ready queue. Reactor: the descriptors of an event loop. Processes: a server's,
// and what travels between them. Stack: how deep calls are in each other. Waits: who waits for what, and who will wake
// it.
#pragma once

#include "visualizer/layout/panel.h"

namespace co::studio {

Scene lay_out_inspector(const PanelInput& input);

/// The tabs that this run has something to show in.
std::vector<InspectorTab> inspector_tabs(const Model& model);

// -- its parts; each draws at a height and returns its own
// -------------------------------------------------------------

/// Narrower than this, texts get more lines and boxes less width.
inline constexpr float narrow_inspector = 440;
/// Lower than this, parts stand closer together.
inline constexpr float low_inspector = 340;
inline constexpr float inspector_margin = 12;

/// Why the coroutine that the panels are about is where it is.
float draw_card(Scene& scene, const PanelInput& input, float top);
/// Seats and both queues of a channel.
float draw_channel(Scene& scene, const PanelInput& input, const ChannelState& channel, float top);
/// A wait group's count and who waits for it.
float draw_group(Scene& scene, const PanelInput& input, const GroupState& group, float top);
/// A mutex's owner, a semaphore's places, a barrier's missing ones; and who waits for it.
float draw_gate(Scene& scene, const PanelInput& input, const GateState& gate, float top);
/// A Table, number or Lock that processes share: what it holds, who has it, and who did what to it last.
float draw_shared(Scene& scene, const PanelInput& input, const SharedState& one, float top);
/// Timers and timed waits as the tree that the heap is, as many rows as fit.
void draw_timer_heap(Scene& scene, const PanelInput& input, const Rect& area);
/// Who runs, who runs next, and what happens when nobody is left.
void draw_ready_queue(Scene& scene, const PanelInput& input, const Rect& area);
/// The descriptors of one event loop, and where it is in its turn.
float draw_reactor(Scene& scene, const PanelInput& input, float top);
/// The buffers of the loop's connections, and what is on its way.
float draw_connections(Scene& scene, const PanelInput& input, const Loop& loop, float top);
/// How deep each coroutine's calls are, and were.
float draw_stacks(Scene& scene, const PanelInput& input, float top);
/// The parts of a server as places, what travels between them, and the way of the request that is followed.
float draw_processes(Scene& scene, const PanelInput& input, float top);
/// Buttons for what can be made to go wrong now; nothing where the program can't be run again.
float draw_interferences(Scene& scene, const PanelInput& input, float top);
/// One entry for each waiting coroutine.
float draw_waits(Scene& scene, const PanelInput& input, float top);

/// A title and a remark beside it, cut where the width ends.
void draw_heading(Scene& scene, const PanelInput& input, Point baseline, const std::string& title,
                  const std::string& remark, float right, Font font = Font::panel_bold);

}  // namespace co::studio
