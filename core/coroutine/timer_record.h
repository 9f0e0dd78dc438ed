// Timer: what the scheduler knows of one timer. Small, for there may be many: 80 bytes with its callback.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <co/callable.h>
#include <co/scheduler.h>

#include "pool.h"
#include "timer_heap.h"

namespace co {

/// A parked coroutine's deadline: the entries in a scheduler's heap that last.
struct Sleeper : LastingEntry {
    explicit Sleeper(Coroutine& asleep) : coroutine(asleep) {}
    Coroutine& coroutine;
};

/// What few timers have: a name; what is needed to fire again and again.
struct TimerExtras {
    std::string name;
    std::optional<Duration> period;  // none: fires once
    TimePoint deadline;              // the next one
    Coroutine* firing = nullptr;     // runs the callback and has not waited yet
};

struct Timer : TimerEntry {
    bool is_tick() const { return extras && extras->period; }

    TimerId id = 0;
    std::uint32_t holders = 1;  // see TimerHold
    Callable callback;
    std::unique_ptr<TimerExtras> extras;  // null: fires once, has no name
};

/// Keeps a timer in memory while its callback runs: that may clear its own timer.
class TimerHold {
  public:
    TimerHold(Timer& timer, Pool<Timer>& pool) : timer_(&timer), pool_(&pool) { ++timer.holders; }
    TimerHold(TimerHold&& other) noexcept : timer_(std::exchange(other.timer_, nullptr)), pool_(other.pool_) {}
    TimerHold& operator=(TimerHold&&) = delete;
    ~TimerHold() {
        if (timer_) let_go(*timer_, *pool_);
    }
    Timer* operator->() const { return timer_; }

    static void let_go(Timer& timer, Pool<Timer>& pool) {
        if (--timer.holders == 0) pool.destroy(timer);
    }

  private:
    Timer* timer_;
    Pool<Timer>* pool_;
};

}  // namespace co
