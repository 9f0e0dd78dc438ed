// What a Scheduler holds, and the steps that its public functions are made of.
#pragma once

#include <map>
#include <memory>

#include <co/scheduler.h>

#include "coroutine_record.h"
#include "coroutine_table.h"
#include "stack.h"
#include "timer_heap.h"

namespace co {

struct Scheduler::Impl {
    Impl(Scheduler& owner, const SchedulerOptions& chosen)
        : scheduler(owner), options(chosen), stacks(chosen.stack_bytes) {}

    // -- life of a coroutine (scheduler.cpp) -------------------------------------------------------------------
    Coroutine& create(Callable body, std::string name, SourcePlace where);
    void destroy(Coroutine& coroutine);
    static void entry(void* coroutine);
    void run_body(Coroutine& coroutine);
    template <typename Action>
    void guard(Coroutine& coroutine, Action&& action);
    void fail(Coroutine& coroutine, std::string what, std::exception_ptr error);

    // -- switching (scheduler.cpp) -----------------------------------------------------------------------------
    void enter(Coroutine& coroutine);
    Context& next_after(Coroutine& coroutine);
    Coroutine* take_ready();
    void after_switch();
    void make_ready(Coroutine& coroutine, WakeReason reason);

    // -- the loop (loop.cpp) -----------------------------------------------------------------------------------
    void run_loop();
    void run_ready();
    /// Waits for the next deadline. False when there is nothing to wait for: the run is over.
    bool wait_for_something();
    void end(RunEnd how, std::string why);
    void report_deadlock();
    void unwind_all();

    // -- timers (timers.cpp) -----------------------------------------------------------------------------------
    void fire_due_timers();
    void time_out(Coroutine& coroutine);
    void fire(Timer& timer);
    void keep_phase(Timer& timer);

    void record(trace::EventKind kind, const Coroutine* who, const Probe& probe);

    Scheduler& scheduler;
    SchedulerOptions options;
    StackPool stacks;
    Context loop;
    Coroutine* running = nullptr;
    Coroutine* ended = nullptr;  // its stack is freed by whoever runs next
    ReadyQueue ready;
    std::size_t turn_left = 0;  // how many of the ready ones may still run in this turn of the loop
    TimerHeap heap;
    CoroutineTable coroutines;
    std::map<TimerId, std::unique_ptr<Timer>> timers;
    CoroutineId next_coroutine = 0;
    TimerId next_timer = 1;
    std::uint32_t next_channel = 1;
    std::uint32_t next_group = 1;
    std::uint32_t peak = 0;
    bool has_run = false;
    bool stopping = false;
    bool unwinding = false;
    RunReport report;
};

}  // namespace co
