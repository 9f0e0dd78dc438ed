// The event loop: run what is ready, fire what is due, else wait; and how a run ends.
#include <stdexcept>

#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;

void Scheduler::Impl::run_loop() {
    for (;;) {
        run_ready();
        if (stopping) return end(RunEnd::stopped, report.why_stopped);
        fire_due_timers();
        if (ready.is_empty() && !wait_for_something()) return;
    }
}

/// Runs those that are ready now; whoever becomes ready meanwhile has its turn after timers and descriptors had theirs.
void Scheduler::Impl::run_ready() {
    turn_left = ready.size();
    while ((running = take_ready())) {
        switch_context(loop, running->context);
        after_switch();
    }
}

bool Scheduler::Impl::wait_for_something() {
    if (heap.is_empty()) {
        if (coroutines.size() > 0) report_deadlock();
        return false;
    }
    TimePoint next = heap.next_deadline();
    if (options.horizon && next.time_since_epoch() > *options.horizon) {
        end(RunEnd::horizon, "the horizon was reached");
        return false;
    }
    // A kernel that cannot even wait is nothing a program could handle.
    if (auto waited = scheduler.kernel().wait({}, next); !waited) throw std::system_error(waited.error(), "wait");
    return true;
}

void Scheduler::Impl::end(RunEnd how, std::string why) {
    report.end = how;
    report.why_stopped = std::move(why);
    record(EventKind::stopped, nullptr, {.text = report.why_stopped});
}

void Scheduler::Impl::report_deadlock() {
    report.end = RunEnd::deadlock;
    for (CoroutineId id : scheduler.list()) {
        const Coroutine& coroutine = *coroutines.find(id);
        report.survivors.push_back({id, coroutine.display_name(), coroutine.started_at, coroutine.line,
                                    coroutine.waits_at.kind, describe(coroutine.waits_at)});
    }
    record(EventKind::deadlock, nullptr, {.text = "every coroutine waits and nothing can wake any of them"});
}

/// Lets every coroutine that is left run its destructors: each wakes up to an Unwind. What they do is not recorded.
void Scheduler::Impl::unwind_all() {
    scheduler.sink_ = nullptr;
    unwinding = true;
    turn_left = 0;
    for (CoroutineId id : scheduler.list()) {
        if (Coroutine* left = coroutines.find(id)) enter(*left);
    }
    timers.clear();
}

}  // namespace co
