// What a Scheduler holds, and the steps that its public functions are made of.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include <co/costly_calls.h>
#include <co/remote.h>
#include <co/scheduler.h>

#include "coroutine_record.h"
#include "id_table.h"
#include "stack.h"
#include "timer_heap.h"

namespace co {

/// What a phase of the loop is asked to call.
struct LoopCall {
    Callable callback;
    std::string name;  // of the coroutine that runs it; empty: the phase's
};

struct Scheduler::Impl {
    Impl(Scheduler& owner, const SchedulerOptions& chosen)
        : scheduler(owner), options(chosen), is_thrifty(owner.kernel()) {}
    ~Impl();

    // -- life of a coroutine (scheduler.cpp) -------------------------------------------------------------------
    Coroutine& create(Callable&& body, GoOptions&& how, const SourcePlace& where);
    /// Throws std::length_error where there is none for one more.
    void check_room() const {
        if (coroutines.size() >= options.max_coroutines) [[unlikely]]
            too_many();
    }
    [[noreturn, gnu::cold, gnu::noinline]] void too_many() const;
    /// Among those that are alive.
    void add(Coroutine& coroutine) {
        coroutines.insert(&coroutine);
        peak = std::max(peak, static_cast<std::uint32_t>(coroutines.size()));
    }
    [[gnu::noinline]] Coroutine& new_record(std::size_t stack_bytes);
    void retire(Coroutine& coroutine);
    void free_ended();
    void destroy(Coroutine& coroutine);
    bool may_serve_again(const Coroutine& coroutine) const;
    [[gnu::noinline]] void free_record(Coroutine& coroutine);
    void free_spares();
    StackPool& stacks_for(std::size_t bytes);
    void measure(const Coroutine& coroutine);
    static void entry(void* coroutine);
    void run_body(Coroutine& coroutine);
    [[gnu::noinline]] void run_deferred(Coroutine& coroutine);
    [[gnu::noinline]] void drop_locals(Coroutine& coroutine);
    [[gnu::noinline]] void tell_joiner(Coroutine& coroutine);
    template <typename Action>
    void guard(Coroutine& coroutine, Action&& action);
    [[gnu::cold]] void fail(Coroutine& coroutine, std::string what, std::exception_ptr error);

    // -- switching (scheduler.cpp) -----------------------------------------------------------------------------
    Answer enter(Coroutine& coroutine);
    WaitStatus park(Coroutine& self, const WaitPlace& place, TimePoint expiry, WaitNode* node);
    WaitStatus leave(Coroutine& self);
    Context& next_after(Coroutine& coroutine);
    Coroutine* take_ready();
    [[gnu::cold]] Coroutine& take_chosen();
    [[gnu::cold]] static WaitStatus unwound(WaitNode* node);
    static Answer unwind_here(Context& context);
    void make_ready(Coroutine& coroutine, WaitStatus reason);
    WaitStatus requeue(Coroutine& self, std::int64_t lines);

    // -- the loop (loop.cpp) -----------------------------------------------------------------------------------
    void run_loop();
    void run_ready();
    /// Makes ready what signals, deferred calls, timers and other threads brought; then the cycle hook, if anything
    /// was.
    void run_phases();
    bool phases_have_work() {
        if (unwinding || !later.empty() || !signal_callbacks.empty() || remote || cycle_hook) return true;
        if (descriptors && watches_descriptors()) return true;
        return !heap.is_empty() && next_timer_at() <= scheduler.now();
    }
    /// Where waking up in vain, now and then, costs less than to look through timers that were cleared.
    TimePoint next_timer_at() { return is_thrifty ? heap.soonest() : heap.next_deadline(); }
    void take_in(RemoteWork& work);
    void call_in_loop(std::shared_ptr<LoopCall> call, trace::LoopPhase phase);
    /// Waits for the next deadline. False when there is nothing to wait for: the run is over.
    bool wait_for_something();
    bool waits_for_others();
    bool watches_descriptors() const;
    void take_ready_descriptors();
    bool is_about_to_wait() const;
    bool may_ask_later();
    /// Asks the kernel. False when this process was killed meanwhile.
    bool ask_kernel(TimePoint until);
    void killed();
    void end(RunEnd how, std::string why);
    void report_deadlock();
    void unwind_all();
    void abandon_all();

    // -- timers (timers.cpp) -----------------------------------------------------------------------------------
    void fire_due_timers();
    void time_out(Coroutine& coroutine);
    void fire(Timer& timer);
    void keep_phase(Timer& timer);
    void forget(Timer& timer);
    void forget_timers();

    void record(trace::EventKind kind, const Coroutine* who, const Probe& probe) {
        if (scheduler.traces()) [[unlikely]]
            record_for(kind, who, probe);
    }
    [[gnu::cold]] void record_for(trace::EventKind kind, const Coroutine* who, const Probe& probe);
    [[gnu::cold]] void record_go(const Coroutine& child);
    void record_set(const Timer& timer, TimePoint deadline);

    Scheduler& scheduler;
    SchedulerOptions options;
    const Thrift is_thrifty;                  // with calls of the kernel
    std::map<std::size_t, StackPool> stacks;  // by size
    StackPool* usual_stacks = nullptr;        // the one for options.stack_bytes
    Context loop;
    Coroutine* ended = nullptr;  // its stack is freed when the next one ends or begins
    SpareCoroutines spares;
    ReadyQueue ready;
    bool in_turn = false;       // run_ready() is at work
    std::size_t turn_left = 0;  // how many of the ready ones may still run in this turn of the loop
    TimerHeap heap;
    IdTable<Coroutine*> coroutines;
    Pool<Timer> timer_pool;
    IdTable<Timer*> timers;
    CoroutineId next_coroutine = 0;
    TimerId next_timer = 1;
    std::uint32_t next_channel = 1;
    std::uint32_t next_group = 1;
    std::uint32_t next_gate = 1;
    std::uint32_t next_shared = 1;
    std::uint32_t peak = 0;
    std::size_t deepest_stack = 0;
    std::vector<std::shared_ptr<LoopCall>> later;  // event::defer
    std::shared_ptr<LoopCall> cycle_hook;
    std::map<Signal, std::shared_ptr<LoopCall>> signal_callbacks;
    std::shared_ptr<RemoteQueue> remote;
    std::unique_ptr<LoopDescriptors> descriptors;
    std::array<ReadyFd, 64> ready_descriptors{};
    std::size_t ready_count = 0;  // of them, as the kernel last said
    bool has_asked = false;       // the kernel, in this turn
    int turns_unasked = 0;        // since it was asked
    std::uint64_t ran = 0;        // how often a coroutine was taken from the ready queue
    std::uint64_t ran_at_hook = 0;
    bool has_run = false;
    bool stopping = false;
    bool unwinding = false;
    bool was_killed = false;
    bool is_stuck = false;  // the kernel says that nothing can happen any more
    RunReport report;
};

template <typename Action>
[[gnu::always_inline]] inline void Scheduler::Impl::guard(Coroutine& coroutine, Action&& action) {
    try {
        action();
    } catch (const Unwind&) {
        // The run has ended; what this coroutine held is destroyed by now.
    } catch (const ProcessKilled&) {
        killed();
    } catch (const std::exception& error) {
        fail(coroutine, error.what(), std::current_exception());
    } catch (...) {
        fail(coroutine, "an exception that is not a std::exception", std::current_exception());
    }
}

}  // namespace co
