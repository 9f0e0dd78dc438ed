// The choices of a schedule as a person gives them on the command line: written out, or in a file.
//
//     parse_choices("14:3,22:main")
//     parse_choices("winning.txt")
//
// Throws Misunderstood.
#pragma once

#include <string>

#include "lessons/format/schedule.h"

namespace co::cli {

co::lessons::Schedule parse_choices(const std::string& word);

}  // namespace co::cli
