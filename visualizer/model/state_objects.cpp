// State: channels, wait groups, gates and timers, and who stands in their queues.
#include <algorithm>

#include "visualizer/model/queues.h"
#include "visualizer/model/state.h"

namespace co::studio {

using trace::Event;
using trace::EventKind;
using trace::nobody;

namespace {

WaitKind wait_at(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return WaitKind::lock;
        case GateKind::semaphore:
            return WaitKind::acquire;
        case GateKind::barrier:
            break;
    }
    return WaitKind::barrier;
}

}  // namespace

// -- channels ------------------------------------------------------------------------------------------

void State::apply_to_channel(const Event& event) {
    ChannelState& channel = known_or_new_channel(event.object);
    channel.touched_step = step;
    switch (event.kind) {
        case EventKind::channel:
            channel.name = event.text;
            channel.capacity = std::max<std::int64_t>(event.value, 1);
            return;
        case EventKind::push:
            return push(channel, event);
        case EventKind::pop:
            return pop(channel, event);
        case EventKind::close:
            channel.closed = true;
            return;
        case EventKind::push_wait:
        case EventKind::pop_wait:
            break;
        default:
            return;
    }
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    const bool pushes = event.kind == EventKind::push_wait;
    (pushes ? channel.producers : channel.consumers).push_back(event.coroutine);
    park(*coroutine, Activity::waiting_channel,
         {.kind = pushes ? WaitKind::push : WaitKind::pop,
          .object = event.object,
          .deadline = event.value,
          .text = pushes ? event.text : 0});
}

void State::push(ChannelState& channel, const Event& event) {
    if (event.other == nobody) {
        channel.seats.push_back({.text = event.text, .producer = event.coroutine, .step = step});
        return;
    }
    wake(event.other, event.coroutine);
    if (CoroutineState* consumer = known_or_new(event.other)) consumer->hand = event.text;
}

void State::pop(ChannelState& channel, const Event& event) {
    if (!channel.seats.empty()) channel.seats.pop_front();
    if (event.other == nobody) return;
    if (const CoroutineState* producer = known_or_new(event.other)) {
        channel.seats.push_back(
            {.text = producer->wait.offered_to(event.object), .producer = event.other, .step = step});
    }
    wake(event.other, event.coroutine);
}

/// A coroutine that parks in select() stands in the queues of all its channels.
void State::add_case(const Event& event) {
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine || coroutine->wait.kind != WaitKind::select) return;
    const SelectCase one{.channel = event.object, .pushes = event.value == 1, .text = event.text};
    coroutine->wait.cases.push_back(one);
    ChannelState& channel = known_or_new_channel(one.channel);
    channel.touched_step = step;
    (one.pushes ? channel.producers : channel.consumers).push_back(event.coroutine);
}

// -- wait groups ---------------------------------------------------------------------------------------

void State::apply_to_group(const Event& event) {
    GroupState& group = known_or_new_group(event.object);
    if (event.kind == EventKind::group) group.name = event.text;
    if (event.kind == EventKind::group_add || event.kind == EventKind::group_done) group.count = event.value;
    if (event.kind != EventKind::group_wait) return;
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    group.waiters.push_back(event.coroutine);
    park(*coroutine, Activity::waiting_channel,
         {.kind = WaitKind::group, .object = event.object, .deadline = event.value});
}

// -- gates ---------------------------------------------------------------------------------------------

void State::apply_to_gate(const Event& event) {
    GateState& gate = known_or_new_gate(event.object);
    gate.touched_step = step;
    gate.apply(event);
    if (event.kind != EventKind::gate_wait) return;
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    gate.waiters.push_back(event.coroutine);
    park(*coroutine, Activity::waiting_channel,
         {.kind = wait_at(gate.kind), .object = event.object, .deadline = event.value});
}

// -- timers, the event loop
// --------------------------------------------------------------------------------------------

void State::apply_to_timer(const Event& event) {
    switch (event.kind) {
        case EventKind::timer_after:
        case EventKind::timer_tick:
            return set_timer(event);
        case EventKind::timer_clear:
            return clear_timer(event.object);
        default:
            return fire_timer(event);
    }
}

void State::set_timer(const Event& event) {
    clear_timer(event.object);
    timers.push_back({.id = event.object,
                      .name = event.text,
                      .set_time = time,
                      .deadline = event.value,
                      .period_ms = event.kind == EventKind::timer_tick ? event.other : 0,
                      .owner = event.coroutine,
                      .order = step});
    own().heap.insert({.timer = event.object, .set_time = time, .deadline = event.value, .order = step});
}

void State::clear_timer(std::uint32_t id) {
    own().heap.remove_timer(id);
    std::erase_if(timers, [&](const TimerState& timer) { return timer.id == id; });
}

/// The loop made a fresh coroutine for a callback.
void State::begin_in_loop(const Event& event) {
    CoroutineState* fresh = known_or_new(event.coroutine);
    if (!fresh) return;
    fresh->name = event.text;
    wake(event.coroutine, nobody);
}

/// A late tick drops the periods that it missed.
void State::move_timer(const Event& event) {
    TimerState* timer = find_by_id(timers, event.object);
    if (!timer) return;
    timer->deadline = event.value;
    own().heap.remove_timer(event.object);
    own().heap.insert({.timer = event.object, .set_time = timer->set_time, .deadline = event.value, .order = step});
}

void State::fire_timer(const Event& event) {
    begin_in_loop(event);
    TimerState* timer = find_by_id(timers, event.object);
    if (!timer || event.value == trace::forever_ns) return clear_timer(event.object);
    timer->set_time = time;
    timer->deadline = event.value;
    timer->order = step;
    own().heap.remove_timer(event.object);
    own().heap.insert({.timer = event.object, .set_time = time, .deadline = event.value, .order = step});
}

}  // namespace co::studio
