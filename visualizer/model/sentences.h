// Sentences: what one step did, in words.
//
//     call_text(moment)       // `push("milk")`
//     sentence_text(moment)   // `push("milk"): no consumer waits, so it takes seat 1`
//
// The words before the colon are the call as the script knows it; those after it say why it came out that way.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "visualizer/model/state.h"

namespace co::studio {

/// What the words of a step need of the state before it, so that nobody has to keep a whole State for them.
struct Before {
    CoroutineState self;   // Event::coroutine
    CoroutineState other;  // Event::other
    std::int64_t group_count = 0;
    std::size_t ready_place = 0;  // of `self` in the ready queue; 0: first
    std::string timer;            // "timer t"

    static Before of(const trace::Trace& trace, const trace::Event& event, const State& state);
};

/// One step with everything that explains it.
struct Moment {
    const trace::Trace& trace;
    const trace::Event& event;
    std::span<const trace::Event> details;  // of this step
    const Before& before;
    const State& after;
};

std::string call_text(const Moment& moment);
/// Without a full stop.
std::string sentence_text(const Moment& moment);

}  // namespace co::studio
