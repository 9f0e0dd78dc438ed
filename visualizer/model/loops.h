// Loops: every event loop of a recorded run: what it watches, what woke it, and where in its turn it is. Each process
// and each thread of one has its own.
//
//     Loops loops;
//     for (const auto& event : trace.events) loops.apply(event, step);
//     loops.find(4)->descriptor(3)->watched        // Watch::read
//
// Part of a State: rebuilt from events alone.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include <co/event.h>

#include "visualizer/model/timer_heap.h"

namespace co::studio {

/// What a descriptor is watched for, or was found ready for: none, one, or both.
struct Watch {
    static constexpr std::uint8_t none = 0, read = 1, write = 2, both = 3;
};

struct Descriptor {
    std::uint32_t fd = 0;
    std::uint8_t watched = Watch::none;
    std::uint8_t ready = Watch::none;          // by the latest poll of its loop
    std::uint32_t named_step = 0;              // listen, accept, connect: what says what it is; 0: nothing has
    std::uint32_t waiter = co::trace::nobody;  // who waited for it last
    std::uint32_t waiter_name = 0;             // text: its name
    std::uint32_t woken = co::trace::nobody;   // whom it last woke
    std::uint32_t woken_step = 0;              // 0: never
    std::uint32_t outcome_step = 0;            // what that one then did with it; 0: nothing yet
};

/// Where a loop is in its turn, in the order in which it goes through them.
enum class LoopPlace : std::uint8_t { run, signals, deferred, timers, descriptors, hook, wait };
inline constexpr int loop_places = 7;

struct Loop {
    std::uint32_t process = 0;
    std::uint32_t parent = co::trace::nobody;  // the process that started it
    bool is_thread = false;                    // of its parent: they share descriptors
    bool has_ended = false;
    std::uint32_t name = 0;  // text: its part in a server, else the process's name
    LoopPlace place = LoopPlace::run;
    bool is_waiting = false;  // the kernel has its thread
    std::int64_t until = 0;   // ns: of the latest wait
    std::int64_t waits_since = 0;
    std::uint32_t wait_step = 0;  // of the latest wait; 0: it has not waited yet
    std::uint32_t turns = 0;      // polls that found something, or waited
    std::uint32_t running = co::trace::nobody;
    std::vector<Descriptor> descriptors{};  // by number; what it has closed is gone

    // Of process 0 the State itself knows these.
    std::deque<std::uint32_t> ready{};
    TimerHeap heap{};

    const Descriptor* descriptor(std::uint32_t fd) const;
    /// How many the kernel watches for it.
    std::size_t watched() const;

    struct Name {
        std::uint32_t coroutine, text;
    };
    std::vector<Name> names{};  // of coroutines alive; of the main one there is none
    /// A text; 0: it has none.
    std::uint32_t name_of(std::uint32_t coroutine) const;
};

class Loops {
  public:
    /// `step`: the number of the event, or of the step that it belongs to.
    void apply(const co::trace::Event& event, std::uint32_t step);

    const std::vector<Loop>& all() const { return loops_; }
    /// Null for a process that is not known.
    const Loop* find(std::uint32_t process) const;
    /// Where the descriptor was named: in the loop's own process, or in one that it has its descriptors from. 0:
    /// nowhere.
    std::uint32_t named_step(const Loop& loop, std::uint32_t fd) const;
    /// The loop with descriptors in which something happened last; null: there is none.
    const Loop* latest() const { return find(latest_); }
    /// What a copy takes, nearly.
    std::size_t bytes() const;

  private:
    Loop& at(std::uint32_t process);
    void apply_to_process(const co::trace::Event& event);
    void end_process(std::uint32_t process);

    std::vector<Loop> loops_;  // by process
    std::uint32_t latest_ = co::trace::nobody;
};

}  // namespace co::studio
