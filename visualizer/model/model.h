// Model: a trace made ready to be looked at: any moment's State, the lanes, the arrows, the sentences.
//
//     co::studio::Model model(std::move(trace));
//     model.steps()              // 39
//     model.at(20).running       // 2
//     model.sentence(20)         // "push("milk"): no consumer waits, so it takes seat 1"
//
// Pure: no window, no clock, no ImGui. Seeking folds the steps since the last keyframe: at most `keyframe_every`, more
// in a run with so many coroutines that its keyframes would outweigh it. docs/studio.md has the figures.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/model/card.h"
#include "visualizer/model/connections.h"
#include "visualizer/model/lane_rows.h"
#include "visualizer/model/lanes.h"
#include "visualizer/model/lateness.h"
#include "visualizer/model/problems.h"
#include "visualizer/model/processes.h"
#include "visualizer/model/state.h"
#include "visualizer/model/traffic.h"
#include "visualizer/model/words.h"

namespace co::studio {

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

struct EventLine {
    std::uint32_t step;
    std::int64_t time;
    std::string who;      // "co#2", "loop"
    std::string process;  // "worker 1" where several processes take part, else empty
    std::string verb;     // "push", "parks in pop"
    std::string what;     // the sentence
    std::string call;     // its short form
};

class Model {
  public:
    using Card = studio::Card;
    static constexpr std::uint32_t keyframe_every = 256;  // steps, at least
    /// The value of a `start` event whose trace was recorded on a real machine, by its clock.
    static constexpr std::int64_t real_clock = 1;

    class Builder;

    /// A broken trace (a text or source that is not there) is mended: what is missing reads as empty.
    explicit Model(co::trace::Trace trace);
    // Views point into the trace, so a model moves but is not copied.
    Model(Model&&) = default;
    Model& operator=(Model&&) = default;

    /// The history as the model has it: with several processes, everything that has a number carries its process.
    const co::trace::Trace& trace() const { return trace_; }
    /// The history as it was recorded.
    const co::trace::Trace& recorded() const { return recorded_ ? *recorded_ : trace_; }
    /// What processes told each other, and the ways of requests.
    const Traffic& traffic() const { return traffic_; }
    /// Who took part: one process at least.
    const Processes& processes() const { return *processes_; }
    /// Number of steps; a cursor goes from 0 (before the first) to steps().
    std::uint32_t steps() const { return static_cast<std::uint32_t>(step_events_.size()); }
    /// The state after step `step` (clamped).
    State at(std::uint32_t step) const;
    /// Takes a state of this model one step further; nothing happens at the end.
    void advance(State& state) const;
    /// The event of step 1..steps().
    const co::trace::Event& event(std::uint32_t step) const;
    /// The run was recorded on a real machine: its time is a wall clock's.
    bool has_wall_clock() const;
    /// What is still to come after `step`: lines, steps and details.
    std::span<const co::trace::Event> events_after(std::uint32_t step) const;
    /// The first step at or after `ns`; steps() when none is.
    std::uint32_t step_at_time(std::int64_t ns) const;
    /// The nearest step before / after `step` at which another coroutine runs; 0 / steps() when there is none.
    std::uint32_t previous_switch(std::uint32_t step) const;
    std::uint32_t next_switch(std::uint32_t step) const;
    /// The nearest step before / after `step` that `coroutine` made or that changed what it is doing; `step` itself
    /// when there is none.
    std::uint32_t previous_of(std::uint32_t coroutine, std::uint32_t step) const;
    std::uint32_t next_of(std::uint32_t coroutine, std::uint32_t step) const;

    /// One for each coroutine, by id.
    const std::vector<Lane>& lanes() const { return lanes_; }
    /// The indices of those that lived longest, in their order: at most 20.
    const std::vector<std::uint32_t>& longest_lanes() const { return longest_lanes_; }
    /// How they stand below each other.
    const LaneRows& rows() const { return rows_; }
    /// Null for a coroutine that is not known.
    const Lane* lane(std::uint32_t coroutine) const;
    /// Its place among lanes().
    std::optional<std::size_t> lane_place(std::uint32_t coroutine) const;
    const std::vector<Arrow>& arrows() const { return arrows_; }
    const std::vector<OutputLine>& output() const { return output_; }
    const std::vector<ClockSpan>& clock() const { return clock_; }
    const std::vector<Problem>& problems() const { return problems_; }
    /// What lies where on every connection.
    const Connections& connections() const { return connections_; }
    /// When the thread was held, and what came late or never.
    const Lateness& lateness() const { return lateness_; }
    /// Adds what the trace does not know (a syntax error). Of what it knows already only the place and the remedy are
    /// taken over, as the host names the lesson's own file and lines.
    void add_problem(Problem problem);

    std::string_view text(std::uint32_t index) const { return trace_.texts[index]; }
    /// "main", "co#2", "loop".
    static std::string chip(std::uint32_t coroutine) { return chip_text(coroutine); }
    /// "producer" of `producer("tea")`.
    std::string_view function_name(std::uint32_t coroutine) const;
    /// What step `step` did, in one sentence without a full stop: `push("milk"): no consumer waits, so it
    /// takes seat 1`.
    std::string sentence(std::uint32_t step) const;
    /// The short form that hangs on the playhead: `push("milk")`.
    std::string call(std::uint32_t step) const;
    EventLine line(std::uint32_t step) const;
    /// Takes `state` one step further, like advance(), and tells what that step did: the quick way to tell all of them.
    EventLine next_line(State& state) const;

    /// The card of a coroutine: why it is here, who woke it, what comes next. Empty for one that is not known.
    Card card(std::uint32_t coroutine, const State& state) const { return make_card(*this, coroutine, state); }

  private:
    struct Unread {};
    Model(co::trace::Trace trace, Unread);
    void mend();
    void join_processes();
    void index_step(std::uint32_t step, State& state, LaneBuilder& lanes);
    void finish(State state, LaneBuilder& lanes);
    bool is_keyframe_due(const State& state) const;
    /// The latest state at or before `step` that is at hand.
    const State& nearest(std::uint32_t step) const;
    void advance_to(State& state, std::uint32_t step) const;
    /// The event after the last one that belongs to `step`.
    std::uint32_t end_of(std::uint32_t step) const;
    /// The step's own event and its details.
    std::span<const co::trace::Event> extent(std::uint32_t step) const;

    co::trace::Trace trace_;
    std::unique_ptr<co::trace::Trace> recorded_;  // of a run with several processes: as it was
    std::unique_ptr<Processes> processes_;        // states point to it
    std::vector<std::uint32_t> step_events_;      // step - 1 -> index of its event
    std::vector<State> keyframes_;                // the first one is before the first step
    mutable EventLine told_{};                    // the last one that was asked for: a frame asks several times
    mutable State recent_;                 // a little before the step that was asked for last: the next is near it
    std::vector<std::uint32_t> switches_;  // steps at which another coroutine runs
    std::vector<Lane> lanes_;
    std::vector<std::uint32_t> longest_lanes_;
    LaneRows rows_;
    Traffic traffic_;
    std::vector<Arrow> arrows_;
    std::vector<OutputLine> output_;
    std::vector<ClockSpan> clock_;
    LatenessBuilder lateness_builder_;  // while the run is being read
    Lateness lateness_;
    Connections connections_;
    std::vector<Problem> problems_;
    std::vector<std::size_t> unplaced_;  // of problems_: what the trace told and nobody has placed in a file yet
};

/// A model made a few steps at a time, for whoever must answer to a person meanwhile.
///
///     Model::Builder builder(std::move(trace));
///     while (!builder.read(2000)) breathe();
///     std::unique_ptr<Model> model = builder.take();
class Model::Builder {
  public:
    explicit Builder(co::trace::Trace trace);
    /// Reads so many steps more; true when all have been read.
    bool read(std::uint32_t steps);
    /// Once, when all have been read.
    std::unique_ptr<Model> take();

  private:
    std::unique_ptr<Model> model_;
    LaneBuilder lanes_;
    State state_;
};

}  // namespace co::studio
