// Coroutines: go, defer, sleep, yield, resume, cancel, join.
//
//     co::go([] {
//         co::defer([] { fmt::print("last\n"); });
//         co::sleep(100ms);                  // parks this coroutine; the thread runs others meanwhile
//         fmt::print("first\n");
//     });
//
// All of these are called from inside a coroutine (co::run() starts the first one) and throw std::logic_error
// elsewhere.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>

#include <co/scheduler.h>

namespace co {

/// Runs `body` at once in a new coroutine, inside the caller, until it first waits or ends; then the caller goes on.
/// Throws std::logic_error when nested deeper than SchedulerOptions::max_nesting, std::length_error when
/// max_coroutines are alive, std::system_error when there is no memory for a stack. (Tutorial 1.3.14.)
inline CoroutineId go(Callable body, SourcePlace where = SourcePlace::here()) {
    return Scheduler::current().go(std::move(body), {}, where);
}
/// The same, with a name for reports and the studio.
inline CoroutineId go(std::string name, Callable body, SourcePlace where = SourcePlace::here()) {
    return Scheduler::current().go(std::move(body), {.name = std::move(name)}, where);
}
/// The same, with all that can be said about it.
inline CoroutineId go(GoOptions options, Callable body, SourcePlace where = SourcePlace::here()) {
    return Scheduler::current().go(std::move(body), std::move(options), where);
}

/// Runs `action` when this coroutine ends, last in first out, also after an exception. It may wait. An exception that
/// leaves it is reported like one of the coroutine's own, and the remaining ones still run.
inline void defer(Callable action) { Scheduler::current().defer(std::move(action)); }

/// Parks until the deadline: ok, or cancelled. Zero or a moment that has passed: goes to the back of the ready queue.
inline WaitStatus sleep(Deadline deadline) { return Scheduler::current().sleep(deadline); }

/// Parks until somebody calls resume() with this coroutine's id: ok, or cancelled.
inline WaitStatus yield() { return Scheduler::current().yield(); }

/// Runs a coroutine that is parked in yield() at once, inside the caller, until it next waits or ends. Throws
/// std::logic_error when there is none, or when it does not wait in yield().
inline void resume(CoroutineId id) { Scheduler::current().resume(id); }

/// Ends another coroutine's wait: what it waits in answers `cancelled`. It becomes ready; the caller goes on.
inline CancelStatus cancel(CoroutineId id) { return Scheduler::current().cancel(id); }

/// Waits until all of `ids` have ended; those that have already do not hold it up. Fails at once, with a reason each,
/// for an empty list, an id that go() never gave, this coroutine itself, and one that another coroutine is joining.
inline JoinStatus join(std::span<const CoroutineId> ids, Deadline deadline = forever) {
    return Scheduler::current().join(ids, deadline);
}
inline JoinStatus join(std::initializer_list<CoroutineId> ids, Deadline deadline = forever) {
    return Scheduler::current().join({ids.begin(), ids.size()}, deadline);
}

/// This coroutine's id.
inline CoroutineId id() { return Scheduler::current().id(); }
/// Who started this coroutine; none for the main one and those of timers. It may have ended.
inline std::optional<CoroutineId> parent_id() { return Scheduler::current().parent_id(); }
/// Whether that coroutine is alive.
inline bool exists(CoroutineId id) { return Scheduler::current().exists(id); }
/// The ids of all that are alive, ascending.
inline std::vector<CoroutineId> list() { return Scheduler::current().list(); }
/// What a coroutine is doing and who started it, one line each; empty for one that is not alive.
inline std::vector<std::string> backtrace(CoroutineId id) { return Scheduler::current().backtrace(id); }
inline CoroutineStats stats() { return Scheduler::current().stats(); }
/// Changes limits from now on; coroutines that are alive keep what they have.
inline void set(const LimitChanges& changes) { Scheduler::current().change(changes); }

/// The kernel's monotonic clock.
inline TimePoint now() { return Scheduler::current().now(); }
/// A deadline that several calls share.
inline Deadline deadline_in(Duration duration) { return Deadline(Deadline(duration).expiry(now())); }

}  // namespace co
