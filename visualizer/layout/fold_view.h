// Panels that fold: the mark in a header that folds one away, and the strips that are left of lesson and inspector.
//
//     const float taken = draw_fold_mark(scene, input, {input.size.w, 6}, Icon::chevron_left, Command::fold_lesson);
//     Scene strip = lay_out_lesson_strip(input, lesson);
//
// A strip shows the little that is worth 40 px: which lesson and how far in it; what every coroutine does.
#pragma once

#include "visualizer/layout/command.h"
#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/panel.h"

namespace co::studio {

/// Left of `right_top`. Returns the width that it takes; 0 where the panel can't fold.
float draw_fold_mark(Scene& scene, const PanelInput& input, Point right_top, Icon icon, Command command);

Scene lay_out_lesson_strip(const PanelInput& input, const LessonText& lesson);
Scene lay_out_inspector_strip(const PanelInput& input);

}  // namespace co::studio
