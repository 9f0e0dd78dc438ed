// event: calls that the event loop makes for you.
//
//     co::event::defer([] { fmt::print("in the next turn\n"); });
//     co::event::cycle([] { flush_logs(); });            // at the end of every turn that did something
//     co::process::signal(co::Signal::terminate, [] { stop(); });
//
// In one turn, in this order: signals, deferred calls, timers, ready descriptors, cycle hook. Each call runs in a fresh
// coroutine, so it may wait. Called from inside a coroutine. (Tutorial 8, "event".)
#pragma once

#include <co/scheduler.h>

namespace co::event {

/// Calls `callback` in the next turn of the loop: what other systems write as a timer of 0 ms. `name`, here and below:
/// of the coroutine that runs it, for reports and the studio.
inline void defer(Callable callback, std::string name = {}) {
    Scheduler::current().call_later(std::move(callback), std::move(name));
}

/// Calls `callback` at the end of every turn in which anything else happened; replaces the one before. An empty
/// Callable removes it.
inline void cycle(Callable callback, std::string name = {}) {
    Scheduler::current().set_cycle_hook(std::move(callback), std::move(name));
}

}  // namespace co::event

namespace co::process {

/// From now on calls `callback` when the signal comes, instead of what the system would do. The last one set counts.
/// Throws std::system_error where the kernel cannot. A parked program waits for its signals on a real machine, where
/// they come from outside; they alone do not keep it from its end.
inline void signal(Signal signal, Callable callback, std::string name = {}) {
    Scheduler::current().on_signal(signal, std::move(callback), std::move(name));
}

}  // namespace co::process
