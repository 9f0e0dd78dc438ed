// From lessons to the studio: what the panels show of a lesson, a script and of what went wrong in a run.
//
// Layouts know no file format and the lessons know no studio; here the words of the one become those of the other.
#pragma once

#include <filesystem>
#include <vector>

#include "lessons/format/lesson.h"
#include "lessons/host/simulate.h"
#include "visualizer/layout/lesson_text.h"
#include "visualizer/layout/view.h"
#include "visualizer/model/problems.h"

namespace co::studio {

/// Without the checkpoints: their steps depend on the run.
LessonText lesson_text_of(const lessons::Lesson& lesson, const std::vector<lessons::Lesson>& course);
/// How the exercises and the challenge stand after a run.
void judge(LessonText& text, const lessons::Lesson& lesson, const lessons::Outcome& outcome);
CodeText code_text_of(const lessons::Lesson& lesson, bool is_lesson);

/// The tab of the inspector that the lesson names first.
InspectorTab first_panel_of(const lessons::Lesson& lesson);

Problem problem_of(const lessons::Finding& finding);
/// A lesson file that can't be understood.
Problem problem_of(const lessons::LessonError& error, const std::filesystem::path& file);

}  // namespace co::studio
