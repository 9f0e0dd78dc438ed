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
    TimePoint deadline = now() + delay;
    Timer& timer = impl_->timer_pool.make();
    timer.id = impl_->next_timer++;
    timer.callback = std::move(callback);
    if (period || !name.empty())
        timer.extras = std::make_unique<TimerExtras>(TimerExtras{std::move(name), period, deadline});
    impl_->heap.add(timer, deadline);
    impl_->timers.insert(&timer);
    if (traces()) [[unlikely]]
        impl_->record_set(timer, deadline);
    return timer.id;
}

bool Scheduler::clear_timer(TimerId id) {
    running();
    Timer* timer = impl_->timers.find(id);
    record(EventKind::timer_clear, {.object = id, .value = timer != nullptr});
    if (!timer) return false;
    impl_->heap.remove(*timer);
    if (timer->extras && timer->extras->firing) timer->extras->firing->fired_by = nullptr;
    impl_->forget(*timer);
    return true;
}

std::vector<TimerId> Scheduler::list_timers() const {
    std::vector<TimerId> ids;
    impl_->timers.for_each([&](const Timer& timer) { ids.push_back(timer.id); });
    std::sort(ids.begin(), ids.end());
    return ids;
}

void Scheduler::Impl::record_set(const Timer& timer, TimePoint deadline) {
    static const TimerExtras none;
    const TimerExtras& extras = timer.extras ? *timer.extras : none;
    constexpr auto ms = std::chrono::milliseconds(1);
    scheduler.record(extras.period ? EventKind::timer_tick : EventKind::timer_after,
                     {.object = timer.id,
                      .other = extras.period ? static_cast<std::uint32_t>(*extras.period / ms) : trace::nobody,
                      .value = event_time(deadline),
                      .text = extras.name});
}

void Scheduler::Impl::forget(Timer& timer) {
    timers.erase(timer.id);
    TimerHold::let_go(timer, timer_pool);
}

void Scheduler::Impl::forget_timers() {
    std::vector<Timer*> left;
    timers.for_each([&](Timer& timer) { left.push_back(&timer); });
    std::ranges::sort(left, {}, &Timer::id);
    timers.clear();
    for (Timer* timer : left) TimerHold::let_go(*timer, timer_pool);
}

/// All that is due becomes ready, by deadline, then by order of setting, before any of it runs.
void Scheduler::Impl::fire_due_timers() {
    if (heap.is_empty() && !descriptors) return;
    const TimePoint now = scheduler.turn_began_ = scheduler.now();
    while (TimerEntry* due = heap.pop_due(now)) {
        if (due->is_lasting)
            time_out(static_cast<Sleeper&>(*due).coroutine);
        else
            fire(static_cast<Timer&>(*due));
    }
}

void Scheduler::Impl::time_out(Coroutine& coroutine) {
    bool timed_out = coroutine.waits_at.kind != WaitKind::sleep;
    record(EventKind::due, &coroutine, {.value = timed_out});
    make_ready(coroutine, timed_out ? WaitStatus::timeout : WaitStatus::ok);
}

void Scheduler::Impl::fire(Timer& timer) {
    bool has_name = timer.extras && !timer.extras->name.empty();
    std::string name = has_name ? timer.extras->name : "timer " + std::to_string(timer.id);
    Coroutine& fresh =
        create([held = TimerHold(timer, timer_pool)] { held->callback(); }, {.name = std::move(name)}, {});
    ready.push(fresh);
    TimePoint next = TimePoint::max();
    if (timer.is_tick()) {
        TimerExtras& tick = *timer.extras;
        fresh.fired_by = &timer;
        tick.firing = &fresh;
        next = tick.deadline = next_in_phase(tick.deadline + *tick.period, *tick.period, scheduler.now());
        heap.add(timer, next);
    }
    record(EventKind::timer_fire, &fresh, {.object = timer.id, .value = event_time(next), .text = fresh.name});
    if (!timer.is_tick()) forget(timer);
}

/// A tick that is late already, because its own callback took so long, drops the periods it missed: the next one is at
/// the next whole period after now (tutorial 5.1, "timer correction").
void Scheduler::Impl::keep_phase(Timer& timer) {
    TimerExtras& tick = *timer.extras;
    tick.firing = nullptr;
    TimePoint next = next_in_phase(tick.deadline, *tick.period, scheduler.now());
    if (next == tick.deadline) return;
    tick.deadline = next;
    heap.remove(timer);
    heap.add(timer, next);
    record(EventKind::timer_moved, nullptr, {.object = timer.id, .value = event_time(next)});
}

}  // namespace co
