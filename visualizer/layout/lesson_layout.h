// The lesson panel: chapter, title, prose, the question, and the checkpoints with their steps.
//
//     Scene scene = lay_out_lesson({model, state, view, screen.lesson.size(), measure}, lesson);
//
// A choice is a Target::choice (its number), a checkpoint a Target::checkpoint (its step).
#pragma once

#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/panel.h"

namespace co::studio {

Scene lay_out_lesson(const PanelInput& input, const LessonText& lesson);

}  // namespace co::studio
