// timer: call a function later, once or again and again.
//
//     co::TimerId every = co::timer::tick(200ms, [](co::TimerId) { fmt::print("tick\n"); });
//     co::timer::after(1s, [=] { co::timer::clear(every); });
//
// The callback runs in a fresh coroutine of its own, so it may wait. Called from inside a coroutine.
#pragma once

#include <co/scheduler.h>

namespace co::timer {

/// The longest delay: one day (tutorial 5.1).
inline constexpr Duration longest_delay = std::chrono::milliseconds(86'400'000);

/// Calls `callback` once, `delay` from now. Throws std::invalid_argument for a delay that is not positive or above
/// longest_delay.
inline TimerId after(Duration delay, Callable callback, std::string name = {}) {
    return Scheduler::current().add_timer(delay, std::nullopt, std::move(callback), std::move(name));
}

/// Calls `callback(id)` every `period`. A tick keeps its phase: how long a callback takes does not shift the next one,
/// and periods missed meanwhile are dropped (tutorial 5.1, "timer correction"). Throws like after().
template <typename Callback>
TimerId tick(Duration period, Callback callback, std::string name = {}) {
    struct Ticking {
        Callback callback;
        std::shared_ptr<TimerId> id;
        void operator()() { callback(*id); }
    };
    auto id = std::make_shared<TimerId>();
    *id = Scheduler::current().add_timer(period, period, Ticking{std::move(callback), id}, std::move(name));
    return *id;
}

/// Whether it was set: false for an unknown one, or one that has fired for good.
inline bool clear(TimerId id) { return Scheduler::current().clear_timer(id); }

/// Those that are set, ascending.
inline std::vector<TimerId> list() { return Scheduler::current().list_timers(); }

}  // namespace co::timer
