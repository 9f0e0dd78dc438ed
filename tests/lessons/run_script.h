// For the tests of the script API: a script in, its output or its finding out.
#pragma once

#include <string>

#include "lessons/host/simulate.h"

namespace co::lessons {

inline RunResult run_script(const std::string& text, const SimOptions& options = {}) {
    return simulate({.name = "test.lua", .text = text}, options);
}

/// The output; what went wrong stands below it.
inline std::string output_of(const std::string& text, const SimOptions& options = {}) {
    const RunResult run = run_script(text, options);
    std::string output = run.output;
    for (const Finding& finding : run.findings) output += finding.report();
    return output;
}

/// What `call` raises, without its place.
inline std::string error_of(const std::string& call) {
    const std::string output = output_of("print(select(2, pcall(function() " + call + " end)))");
    const std::string place = "test.lua:1: ";
    return output.starts_with(place) ? output.substr(place.size()) : output;
}

}  // namespace co::lessons
