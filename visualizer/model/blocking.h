// Blocking: calls that held the whole thread, and whom they made late.
//
//     for (const Problem& problem : find_blocking(trace, steps)) show(problem);
//     // main.lua:7: blocking.sleep(0.5) held the whole thread for 500 ms; co#1 and timer t were late.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "visualizer/model/problems.h"

namespace co::studio {

/// One problem for each line of the program that held the thread, however often it did. `steps`: the index of each
/// step's event.
std::vector<Problem> find_blocking(const trace::Trace& trace, std::span<const std::uint32_t> steps);

}  // namespace co::studio
