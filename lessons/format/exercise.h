// Exercises of a lesson: ```try```, to be solved by editing the program, and ```break```, to be broken by choosing who
// runs next.
//
//     ```try goal="print 'got tea' before print 'tea pushed'" hint="Who goes on after push()?"
//     Let the consumer speak first
//     Change the producer so that the consumer prints its line first.
//     hint: co.sleep(0) goes to the back of the ready queue.
//     ```
//
//     ```lua solution
//     …a whole program that meets the goal…
//     ```
//
//     ```break invariant="print 'counter 2'"
//     Lose an update
//     Choose who runs next, so that one of the two updates is lost.
//     schedule: 14:3 22:main
//     ```
//
// The first line is the title. `hint:` begins a further hint; `schedule:` gives the choices that break the invariant.
#pragma once

#include "lessons/format/fence.h"
#include "lessons/format/lesson.h"
#include "lessons/format/place.h"

namespace co::lessons {

/// Both throw LessonError; `place` is the line of the fence's info string.
Try parse_try(const Fence& fence, const FenceInfo& info, const Place& place);
Break parse_break(const Fence& fence, const FenceInfo& info, const Place& place);

}  // namespace co::lessons
