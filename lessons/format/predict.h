// ```predict```: a question with choices, readable on any Git host.
//
//     Which line follows "tea pushed"?
//     - [ ] got tea
//       why: The push made co#3 ready, but co#2 stood before it in the ready queue.
//     - [x] milk pushed
//
// First the question (one or more lines), then the choices: [x] is the right one, exactly one is. `why:` explains the
// choice before it; every wrong one needs it. Lines that follow are joined to it.
#pragma once

#include "lessons/format/lesson.h"
#include "lessons/format/place.h"

namespace co::lessons {

/// Throws LessonError.
Predict parse_predict(const Fence& fence, const Place& file);

}  // namespace co::lessons
