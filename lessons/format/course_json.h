// The course as JSON: every lesson, and its words in other languages, for the browser's page (docs/web.md,
// "course.json").
//
//     std::string text = co::lessons::course_json(read_lessons("lessons/scripts"));   // {"version":2,"lessons":[…]}
#pragma once

#include <string>
#include <vector>

#include "lessons/format/lesson.h"

namespace co::lessons {

/// Reads the translations that lie beside the lessons' files. Throws LessonError for one that is broken.
std::string course_json(const std::vector<Lesson>& lessons);

}  // namespace co::lessons
