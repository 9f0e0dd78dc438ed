// Lit: what has to do with the channel or the timer that is under the mouse or selected lights up wherever it is shown.
//
//     if (is_lit(input, coroutine)) chip.outline = Outline::hovered;     // it waits there, or has set it
//     if (is_lit(input, model.event(step))) …                            // that step was about it
#pragma once

#include "visualizer/layout/timeline_scale.h"

namespace co::studio {

/// Under the mouse, or selected.
bool is_channel_lit(const View& view, std::uint32_t channel);
bool is_timer_lit(const View& view, std::uint32_t timer);
/// Whether the coroutine waits at the lit channel, or has set the lit timer.
bool is_lit(const PanelInput& input, const CoroutineState& coroutine);
/// Whether the event was about the lit channel or timer.
bool is_lit(const PanelInput& input, const trace::Event& event);

/// An underline in the lanes wherever something was done to what is lit.
void draw_lit_steps(Scene& scene, const PanelInput& input, const TimelineScale& scale);

}  // namespace co::studio
