// Scheduler: runs the coroutines of one thread, one at a time, until all have ended.
//
//     co::SimKernel kernel;
//     co::Scheduler scheduler(kernel);
//     co::RunReport report = scheduler.run([] { co::go([] { co::sleep(10ms); }); });
//     if (!report.ok()) std::cerr << report.text();
//
// Most programs only call co::run() (co/run.h) and the functions of co/coroutine.h. The order in which coroutines run
// is told in docs/scheduler.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <co/callable.h>
#include <co/costly_calls.h>
#include <co/deadline.h>
#include <co/event.h>
#include <co/kernel.h>
#include <co/source_place.h>
#include <co/wait_place.h>
#include <co/wait_queue.h>
#include <co/wait_status.h>

namespace co {

namespace trace {
class Sink;
}

class RemoteQueue;
class RunOrder;

/// What the loop asks in its phase "ready descriptors": the reactor, once a program has one.
class LoopDescriptors {
  public:
    virtual ~LoopDescriptors() = default;
    /// How many the kernel watches; 0: there is no need to ask it.
    virtual std::size_t watched() const = 0;
    /// Somebody waits for one: the run is not over, and parked coroutines are no deadlock.
    virtual bool is_waited_for() const = 0;
    virtual void became_ready(std::span<const ReadyFd> ready) = 0;
};

/// The main coroutine is 0; go() counts from 1.
using CoroutineId = std::uint32_t;
using TimerId = std::uint32_t;

/// Thrown out of a waiting call when its coroutine is unwound because the run has ended. Let it pass.
struct Unwind {};

/// What becomes of the coroutines that are left when a run ends early.
enum class AtEnd : std::uint8_t {
    unwind,   // their waits throw Unwind: destructors and defers run
    abandon,  // nothing of theirs runs any more; what their own frames hold is lost
};

struct SchedulerOptions {
    trace::Sink* sink = nullptr;             // where probes write; null: they cost one branch
    std::size_t stack_bytes = 256 * 1024;    // of each coroutine
    std::uint32_t max_nesting = 128;         // go() and resume() within each other
    std::uint32_t max_coroutines = 100'000;  // alive at once
    AtEnd at_end = AtEnd::unwind;
    bool measures_stacks = false;       // stats() then knows the deepest stack; each new stack is cleared first
    std::optional<Duration> horizon{};  // kernel time at which the run is ended
    RunOrder* run_order = nullptr;      // who of the ready ones runs next; null: who was woken first
};

/// An exception that nobody caught; it ended its coroutine alone.
struct Failure {
    CoroutineId coroutine;
    std::string name;
    SourcePlace started_at;
    std::uint32_t line;  // as the probes last said; 0: unknown
    std::string what;
    std::exception_ptr error;
};

/// A coroutine that was parked when nothing could wake it any more.
struct Survivor {
    CoroutineId coroutine;
    std::string name;
    SourcePlace started_at;
    std::uint32_t line;  // as the probes last said; 0: unknown
    WaitKind wait;
    std::string waits_for;  // "pop() on results"
};

enum class RunEnd : std::uint8_t { completed, deadlock, horizon, stopped };

struct RunReport {
    RunEnd end = RunEnd::completed;
    std::vector<Failure> failures;
    std::vector<Survivor> survivors;  // of a deadlock
    std::string why_stopped;

    /// Completed, or ended at its horizon, and nothing failed.
    bool ok() const { return failures.empty() && (end == RunEnd::completed || end == RunEnd::horizon); }
    /// For people: each failure and survivor on lines of its own; empty when all is well.
    std::string text() const;
};

struct CoroutineStats {
    std::uint32_t alive = 0;
    std::uint32_t peak = 0;  // most that were alive at once
    std::uint64_t created = 0;
    std::size_t stack_bytes = 0;          // of each, unless go() said otherwise
    std::size_t deepest_stack_bytes = 0;  // most that one coroutine used so far; with measures_stacks only
};

/// What go() may be told about a coroutine.
struct GoOptions {
    std::string name = {};        // for reports and the studio
    std::size_t stack_bytes = 0;  // 0: as the scheduler's
};

enum class CancelStatus : std::uint8_t { ok, unknown, self, not_waiting };
enum class JoinStatus : std::uint8_t { ok, timeout, cancelled, unknown, self, empty, joined_already };

/// "ok", "unknown", "self", "not waiting".
std::string_view name(CancelStatus status);
/// "ok", "timeout", "cancelled", "unknown", "self", "empty", "joined already".
std::string_view name(JoinStatus status);

/// Limits that may change while the scheduler runs; what is not set stays.
struct LimitChanges {
    std::optional<std::uint32_t> max_coroutines{};
    std::optional<std::uint32_t> max_nesting{};
    std::optional<std::size_t> stack_bytes{};
};

/// The stack of a coroutine: for the report of an overflow.
struct StackOwner {
    CoroutineId coroutine = 0;
    const std::byte* lowest = nullptr;  // first usable byte; the guard lies below
    std::size_t stack_bytes = 0;
    SourcePlace started_at{};
};

class Scheduler {
  public:
    explicit Scheduler(Kernel& kernel, SchedulerOptions options = {});
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    ~Scheduler();

    /// Runs `main` as the main coroutine, and all that it starts, until none is left and no timer is set; parked ones
    /// that nothing can wake are a deadlock: reported, then unwound. Once per scheduler; not from within a coroutine.
    RunReport run(Callable main, std::string name = "main");

    /// The scheduler that runs on this thread. Throws std::logic_error where none does.
    static Scheduler& current() { return scheduler_of_this_thread ? *scheduler_of_this_thread : nowhere(); }
    static Scheduler* current_or_null() { return scheduler_of_this_thread; }
    /// For a machine whose threads share one of the host's: the current one is another from now on. Returns the one
    /// before.
    static Scheduler* exchange_current(Scheduler* scheduler);

    // -- coroutines: see co/coroutine.h for what they mean ----------------------------------------------------
    CoroutineId go(Callable body, GoOptions options, SourcePlace where);
    void resume(CoroutineId id);
    WaitStatus yield();
    WaitStatus sleep(Deadline deadline);
    /// What sleep(0) does, for an interpreter that cuts a script off after `lines` lines; the trace is told so.
    WaitStatus cut(std::int64_t lines);
    void defer(Callable action);
    CancelStatus cancel(CoroutineId id);
    JoinStatus join(std::span<const CoroutineId> ids, Deadline deadline);
    std::vector<std::string> backtrace(CoroutineId id) const;
    /// The running coroutine's own value for `key`, made by `make` at the first use; gone when it ends.
    void* local(const void* key, void* (*make)(), void (*destroy)(void*));
    void change(const LimitChanges& changes);
    CoroutineId id() const;
    std::optional<CoroutineId> parent_id() const;
    bool exists(CoroutineId id) const;
    std::vector<CoroutineId> list() const;
    CoroutineStats stats() const;

    // -- timers: see co/timer.h --------------------------------------------------------------------------------
    TimerId add_timer(Duration delay, std::optional<Duration> period, Callable callback, std::string name);
    bool clear_timer(TimerId id);
    std::vector<TimerId> list_timers() const;

    // -- the event loop: see co/loop.h, co/remote.h --------------------------------------------------------------
    void call_later(Callable callback, std::string name);
    void set_cycle_hook(Callable callback, std::string name);
    void on_signal(Signal signal, Callable callback, std::string name);
    /// Holds the whole thread, as a blocking call does; see co/blocking.h.
    void block(Duration duration, Holding how);
    std::shared_ptr<RemoteQueue> remote_queue();
    /// What somebody keeps with this scheduler under a key of their own; null: nothing. Found without a lock.
    void attach(const void* key, void* what);
    void* attached(const void* key) const;
    /// Null until set_descriptors().
    LoopDescriptors* descriptors() const;
    void set_descriptors(std::unique_ptr<LoopDescriptors> descriptors);

    // -- for those who build primitives ------------------------------------------------------------------------
    Kernel& kernel() { return kernel_; }
    TimePoint now() const { return kernel_.now(); }
    /// When this turn of the loop began: for limits of seconds, and free where the clock costs something. Where it does
    /// not, as on the simulated machine, it is now().
    TimePoint turn_began() const {
        if (clock_is_costly_) [[likely]]
            return turn_began_;
        return now();
    }
    /// Until when `deadline` lets somebody wait from now on (TimePoint::max(): no limit); nothing when it has passed.
    /// Asks the clock only where the answer depends on it: that costs as much as four switches.
    std::optional<TimePoint> wait_until(Deadline deadline) const {
        if (deadline.is_forever()) return TimePoint::max();
        if (deadline.is_never()) return std::nullopt;
        // A moment that passed in this turn is found out by the next one.
        TimePoint start = deadline.is_absolute() ? turn_began() : now();
        TimePoint expiry = deadline.expiry(start);
        return expiry > start ? std::optional(expiry) : std::nullopt;
    }
    /// The running coroutine. Throws std::logic_error where there is none.
    Coroutine* running() const { return running_ ? running_ : outside(); }
    /// Parks the running coroutine until wake() or `expiry` (TimePoint::max(): no limit). `node` (may be null) and its
    /// siblings are taken out of their queues whatever wakes it. Throws Unwind when the run has ended.
    WaitStatus park(const WaitPlace& place, TimePoint expiry, WaitNode* node);
    /// Makes a parked coroutine ready; it goes to the back of the ready queue.
    void wake(Coroutine& coroutine, WaitStatus reason);
    /// A number for a new channel, group or gate: counted from 1 for each kind of thing.
    std::uint32_t next_channel_id();
    std::uint32_t next_group_id();
    std::uint32_t next_gate_id();
    /// The same for a piece of shared memory; no other process of the machine gives that number, too.
    std::uint32_t next_shared_id();
    /// The source line of the running coroutine, as the probes last said; 0: unknown.
    std::uint32_t line() const;
    /// Ends the run as soon as the running coroutine waits or ends; the report says why.
    void stop(std::string why);
    bool is_stopping() const;
    /// Safe in a signal handler.
    std::optional<StackOwner> running_stack() const;

    // -- probes: see co/probe.h --------------------------------------------------------------------------------
    bool traces() const { return sink_ != nullptr; }
    /// Where they write; null: nowhere.
    trace::Sink* sink() const { return sink_; }
    struct Probe {
        std::uint32_t object = 0;
        std::uint32_t other = trace::nobody;
        std::int64_t value = 0;
        std::string_view text = {};
    };
    /// Records what the running coroutine did. Costs a branch when traces() is false, but the arguments may cost more:
    /// then ask first.
    void record(trace::EventKind kind, const Probe& probe) {
        if (traces()) [[unlikely]]
            record_for_running(kind, probe);
    }
    /// The running coroutine reached a line of its source.
    void reached(std::uint16_t source, std::uint32_t line);

  private:
    struct Impl;
    friend struct Impl;
    friend class Relay;

    [[noreturn, gnu::cold]] static Scheduler& nowhere();
    [[noreturn, gnu::cold]] static Coroutine* outside();
    [[gnu::cold]] void record_for_running(trace::EventKind kind, const Probe& probe);

    // The one piece of mutable state that is not inside a Scheduler: which one runs on this thread.
    static constinit thread_local Scheduler* scheduler_of_this_thread;

    Kernel& kernel_;
    trace::Sink* sink_;
    const Thrift clock_is_costly_;
    TimePoint turn_began_{};
    Coroutine* running_ = nullptr;
    std::vector<std::pair<const void*, void*>> attached_;
    std::unique_ptr<Impl> impl_;
};

/// The id of a coroutine that a WaitNode names.
CoroutineId id_of(const Coroutine& coroutine);

/// A Deadline as nanoseconds of an Event.
std::int64_t event_time(TimePoint moment);

}  // namespace co
