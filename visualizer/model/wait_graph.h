// Wait graph: which coroutine waits for which other one, as far as the run tells; and a cycle in it, which nothing can
// end.
//
//     const WaitCycle cycle = find_cycle(wait_edges(trace, state));
//     cycle_text(trace, state, cycle)     // "co#1 waits for b, which co#2 holds; co#2 waits for a, which co#1 holds"
//
// An edge leads from whoever waits in lock() to the mutex's or Lock's owner, in join() to those that are to end. Who
// could push to a channel nobody knows, so a channel makes no edge.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

struct WaitEdge {
    std::uint32_t from, to;  // coroutines
    friend bool operator==(const WaitEdge&, const WaitEdge&) = default;
};

/// In the order of the waiting coroutines. A wait with a deadline ends by itself and makes none.
std::vector<WaitEdge> wait_edges(const trace::Trace& trace, const State& state);

/// Coroutines each of which waits for the next, and the last for the first, which has the lowest number; empty: there
/// is no cycle.
using WaitCycle = std::vector<std::uint32_t>;
WaitCycle find_cycle(const std::vector<WaitEdge>& edges);

/// "b", "co#2": what an edge of the graph is labelled with.
std::string edge_label(const trace::Trace& trace, const State& state, const CoroutineState& coroutine);
std::string cycle_text(const trace::Trace& trace, const State& state, const WaitCycle& cycle);

}  // namespace co::studio
