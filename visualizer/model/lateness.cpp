#include "visualizer/model/lateness.h"

#include <algorithm>

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

constexpr std::int64_t least_late = 1'000'000;  // ns; on a real machine everything is a little late
constexpr std::int64_t nanoseconds_a_ms = 1'000'000;
constexpr std::size_t most_dropped = 10'000;  // one wrong number in a trace must not ask for all memory

}  // namespace

const Held* Lateness::at(std::uint32_t step) const {
    const auto found = std::find_if(held.begin(), held.end(), [step](const Held& one) { return one.step == step; });
    return found == held.end() ? nullptr : &*found;
}

void LatenessBuilder::before(std::span<const Event> extent, const State& state) {
    const std::uint32_t step = state.step + 1;
    for (const Event& event : extent) {
        // What comes late is told of the first process; that a thread is held is seen of every one.
        if (event.process != 0 && event.kind != EventKind::block) continue;
        switch (event.kind) {
            case EventKind::block:
                found_.held.push_back({step, event.coroutine, event.time, std::max<std::int64_t>(event.value, 0),
                                       process_of(event.coroutine)});
                break;
            case EventKind::timer_after:
            case EventKind::timer_tick:
                lines_[event.object] = event.line;
                break;
            case EventKind::timer_fire:
            case EventKind::due:
                meet(event, step, state);
                break;
            case EventKind::timer_moved:
                if (const TimerState* timer = state.timer(event.object))
                    drop(*timer, timer->deadline, event.value, step);
                break;
            default:
                break;
        }
    }
}

void LatenessBuilder::meet(const Event& event, std::uint32_t step, const State& state) {
    if (event.kind == EventKind::due) {
        const CoroutineState* coroutine = state.coroutine(event.coroutine);
        if (!coroutine || coroutine->wait.deadline == trace::forever_ns) return;
        const std::int64_t by = event.time - coroutine->wait.deadline;
        if (by >= least_late) found_.late.push_back({step, 0, event.coroutine, event.time - by, by, coroutine->line});
        return;
    }
    const TimerState* timer = state.timer(event.object);
    if (!timer) return;
    const std::int64_t by = event.time - timer->deadline;
    if (by >= least_late)
        found_.late.push_back({step, timer->id, trace::nobody, timer->deadline, by, lines_[timer->id], timer->name});
    const std::int64_t period = timer->period_ms * nanoseconds_a_ms;
    if (event.value != trace::forever_ns && period > 0) drop(*timer, timer->deadline + period, event.value, step);
}

/// Every period from `from` to before `next` is one that never comes.
void LatenessBuilder::drop(const TimerState& timer, std::int64_t from, std::int64_t next, std::uint32_t step) {
    const std::int64_t period = timer.period_ms * nanoseconds_a_ms;
    if (period <= 0) return;
    for (std::int64_t due = from; due < next && found_.dropped.size() < most_dropped; due += period) {
        found_.dropped.push_back({step, timer.id, due});
    }
}

}  // namespace co::studio
