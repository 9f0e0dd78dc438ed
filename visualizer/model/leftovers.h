// Leftovers: what a run ended with that somebody should have taken, and what came too late in it.
//
//     add_leftovers(problems, trace, steps, end);
//     // main.lua:5: results holds 1 value at the end, "milk" first, and nobody pops it any more.
//     add_late(problems, trace, lateness);
//     // main.lua:7: timer beat() fired 170 ms late and dropped 1 tick.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "visualizer/model/problems.h"

namespace co::studio {

/// Values in channels, and wait groups that are not done, of a run that came to its own end.
void add_leftovers(std::vector<Problem>& problems, const trace::Trace& trace, std::span<const std::uint32_t> steps,
                   const State& end);
/// One for each timer and each coroutine that was late, however often.
void add_late(std::vector<Problem>& problems, const trace::Trace& trace, const Lateness& lateness);

}  // namespace co::studio
