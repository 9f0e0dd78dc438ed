// Labels: an operation in one word or two.
//
//     operation_label(event, state)   // "push", "lock"
//     event_verb(event, state)        // "push", "parks in lock"
#pragma once

#include <string_view>

#include "visualizer/model/state.h"

namespace co::studio {

/// "push", "runs", "due": the operation in one word, as it stands in a lane. Four bytes, for a long run has many.
class OperationLabel {
  public:
    /// `state` knows what a gate is.
    OperationLabel(const trace::Event& event, const State& state);
    std::string_view text() const;
    operator std::string_view() const { return text(); }
    friend bool operator==(const OperationLabel& label, std::string_view text) { return label.text() == text; }

  private:
    trace::EventKind kind_;
    GateKind gate_ = GateKind::mutex;        // which one, where it is one
    SharedKind shared_ = SharedKind::table;  // likewise
    bool is_cut_off_ = false;
};
std::string_view operation_label(const trace::Event& event, const State& state);
/// The coroutine waits or hands over with this step, so the label stands on that pattern.
bool leaves_running(trace::EventKind kind);
/// "push", "parks in pop", "is due": as it stands in the list of events.
std::string_view event_verb(const trace::Event& event, const State& state);
/// The event loop does this step, not the coroutine that the event names.
bool is_done_by_loop(trace::EventKind kind);

}  // namespace co::studio
