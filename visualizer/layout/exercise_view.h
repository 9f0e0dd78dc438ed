// The boxes below a lesson's checkpoints: its exercises, and the challenge to break the program by choosing who runs.
//
//     y += draw_exercises(scene, input, lesson, y);
#pragma once

#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/panel.h"

namespace co::studio {

/// Draws them from `top` down; returns their height.
float draw_exercises(Scene& scene, const PanelInput& input, const LessonText& lesson, float top);

}  // namespace co::studio
