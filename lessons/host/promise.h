// surprises_of(): what went wrong in a lesson's run, but for what the lesson says will.
//
//     for (const std::string& surprise : co::lessons::surprises_of(lesson, run)) complain(surprise);
#pragma once

#include <string>
#include <vector>

#include "lessons/format/lesson.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

/// A report each; also when the error that the lesson expects did not come, or came twice.
std::vector<std::string> surprises_of(const Lesson& lesson, const RunResult& run);

}  // namespace co::lessons
