// Problems: what went wrong in a run, as far as its trace tells, each with the place and the remedy.
//
//     for (const Problem& problem : find_problems(trace, steps, end)) show(problem);
//
// An uncaught error, a deadlock with who waits for what and in which circle, a coroutine that was left behind, a call
// that held the whole thread, a timer that came late, what was left in a channel or a wait group, a run that was
// stopped.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "visualizer/model/lateness.h"
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
    schedule,
    partial_deadlock,  // some wait in a circle, others went on
    late,              // a deadline was met too late
    undrained,         // a value was left in a channel
    group_left,        // a wait group was not done, and nobody waited for it
    group_early        // wait() came before the first add(), and so waited for nothing
};

/// Worth knowing, though the run is none the worse for it: it opens no list by itself.
constexpr bool is_remark(ProblemKind kind) {
    return kind == ProblemKind::horizon || kind == ProblemKind::late || kind == ProblemKind::undrained ||
           kind == ProblemKind::group_left || kind == ProblemKind::group_early;
}

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
std::vector<Problem> find_problems(const trace::Trace& trace, std::span<const std::uint32_t> steps, const State& end,
                                   const Lateness& lateness);

/// Both tell of the same thing, in whatever words and whichever file's lines.
bool is_same_finding(const Problem& a, const Problem& b);

}  // namespace co::studio
