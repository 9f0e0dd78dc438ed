// Model: a trace made ready to be looked at: any moment's State, the lanes, the arrows, the sentences.
//
//     co::studio::Model model(std::move(trace));
//     model.steps()              // 38
//     model.at(20).running       // 2
//     model.sentence(20)         // "push("milk"): no consumer waits, so it takes seat 1"
//
// Pure: no window, no clock, no ImGui. Seeking costs at most `keyframe_every` events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

/// One bar of a lane: a coroutine stayed in one activity from one step to another (the end is exclusive).
struct Stay {
    Activity activity;
    std::uint32_t from;
    std::uint32_t to;
};

/// The name of an operation, at the step where it happened in its lane: "push", "sleep", "due".
struct Operation {
    std::uint32_t step;
    std::string_view label;
    bool parks;  // stands on the wait's pattern that begins here, not on the running bar
};

struct Lane {
    std::uint32_t coroutine;
    std::string chip;  // "main", "co#2"
    std::string name;  // "producer"
    std::vector<Stay> stays;
    std::vector<Operation> operations;
};

/// From a cause to its effect: a push to the consumer it woke, a wake-up to the run, a go() to its child.
struct Arrow {
    std::uint32_t from_step, to_step;
    std::uint32_t from, to;  // coroutines; from may be nobody (a timer)
};

struct OutputLine {
    std::uint32_t step;
    std::int64_t time;  // ns
    std::uint32_t coroutine;
    std::string_view text;
};

/// The steps from `from` on (to the next clock span) happened at the same instant.
struct ClockSpan {
    std::uint32_t from;
    std::int64_t time;  // ns
};

enum class ProblemKind : std::uint8_t { syntax_error, uncaught_error, deadlock, budget, horizon, leak };

/// One finding, with the place and the remedy.
struct Problem {
    ProblemKind kind;
    std::uint32_t step = 0;  // 0: before the first
    std::string file;
    std::uint32_t line = 0;  // 0: no one place
    std::string what;        // one sentence
    std::string remedy;      // one sentence
};

struct EventLine {
    std::uint32_t step;
    std::int64_t time;
    std::string who;   // "co#2", "loop"
    std::string verb;  // "push", "parks in pop"
    std::string what;  // the sentence
};

class Model {
  public:
    static constexpr std::uint32_t keyframe_every = 256;  // steps

    explicit Model(co::trace::Trace trace);

    const co::trace::Trace& trace() const { return trace_; }
    /// Number of steps; a cursor goes from 0 (before the first) to steps().
    std::uint32_t steps() const { return static_cast<std::uint32_t>(step_events_.size()); }
    /// The state after step `step` (clamped).
    State at(std::uint32_t step) const;
    /// The event of step 1..steps().
    const co::trace::Event& event(std::uint32_t step) const;
    /// The first step at or after `ns`; steps() when none is.
    std::uint32_t step_at_time(std::int64_t ns) const;
    /// The nearest step before / after `step` at which another coroutine runs.
    std::uint32_t previous_switch(std::uint32_t step) const;
    std::uint32_t next_switch(std::uint32_t step) const;
    /// The nearest step of `coroutine` before / after `step`.
    std::uint32_t previous_of(std::uint32_t coroutine, std::uint32_t step) const;
    std::uint32_t next_of(std::uint32_t coroutine, std::uint32_t step) const;

    const std::vector<Lane>& lanes() const { return lanes_; }
    const std::vector<Arrow>& arrows() const { return arrows_; }
    const std::vector<OutputLine>& output() const { return output_; }
    const std::vector<ClockSpan>& clock() const { return clock_; }
    const std::vector<Problem>& problems() const { return problems_; }
    void add_problem(Problem problem) { problems_.push_back(std::move(problem)); }

    std::string_view text(std::uint32_t index) const { return trace_.texts[index]; }
    /// "main", "co#2", "loop".
    static std::string chip(std::uint32_t coroutine);
    /// "producer" of `producer("tea")`.
    std::string_view function_name(std::uint32_t coroutine) const;
    /// What step `step` did, in one sentence without a full stop: `push("milk"): no consumer waits, so it
    /// takes seat 1`.
    std::string sentence(std::uint32_t step) const;
    /// The short form that hangs on the playhead: `push("milk")`.
    std::string call(std::uint32_t step) const;
    EventLine line(std::uint32_t step) const;

    /// The card of a coroutine: why it is here, who woke it, what comes next.
    struct Card {
        std::string chip, state, place;  // "co#2", "running", `producer("milk"), line 5`
        std::vector<std::pair<std::string, std::string>>
            rows;  // "Just now" -> sentence, "Woken by" -> …, "Next" -> …
    };
    Card card(std::uint32_t coroutine, const State& state) const;

  private:
    void index();

    co::trace::Trace trace_;
    std::vector<std::uint32_t> step_events_;  // step - 1 -> index of its event
    std::vector<State> keyframes_;
    std::vector<Lane> lanes_;
    std::vector<Arrow> arrows_;
    std::vector<OutputLine> output_;
    std::vector<ClockSpan> clock_;
    std::vector<Problem> problems_;
};

/// 0.12 s -> "120 ms"; the clock as the studio writes it.
std::string duration_text(std::int64_t ns);
/// 0.12 s -> "0.120 s".
std::string seconds_text(std::int64_t ns);

}  // namespace co::studio
