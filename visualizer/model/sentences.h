// Sentences: what one step did, in words.
//
//     call_text(moment)       // `push("milk")`
//     sentence_text(moment)   // `push("milk"): no consumer waits, so it takes seat 1`
//
// The words before the colon are the call as the script knows it; those after it say why it came out that way.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "visualizer/model/state.h"

namespace co::studio {

/// One step with everything that explains it.
struct Moment {
    const trace::Trace& trace;
    const trace::Event& event;
    std::span<const trace::Event> details;  // of this step
    const State& before;
    const State& after;
};

std::string call_text(const Moment& moment);
/// Without a full stop.
std::string sentence_text(const Moment& moment);

/// "push", "runs", "due": the operation in one word, as it stands in a lane.
std::string_view operation_label(trace::EventKind kind);
/// The coroutine waits or hands over with this step, so the label stands on that pattern.
bool parks(trace::EventKind kind);
/// "push", "parks in pop", "is due": as it stands in the list of events.
std::string_view event_verb(trace::EventKind kind);
/// The event loop does this step, not the coroutine that the event names.
bool is_done_by_loop(trace::EventKind kind);

}  // namespace co::studio
