// A lesson as JSON, for the browser's page, which reads no Markdown (docs/web.md, "course.json").
//
//     Lesson lesson = co::lessons::lesson_from_json(lesson_json(other));
#pragma once

#include <string>
#include <string_view>

#include "lessons/format/lesson.h"

namespace co::lessons {

std::string lesson_json(const Lesson& lesson);

/// All that a run of the lesson and its goals need; the prose stays behind. Throws LessonError for other JSON.
Lesson lesson_from_json(std::string_view text);

}  // namespace co::lessons
