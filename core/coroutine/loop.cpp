// The event loop: run what is ready, fire what is due, else wait; and how a run ends.
#include <stdexcept>

#include <co/remote.h>
#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;

void Scheduler::Impl::run_loop() {
    for (;;) {
        run_ready();
        if (stopping) return end(RunEnd::stopped, report.why_stopped);
        run_phases();
        if (ready.is_empty() && !wait_for_something()) return;
    }
}

/// Runs those that are ready now; whoever becomes ready meanwhile has its turn after timers and descriptors had theirs.
void Scheduler::Impl::run_ready() {
    in_turn = true;
    turn_left = ready.size();
    while ((running = take_ready())) {
        switch_context(loop, running->context);
        after_switch();
    }
    in_turn = false;
}

void Scheduler::Impl::run_phases() {
    while (auto signal = scheduler.kernel().take_signal()) call_in_loop(signal_callbacks[*signal], "signal");
    for (auto& callback : std::exchange(later, {})) call_in_loop(std::move(callback), "deferred");
    fire_due_timers();
    if (remote)
        for (Callable& work : remote->take()) call_in_loop(std::make_shared<Callable>(std::move(work)), "remote");
    bool anything_happened = ran != std::exchange(ran_at_hook, ran);
    if (cycle_hook && anything_happened) {
        call_in_loop(cycle_hook, "cycle");
        ++ran_at_hook;  // its own run is no reason for another
    }
}

bool Scheduler::Impl::phases_have_work() {
    if (unwinding || !later.empty() || !signal_callbacks.empty() || remote || cycle_hook) return true;
    return !heap.is_empty() && heap.next_deadline() <= scheduler.now();
}

/// A fresh coroutine that stands in the ready queue.
void Scheduler::Impl::call_in_loop(std::shared_ptr<Callable> callback, const char* phase) {
    Coroutine& fresh = create([callback = std::move(callback)] { (*callback)(); }, {.name = phase}, {});
    ready.push(fresh);
    record(EventKind::loop_call, &fresh, {.text = phase});
}

bool Scheduler::Impl::wait_for_something() {
    TimePoint next = heap.next_deadline();
    if (heap.is_empty() && !waits_for_threads()) {
        if (coroutines.size() > 0) report_deadlock();
        return false;
    }
    if (options.horizon && next.time_since_epoch() > *options.horizon) {
        end(RunEnd::horizon, "the horizon was reached");
        return false;
    }
    // A kernel that cannot even wait is nothing a program could handle.
    if (auto waited = scheduler.kernel().wait({}, next); !waited) throw std::system_error(waited.error(), "wait");
    return true;
}

bool Scheduler::Impl::waits_for_threads() { return remote && remote->is_open(); }

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

/// Forgets every coroutine that is left where it stands: what it was given is destroyed, its own frames are not.
void Scheduler::Impl::abandon_all() {
    scheduler.sink_ = nullptr;
    unwinding = true;
    for (CoroutineId id : scheduler.list()) {
        Coroutine& left = *coroutines.find(id);
        drop_locals(left);
        destroy(left);
    }
    timers.clear();
}

// -- public ----------------------------------------------------------------------------------------------------------

void Scheduler::call_later(Callable callback) {
    running();
    record(EventKind::later, {});
    impl_->later.push_back(std::make_shared<Callable>(std::move(callback)));
}

void Scheduler::set_cycle_hook(Callable callback) {
    running();
    impl_->cycle_hook = callback ? std::make_shared<Callable>(std::move(callback)) : nullptr;
}

void Scheduler::on_signal(Signal signal, Callable callback) {
    running();
    auto [entry, is_new] = impl_->signal_callbacks.try_emplace(signal);
    entry->second = std::make_shared<Callable>(std::move(callback));
    if (!is_new) return;
    if (auto watched = kernel_.watch_signal(signal); !watched) {
        impl_->signal_callbacks.erase(entry);
        throw std::system_error(watched.error(), "watching a signal");
    }
}

void Scheduler::block(Duration duration, Holding how) {
    running();
    record(EventKind::block, {.value = duration.count(), .text = how == Holding::asleep ? "sleep" : "compute"});
    kernel_.hold_thread(duration, how);
}

std::shared_ptr<RemoteQueue> Scheduler::remote_queue() {
    running();
    if (!impl_->remote) impl_->remote = std::make_shared<RemoteQueue>(kernel_);
    return impl_->remote;
}

}  // namespace co
