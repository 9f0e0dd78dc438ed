// Problems: what went wrong in a run, as far as its trace tells, each with the place and the remedy.
//
//     for (const Problem& problem : find_problems(trace, steps, end)) show(problem);
//
// An uncaught error, a deadlock with who waits for what, a coroutine that was left behind, a call that held the whole
// thread, a run that was stopped.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

enum class ProblemKind : std::uint8_t {
    syntax_error,
    uncaught_error,
    deadlock,
    budget,
    horizon,
    leak,
    blocking,
    schedule
};

/// One finding, with the place and the remedy.
struct Problem {
    ProblemKind kind;
    std::uint32_t step = 0;  // 0: before the first
    std::string file;
    std::uint32_t line = 0;  // 0: no one place
    std::string what;        // one sentence
    std::string remedy;      // one sentence
};

/// `steps`: the index of each step's event; `end`: the state after the last.
std::vector<Problem> find_problems(const trace::Trace& trace, std::span<const std::uint32_t> steps, const State& end);

/// Both tell of the same thing, in whatever words and whichever file's lines.
bool is_same_finding(const Problem& a, const Problem& b);

}  // namespace co::studio
