// What keys do: which command a key stands for, and how it is carried out.
//
//     perform(Command::zoom_in, session, frame, measure);     // also those that need the timeline's size
#pragma once

#include "visualizer/frame.h"
#include "visualizer/layout/timeline_scale.h"

namespace co::studio {

inline constexpr float zoom_factor = 1.25F;

/// The timeline's scale as the frame shows it.
TimelineScale timeline_scale(const Session& session, const Frame& frame, const MeasureText& measure);

void perform(Command command, Session& session, const Frame& frame, const MeasureText& measure);
/// What the palette's row says.
void take_entry(std::size_t row, Session& session, const Frame& frame, const MeasureText& measure);

}  // namespace co::studio
