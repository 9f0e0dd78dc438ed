// Lateness: when the thread was held, which deadlines passed meanwhile, and which ticks never came.
//
//     LatenessBuilder lateness;
//     for (each step) lateness.before(extent, state);     // the step's event and its details; the state before them
//     lateness.take().held                                // from 320 ms on, for 250 ms, by co#5
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

/// A call that held the whole thread: no coroutine of the process could run.
struct Held {
    std::uint32_t step;
    std::uint32_t coroutine;
    std::int64_t from;  // ns
    std::int64_t time;  // ns that it lasted
    std::uint32_t process = 0;
    std::int64_t to() const { return from + time; }
};

/// A tick that never came: the timer was late for it, and does not make up for what it missed.
struct DroppedTick {
    std::uint32_t step;  // that found it missed
    std::uint32_t timer;
    std::int64_t due;  // ns
};

/// A deadline that was met a millisecond too late, or more.
struct Late {
    std::uint32_t step;       // that met it
    std::uint32_t timer;      // or
    std::uint32_t coroutine;  // nobody: it is a timer
    std::int64_t due;         // ns
    std::int64_t by;          // ns
    std::uint32_t line = 0;   // where the timer was set, or the coroutine waited
    std::uint32_t name = 0;   // text: the timer's
};

struct Lateness {
    std::vector<Held> held = {};
    std::vector<DroppedTick> dropped = {};
    std::vector<Late> late = {};

    /// The call that holds the thread after `step`; null: none does.
    const Held* at(std::uint32_t step) const;
};

class LatenessBuilder {
  public:
    void before(std::span<const trace::Event> extent, const State& state);
    Lateness take() { return std::move(found_); }

  private:
    void meet(const trace::Event& event, std::uint32_t step, const State& state);
    void drop(const TimerState& timer, std::int64_t from, std::int64_t next, std::uint32_t step);

    Lateness found_;
    std::map<std::uint32_t, std::uint32_t> lines_;  // where each timer was set
};

}  // namespace co::studio
