// A lesson as JSON: the course for the browser's page, which reads no Markdown (docs/web.md, "course.json").
//
//     std::string text = co::lessons::course_json(read_lessons("lessons/scripts"));   // {"version":1,"lessons":[…]}
//     Lesson lesson = co::lessons::lesson_from_json(lesson_json(other));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lessons/format/lesson.h"

namespace co::lessons {

std::string course_json(const std::vector<Lesson>& lessons);
std::string lesson_json(const Lesson& lesson);

/// All that a run of the lesson and its goals need; the prose stays behind. Throws LessonError for other JSON.
Lesson lesson_from_json(std::string_view text);

}  // namespace co::lessons
