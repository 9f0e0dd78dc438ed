// The toolbar: lesson, run, transport, speed, clock, seed. It shows what works, and drops words before it would
// overlap.
//
//     Scene scene = lay_out_toolbar({model, state, view, screen.toolbar.size(), measure}, lesson);
//
// Every control is a Target::command whose id is the Command's number.
#pragma once

#include "visualizer/layout/command.h"
#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/panel.h"

namespace co::studio {

Scene lay_out_toolbar(const PanelInput& input, const LessonText& lesson);

/// "1×", "0.5×".
std::string speed_text(float speed);

}  // namespace co::studio
