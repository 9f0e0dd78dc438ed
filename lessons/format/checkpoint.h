// ```checkpoint at="print got tea"```: a pause of the player, with a title and a sentence.
//
//     ```checkpoint at="chan results.len == 1"
//     A value takes a seat
//     Nobody waits at the channel any more, so "milk" sits down.
//     ```
#pragma once

#include <string>

#include "lessons/format/lesson.h"
#include "lessons/format/place.h"

namespace co::lessons {

/// `place` is the line of the fence's info string. Throws LessonError when `at` is no condition (condition.h).
Checkpoint parse_checkpoint(const Fence& fence, std::string at, const Place& place);

}  // namespace co::lessons
