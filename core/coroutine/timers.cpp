// Timers: setting, clearing, and what happens when one is due.
#include <algorithm>
#include <stdexcept>

#include <co/timer.h>
#include <co/trace.h>

#include "scheduler_impl.h"

namespace co {

using trace::EventKind;

namespace {

/// `deadline`, or the first moment after `now` that is whole periods later.
TimePoint next_in_phase(TimePoint deadline, Duration period, TimePoint now) {
    if (deadline > now) return deadline;
    return deadline + ((now - deadline) / period + 1) * period;
}

}  // namespace

TimerId Scheduler::add_timer(Duration delay, std::optional<Duration> period, Callable callback, std::string name) {
    running();
    if (delay <= Duration::zero() || delay > timer::longest_delay)
        throw std::invalid_argument("a timer's delay must be above 0 and at most 86,400,000 ms (one day)");
    auto shared = std::make_shared<Timer>();
    Timer& timer = *shared;
    timer.id = impl_->next_timer++;
    timer.name = std::move(name);
    timer.period = period;
    timer.callback = std::move(callback);
    timer.deadline = now() + delay;
    timer.entry.timer = &timer;
    impl_->heap.add(timer.entry, timer.deadline);
    impl_->timers.insert(std::move(shared));
    auto period_ms = period ? static_cast<std::uint32_t>(*period / std::chrono::milliseconds(1)) : trace::nobody;
    record(period ? EventKind::timer_tick : EventKind::timer_after,
           {.object = timer.id, .other = period_ms, .value = event_time(timer.deadline), .text = timer.name});
    return timer.id;
}

bool Scheduler::clear_timer(TimerId id) {
    running();
    Timer* timer = impl_->timers.find(id);
    record(EventKind::timer_clear, {.object = id, .value = timer != nullptr});
    if (!timer) return false;
    impl_->heap.remove(timer->entry);
    if (timer->firing) timer->firing->fired_by = nullptr;
    impl_->timers.erase(id);
    return true;
}

std::vector<TimerId> Scheduler::list_timers() const {
    std::vector<TimerId> ids;
    impl_->timers.for_each([&](const Timer& timer) { ids.push_back(timer.id); });
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// All that is due becomes ready, by deadline, then by order of setting, before any of it runs.
void Scheduler::Impl::fire_due_timers() {
    TimePoint now = scheduler.now();
    while (TimerEntry* due = heap.pop_due(now)) {
        LoopTimer& entry = static_cast<LoopTimer&>(*due);
        if (entry.sleeper)
            time_out(*entry.sleeper);
        else
            fire(*entry.timer);
    }
}

void Scheduler::Impl::time_out(Coroutine& coroutine) {
    bool timed_out = coroutine.waits_at.kind != WaitKind::sleep;
    record(EventKind::due, &coroutine, {.value = timed_out});
    make_ready(coroutine, WaitStatus::timeout);
}

void Scheduler::Impl::fire(Timer& timer) {
    std::string name = timer.name.empty() ? "timer " + std::to_string(timer.id) : timer.name;
    Coroutine& fresh =
        create([shared = timer.shared_from_this()] { shared->callback(); }, {.name = std::move(name)}, {});
    ready.push(fresh);
    if (timer.period) {
        fresh.fired_by = &timer;
        timer.firing = &fresh;
        timer.deadline = next_in_phase(timer.deadline + *timer.period, *timer.period, scheduler.now());
        heap.add(timer.entry, timer.deadline);
    }
    record(EventKind::timer_fire, &fresh,
           {.object = timer.id,
            .value = timer.period ? event_time(timer.deadline) : trace::forever_ns,
            .text = fresh.name});
    if (!timer.period) timers.erase(timer.id);
}

/// A tick that is late already, because its own callback took so long, drops the periods it missed: the next one is at
/// the next whole period after now (tutorial 5.1, "timer correction").
void Scheduler::Impl::keep_phase(Timer& timer) {
    TimePoint next = next_in_phase(timer.deadline, *timer.period, scheduler.now());
    if (next == timer.deadline) return;
    timer.deadline = next;
    heap.remove(timer.entry);
    heap.add(timer.entry, next);
    record(EventKind::timer_moved, nullptr, {.object = timer.id, .value = event_time(next)});
}

}  // namespace co
