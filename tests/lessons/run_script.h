// For the tests of the script API: a script in, its output or its finding out.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "lessons/host/simulate.h"

namespace co::lessons {

inline RunResult run_script(const std::string& text, const SimOptions& options = {}) {
    return simulate({.name = "test.lua", .text = text}, options);
}

/// The same with the world around it.
inline RunResult run_in_world(const std::string& text, const std::string& world, const SimOptions& options = {}) {
    return simulate({.name = "test.lua", .text = text, .world = world}, options);
}

/// The output; what went wrong stands below it.
inline std::string output_of(const RunResult& run) {
    std::string output = run.output;
    for (const Finding& finding : run.findings) output += finding.report();
    return output;
}
inline std::string output_of(const std::string& text, const SimOptions& options = {}) {
    return output_of(run_script(text, options));
}

/// What `call` raises, without its place.
inline std::string error_of(const std::string& call) {
    const std::string output = output_of("print(select(2, pcall(function() " + call + " end)))");
    const std::string place = "test.lua:1: ";
    return output.starts_with(place) ? output.substr(place.size()) : output;
}

/// The events of these kinds, in order, each as "1 gate_wait 2 timeout": who, what, to which object, its text.
inline std::vector<std::string> events_of(const RunResult& run, std::initializer_list<co::trace::EventKind> kinds) {
    std::vector<std::string> events;
    for (const auto& event : run.trace.events) {
        if (std::find(kinds.begin(), kinds.end(), event.kind) == kinds.end()) continue;
        std::string line = event.coroutine == co::trace::nobody ? "loop" : std::to_string(event.coroutine);
        line += ' ' + std::string(co::trace::name(event.kind)) + ' ' + std::to_string(event.object);
        if (event.text != 0) line += ' ' + std::string(run.trace.text(event));
        events.push_back(std::move(line));
    }
    return events;
}

using Lines = std::vector<std::string>;

}  // namespace co::lessons
