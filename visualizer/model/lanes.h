// Lanes: each coroutine's life as bars, the names of its operations, and the arrows between lanes.
//
//     LaneBuilder builder(trace);
//     for (each step) builder.add(moment);
//     builder.finish(steps);
//     builder.lanes()[1].stays      // running 3-4, waiting_timer 4-13, ready 13-15, …
//
// It looks only at the coroutines that a step names, so a long run with many coroutines stays cheap.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "visualizer/model/labels.h"
#include "visualizer/model/state.h"

namespace co::studio {

/// One bar of a lane: a coroutine stayed in one activity from one step to another (the end is exclusive). What lasts to
/// the end of the run has `to` = steps() + 1.
struct Stay {
    Activity activity;
    std::uint32_t from;
    std::uint32_t to;
    friend bool operator==(const Stay&, const Stay&) = default;
};

/// The name of an operation, at the step where it happened in its lane: "push", "sleep", "due".
struct Operation {
    std::uint32_t step;
    OperationLabel label;
    bool parks;  // stands on the wait's pattern that begins here, not on the running bar
};

struct Lane {
    std::uint32_t coroutine;
    std::string chip;  // "main", "co#2"
    std::string name;  // "producer"
    std::vector<Stay> stays;
    std::vector<Operation> operations;
};

/// From a cause to its effect: a push to the consumer that it woke (the same step), a value that took a seat to the pop
/// that takes it out, a go() to its child. A timer has no lane, so no arrow starts at one.
struct Arrow {
    std::uint32_t from_step, to_step;
    std::uint32_t from, to;  // coroutines
    friend bool operator==(const Arrow&, const Arrow&) = default;
};

class LaneBuilder {
  public:
    explicit LaneBuilder(const trace::Trace& trace) : trace_(trace) {}

    /// Call it before the step's own event is applied: it looks at the seat that a pop is about to empty.
    void before(const trace::Event& event, const State& state);
    /// `extent`: the step's event and its details; `state`: after them.
    void after(std::span<const trace::Event> extent, const State& state);
    void finish(const State& state);

    /// By coroutine.
    std::vector<Lane> take_lanes();
    std::vector<Arrow> take_arrows() { return std::move(arrows_); }

  private:
    void note_activity(std::uint32_t coroutine, const State& state);
    void note_operation(const trace::Event& event, const State& state);
    void point(std::uint32_t from, std::uint32_t to, std::uint32_t step);
    Lane* lane_of(std::uint32_t coroutine, const State& state);
    void note_end_of_process(const State& state);

    const trace::Trace& trace_;
    std::vector<std::vector<Lane>> lanes_;  // by process, and there by own number
    std::vector<Arrow> arrows_;
    /// The step in which a producer parked with a value -> found by the step in which that value took a seat.
    std::unordered_map<std::uint32_t, std::uint32_t> pushed_at_;
};

/// The indices of the `most` lanes whose coroutines lived longest, in their order: by their shares of the run's steps
/// and of its time. `time_at`: of a step, as a share of the run's.
std::vector<std::uint32_t> longest_of(const std::vector<Lane>& lanes, std::size_t most,
                                      const std::function<double(std::uint32_t)>& time_at);

/// "producer" of `producer("tea")`, "main.lua" of "lessons/main.lua".
std::string function_of(std::string_view call);

}  // namespace co::studio
