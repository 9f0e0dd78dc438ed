// check_size(): no function and no header of the project grows beyond what a reader takes in at once, and nothing in it
// can be changed from everywhere.
//
//     for (const Violation& violation : check_size("/home/me/costudio")) std::puts(violation.text().c_str());
//     // core/sync/channel.cpp:12: a function of 75 lines: no function is longer than 60
//
// It reads the text with its braces counted, and is no compiler:
// - a variable whose initial value stands in parentheses, `Counter counter(7);`, reads like a function's declaration
//   and is not seen;
// - a lambda in the initial value of a variable outside of functions is not measured;
// - what a macro expands to is not seen, and a type's own mutable members behind a const reference are not either.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/project/violation.h"

namespace co::project {

/// Looks through all of the project's C++ below `root` but its tests; in the order of the files' names.
std::vector<Violation> check_size(const std::filesystem::path& root);

}  // namespace co::project
