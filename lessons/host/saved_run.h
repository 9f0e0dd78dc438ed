// A saved run: all that simulate() leaves, as bytes. What the browser's worker hands to its page, and the format of a
// saved file; the program's text travels in it.
//
//     std::string bytes = co::lessons::save_run(result);
//     RunResult again = co::lessons::read_saved_run(bytes);    // again.trace == result.trace
//
// The bytes are little endian and the same on every machine. They may come from anybody: whatever is wrong with them is
// an error, and what is read may be shown.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "lessons/host/simulate.h"

namespace co::lessons {

/// The bytes are no saved run; the message says why, and what to do.
struct SavedRunError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string save_run(const RunResult& run);

/// Throws SavedRunError.
RunResult read_saved_run(std::string_view bytes);

}  // namespace co::lessons
