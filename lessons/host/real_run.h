// run_real() with all that it has to tell: a script on the real machine, with the processes that it starts.
//
//     run_real(script, kernel, {.out = print, .complain = report});
#pragma once

#include <functional>
#include <string_view>

#include "lessons/host/simulate.h"

namespace co::lessons {

struct RealOutput {
    std::function<void(std::string_view)> out;          // gets every printed line at once
    std::function<void(const Finding&)> complain = {};  // what goes wrong in a process that the script has started
    trace::Sink* sink = nullptr;                        // gets the first process's trace; null: nobody does
};

/// The result has what went wrong in the first process.
RunResult run_real(const Script& script, Kernel& kernel, const RealOutput& output);

}  // namespace co::lessons
