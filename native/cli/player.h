// play_in_terminal(): a lesson or script in the terminal that costudio was called from, or, where standard output is
// none, its whole run as plain text.
#pragma once

#include "lessons/format/lesson.h"
#include "native/cli/exit.h"

namespace co::cli {

/// Exit::failed when the plain text tells of a mistake in the program.
Exit play_in_terminal(const co::lessons::Lesson& lesson);

}  // namespace co::cli
