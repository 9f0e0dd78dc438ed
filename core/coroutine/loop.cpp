// The event loop: run what is ready, fire what is due, else wait; and how a run ends.
#include <algorithm>
#include <stdexcept>

#include <co/remote.h>
#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;
using trace::LoopPhase;

namespace {
constexpr int most_turns_unasked = 4;  // in a row, where asking costs
}

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
    if (!ready.is_empty()) is_stuck = false;
    turn_left = ready.size();
    while (Coroutine* next = take_ready()) {
        scheduler.running_ = next;
        switch_context(loop, next->context);
    }
    in_turn = false;
}

void Scheduler::Impl::run_phases() {
    if (!signal_callbacks.empty())
        while (auto signal = scheduler.kernel().take_signal())
            call_in_loop(signal_callbacks[*signal], LoopPhase::signal);
    if (!later.empty()) [[unlikely]]
        for (auto& call : std::exchange(later, {})) call_in_loop(std::move(call), LoopPhase::deferred);
    if (!is_about_to_wait()) fire_due_timers();
    take_ready_descriptors();
    if (remote)
        for (RemoteWork& work : remote->take()) take_in(work);
    bool anything_happened = ran != std::exchange(ran_at_hook, ran);
    if (cycle_hook && anything_happened) {
        call_in_loop(cycle_hook, LoopPhase::cycle);
        ++ran_at_hook;  // its own run is no reason for another
    }
}

void Scheduler::Impl::take_in(RemoteWork& work) {
    if (work.is_for_loop) return work.call();
    call_in_loop(std::make_shared<LoopCall>(LoopCall{std::move(work.call), {}}), LoopPhase::remote);
}

/// A fresh coroutine that stands in the ready queue.
void Scheduler::Impl::call_in_loop(std::shared_ptr<LoopCall> call, LoopPhase phase) {
    std::string name = call->name.empty() ? std::string(trace::name(phase)) : call->name;
    Coroutine& fresh = create([call = std::move(call)] { call->callback(); }, {.name = std::move(name)}, {});
    ready.push(fresh);
    record(EventKind::loop_call, &fresh, {.value = static_cast<std::int64_t>(phase), .text = fresh.name});
}

bool Scheduler::Impl::wait_for_something() {
    TimePoint next = next_timer_at();
    if (heap.is_empty() && (is_stuck || !waits_for_others())) {
        if (coroutines.size() > 0) report_deadlock();
        return false;
    }
    TimePoint horizon = options.horizon ? TimePoint(*options.horizon) : TimePoint::max();
    // Descriptors and signals may still come before the horizon, a timer behind it does not.
    if (next > horizon && (!waits_for_others() || scheduler.now() >= horizon)) {
        end(RunEnd::horizon, "the horizon was reached");
        return false;
    }
    return ask_kernel(std::min(next, horizon));
}

/// Whether something else than a timer may wake somebody: a thread, a descriptor, a signal.
bool Scheduler::Impl::waits_for_others() {
    if (remote && remote->is_open()) return true;
    if (descriptors && descriptors->is_waited_for()) return true;
    return coroutines.size() > 0 && !signal_callbacks.empty();
}

bool Scheduler::Impl::watches_descriptors() const { return descriptors->watched() > 0; }

/// Whether the loop waits next: then it learns of timers and descriptors behind that, and need not look before. Where
/// calls cost, and unless something else comes in this turn that must not come before them: a hook, another thread's
/// work.
bool Scheduler::Impl::is_about_to_wait() const {
    return is_thrifty && ready.is_empty() && !has_asked && !cycle_hook && !remote;
}

/// Whether a turn can do without asking the kernel for ready descriptors.
bool Scheduler::Impl::may_ask_later() {
    if (!is_thrifty || cycle_hook || remote) return false;
    if (ready.is_empty()) return true;  // then the loop waits, and that asks
    // Those who were woken just now are about to wait again: a descriptor that is found ready before would be
    // unwatched, for nobody waits for it yet, and then watched again.
    return ++turns_unasked < most_turns_unasked;
}

/// The loop asks the kernel once a turn: when it waits, or else here.
void Scheduler::Impl::take_ready_descriptors() {
    bool has_to_ask = descriptors && descriptors->watched() > 0 && !std::exchange(has_asked, false) && !may_ask_later();
    if (has_to_ask && !ask_kernel(scheduler.now())) return;
    has_asked = false;
    std::size_t count = std::exchange(ready_count, 0);
    if (descriptors && count > 0) descriptors->became_ready(std::span(ready_descriptors).first(count));
}

bool Scheduler::Impl::ask_kernel(TimePoint until) try {
    const bool is_seen = scheduler.traces() && descriptors && until > scheduler.now();
    const std::size_t watched = is_seen ? descriptors->watched() : 0;
    if (watched > 0) [[unlikely]]
        record(EventKind::loop_wait, nullptr,
               {.other = static_cast<std::uint32_t>(watched), .value = event_time(until)});
    auto found = scheduler.kernel().wait(ready_descriptors, until);
    if (watched > 0) [[unlikely]]
        record(EventKind::loop_woke, nullptr, {.value = static_cast<std::int64_t>(found.value_or(0))});
    is_stuck = found.error() == std::errc::resource_deadlock_would_occur;
    // A kernel that cannot even wait is nothing a program could handle.
    if (!found && !is_stuck) throw std::system_error(found.error(), "wait");
    ready_count = found.value_or(0);
    has_asked = true;
    turns_unasked = 0;
    return true;
} catch (const ProcessKilled&) {
    killed();
    return false;
}

/// What is left of this process unwinds, unseen.
void Scheduler::Impl::killed() {
    scheduler.sink_ = nullptr;
    was_killed = unwinding = stopping = true;
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
        Coroutine* left = coroutines.find(id);
        if (!left) continue;
        if (left->has_begun) left->context.on_arrival = &Impl::unwind_here;
        enter(*left);
    }
    free_ended();
    forget_timers();
}

/// Forgets every coroutine that is left where it stands: what it was given is destroyed, its own frames are not.
void Scheduler::Impl::abandon_all() {
    scheduler.sink_ = nullptr;
    unwinding = true;
    for (CoroutineId id : scheduler.list()) {
        Coroutine& left = *coroutines.find(id);
        drop_locals(left);
        coroutines.erase(id);
        destroy(left);
    }
    free_ended();
    forget_timers();
}

// -- public ----------------------------------------------------------------------------------------------------------

void Scheduler::call_later(Callable callback, std::string name) {
    running();
    record(EventKind::later, {});
    impl_->later.push_back(std::make_shared<LoopCall>(LoopCall{std::move(callback), std::move(name)}));
}

void Scheduler::set_cycle_hook(Callable callback, std::string name) {
    running();
    impl_->cycle_hook = callback ? std::make_shared<LoopCall>(LoopCall{std::move(callback), std::move(name)}) : nullptr;
}

void Scheduler::on_signal(Signal signal, Callable callback, std::string name) {
    running();
    auto [entry, is_new] = impl_->signal_callbacks.try_emplace(signal);
    entry->second = std::make_shared<LoopCall>(LoopCall{std::move(callback), std::move(name)});
    if (!is_new) return;
    if (auto watched = kernel_.watch_signal(signal); !watched) {
        impl_->signal_callbacks.erase(entry);
        throw std::system_error(watched.error(), "watching a signal");
    }
}

LoopDescriptors* Scheduler::descriptors() const { return impl_->descriptors.get(); }

void Scheduler::set_descriptors(std::unique_ptr<LoopDescriptors> descriptors) {
    impl_->descriptors = std::move(descriptors);
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
