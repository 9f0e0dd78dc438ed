// check_lesson(): whether a lesson keeps what it promises, for each of its seeds and any number more.
//
//     LessonCheck check = check_lesson(lesson, 20);
//     check.problems          // empty: it does
//     check.seeds             // 20 were tried
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lessons/format/lesson.h"

namespace co::cli {

struct LessonCheck {
    std::size_t seeds = 0;               // that were tried
    std::size_t steps = 0;               // of the first one's run
    std::vector<std::string> languages;  // beside English
    std::vector<std::string> problems;   // a sentence each, more lines where they help
};

/// Runs the lesson with its own seeds and with 0 to `more_seeds` - 1, each twice.
LessonCheck check_lesson(const co::lessons::Lesson& lesson, std::uint64_t more_seeds);

}  // namespace co::cli
