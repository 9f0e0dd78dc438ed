#include "visualizer/model/state.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <co/subject.h>

#include "visualizer/model/queues.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;
using trace::nobody;
using trace::Subject;

constexpr std::uint32_t no_place = UINT32_MAX;

/// What a coroutine waits for that parks for a descriptor, in a server, or for a helper thread.
WaitKind io_wait(EventKind kind) {
    switch (kind) {
        case EventKind::fd_wait:
            return WaitKind::descriptor;
        case EventKind::send_wait:
            return WaitKind::send;
        case EventKind::post_wait:
            return WaitKind::post;
        case EventKind::task_wait:
            return WaitKind::task;
        case EventKind::aside_wait:
            return WaitKind::aside;
        default:
            return WaitKind::none;
    }
}

}  // namespace

bool waits_for_ever(const CoroutineState& one) {
    return one.line != 0 && one.activity == Activity::waiting_channel && one.wait.deadline == trace::forever_ns;
}

std::uint32_t Wait::offered_to(std::uint32_t channel) const {
    if (kind == WaitKind::push && object == channel) return text;
    const auto offers =
        std::ranges::find_if(cases, [&](const SelectCase& one) { return one.pushes && one.channel == channel; });
    return offers == cases.end() ? 0 : offers->text;
}

bool Wait::stands_at(std::uint32_t channel, bool pushes) const {
    if (kind == (pushes ? WaitKind::push : WaitKind::pop)) return object == channel;
    return std::ranges::any_of(cases,
                               [&](const SelectCase& one) { return one.pushes == pushes && one.channel == channel; });
}

void State::apply(const Event& event) {
    if (trace::is_step(event.kind)) ++step;
    time = event.time;
    if (event.kind == EventKind::print) ++lines_of_output;  // all processes write into one output
    loops.apply(event, step);
    const std::uint32_t place = place_of(event);
    if (place >= most_processes) return;
    enter_process(event, place);
    apply_within(event);
    own().running = running;
}

std::uint32_t State::place_of(const Event& event) const {
    if (event.process == 0) return 0;
    if (processes_) return processes_->place_of(event.process).value_or(most_processes);
    return event.coroutine == nobody ? most_processes : process_of(event.coroutine);
}

void State::enter_process(const Event& event, std::uint32_t place) {
    // What the network does is done by no process: whoever was looked at stays in sight.
    if (trace::subject_of(event.kind) == Subject::network) return;
    process = place;
    if (process >= own_.size()) own_.resize(process + 1);
    running = own().running;
}

void State::apply_within(const Event& event) {
    note_place(event);
    if (trace::is_step(event.kind)) return apply_step(event);
    apply_detail(event);
}

/// Nothing of an ended process runs any more: its coroutines have come to their end, or were torn out of their lives.
void State::end_process(const Event& event) {
    const std::uint32_t number = event.kind == EventKind::process_end ? event.object : event.process;
    const auto ended = processes_ ? processes_->place_of(number) : std::nullopt;
    if (!ended || (event.kind == EventKind::stopped && !(*processes_)[*ended].is_thread)) return;
    const Activity activity = event.value > 128 ? Activity::failed : Activity::done;
    for (std::uint32_t place = 0; place < processes_->size(); ++place) {
        const Process& one = (*processes_)[place];
        if (place == *ended || (one.is_thread && one.owner == *ended)) end_coroutines_of(place, activity);
    }
}

void State::end_coroutines_of(std::uint32_t of, Activity activity) {
    if (of >= own_.size()) return;
    const std::uint32_t here = std::exchange(process, of);
    own_[of].left_at = activity == Activity::done ? step : 0;
    for (const std::uint32_t place : own_[of].places) {
        if (place == no_place) continue;
        CoroutineState& one = coroutines[place];
        if (one.activity == Activity::done || one.activity == Activity::failed || one.activity == Activity::unborn)
            continue;
        if (activity == Activity::done && waits_for_ever(one)) left_behind.push_back(one);
        end(one, activity);
    }
    own_[of].running = nobody;
    process = here;
    running = own().running;
}

void State::apply_detail(const Event& event) {
    switch (event.kind) {
        case EventKind::ready:
            return wake(event.object, event.coroutine);
        case EventKind::back:
            return go_on(event);
        case EventKind::select_case:
            return add_case(event);
        case EventKind::timer_moved:
            return move_timer(event);
        default:
            return;
    }
}

void State::apply_step(const Event& event) {
    switch (trace::subject_of(event.kind)) {
        case Subject::channel:
            return apply_to_channel(event);
        case Subject::group:
            return apply_to_group(event);
        case Subject::gate:
            return apply_to_gate(event);
        case Subject::shared:
            return apply_to_shared(event);
        case Subject::timer:
            return apply_to_timer(event);
        case Subject::loop:
            if (event.kind == EventKind::loop_call) begin_in_loop(event);
            return;
        case Subject::descriptor:
        case Subject::server:
        case Subject::aside:
            return apply_to_descriptor(event);
        case Subject::process:
            if (event.kind == EventKind::process_end) end_process(event);
            return;
        case Subject::program:
            if (event.kind == EventKind::stopped) end_process(event);  // a thread's only end
            return;
        case Subject::network:
        case Subject::unknown:
            return;
        case Subject::coroutine:
        case Subject::family:
            return apply_to_coroutine(event);
    }
}

void State::apply_to_descriptor(const Event& event) {
    if (!trace::parks(event.kind)) return;
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (coroutine)
        park(*coroutine, Activity::waiting_io,
             {.kind = io_wait(event.kind), .object = event.object, .deadline = event.value, .text = event.text});
}

// -- coroutines ----------------------------------------------------------------------------------------

void State::apply_to_coroutine(const Event& event) {
    if (event.kind == EventKind::go || event.kind == EventKind::resume) return run_inside(event);
    if (event.kind == EventKind::due) return wake(event.coroutine, nobody);
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    switch (event.kind) {
        case EventKind::start:
            coroutine->name = event.text;
            return run_now(*coroutine);
        case EventKind::run:
            return run_now(*coroutine);
        case EventKind::requeue:
            return requeue(*coroutine);
        case EventKind::yield:
            return park(*coroutine, Activity::waiting_channel, {.kind = WaitKind::resume});
        case EventKind::sleep:
            return park(*coroutine, Activity::waiting_timer, {.kind = WaitKind::sleep, .deadline = event.value});
        case EventKind::select_wait:
            return park(*coroutine, Activity::waiting_channel, {.kind = WaitKind::select, .deadline = event.value});
        case EventKind::join_wait:
            return park(*coroutine, Activity::waiting_channel,
                        {.kind = WaitKind::join, .deadline = event.value, .text = event.text});
        case EventKind::cancel:
            // A text says why it could not.
            if (CoroutineState* target = event.text == 0 ? known_or_new(event.object) : nullptr)
                target->was_cancelled = true;
            return;
        case EventKind::done:
            return end(*coroutine, Activity::done);
        case EventKind::failed:
            return end(*coroutine, Activity::failed);
        default:
            return;
    }
}

/// A trace's every event may say on which line its coroutine stands.
void State::note_place(const Event& event) {
    if (event.line == 0) return;
    CoroutineState* coroutine = known_or_new(event.coroutine);
    if (!coroutine) return;
    coroutine->line = event.line;
    coroutine->source = event.source;
    if (!trace::is_line(event.kind) || event.value <= 0) return;
    coroutine->calls = static_cast<std::uint32_t>(std::min<std::int64_t>(event.value, UINT32_MAX));
    coroutine->most_calls = std::max(coroutine->most_calls, coroutine->calls);
}

/// go() and resume(): the child runs at once, inside its caller.
void State::run_inside(const Event& event) {
    CoroutineState* child = known_or_new(event.object);
    if (!child) return;
    if (event.kind == EventKind::go) {
        child->name = event.text;
        child->parent = event.coroutine;
    } else {
        end_wait(*child, event.coroutine);
    }
    child->running_inside = event.coroutine;
    run_now(*child);
    if (CoroutineState* caller = known_or_new(event.coroutine)) enter(*caller, Activity::handed_off);
}

/// The child that ran inside `event.coroutine` parked or ended.
void State::go_on(const Event& event) {
    if (CoroutineState* child = known_or_new(event.object)) child->running_inside = nobody;
    CoroutineState* caller = known_or_new(event.coroutine);
    if (!caller) return;
    enter(*caller, Activity::running);
    running = event.coroutine;
}

void State::run_now(CoroutineState& coroutine) {
    if (coroutine.activity == Activity::ready) remove_from(ready, coroutine.id);
    coroutine.hand = 0;
    coroutine.ran_step = step;
    enter(coroutine, Activity::running);
    running = coroutine.id;
}

void State::requeue(CoroutineState& coroutine) {
    enter(coroutine, Activity::ready);
    coroutine.last_wait = {};
    coroutine.was_cancelled = false;
    coroutine.woken_by = coroutine.id;
    coroutine.woken_step = step;
    ready.push_back(coroutine.id);
    if (running == coroutine.id) running = nobody;
}

void State::park(CoroutineState& coroutine, Activity activity, const Wait& wait) {
    enter(coroutine, activity);
    coroutine.wait = wait;
    coroutine.hand = 0;
    coroutine.was_cancelled = false;
    if (wait.deadline != trace::forever_ns) {
        own().heap.insert({.coroutine = coroutine.id, .set_time = time, .deadline = wait.deadline, .order = step});
    }
    if (running == coroutine.id) running = nobody;
}

void State::end(CoroutineState& coroutine, Activity activity) {
    leave_queues(coroutine);
    if (coroutine.activity == Activity::ready) remove_from(ready, coroutine.id);
    coroutine.wait = {};
    enter(coroutine, activity);
    if (running == coroutine.id) running = nobody;
}

void State::wake(std::uint32_t id, std::uint32_t by) {
    CoroutineState* coroutine = known_or_new(id);
    if (!coroutine) return;
    const Activity was = coroutine->activity;
    if (was == Activity::ready || was == Activity::done || was == Activity::failed) return;
    end_wait(*coroutine, by);
    enter(*coroutine, Activity::ready);
    ready.push_back(id);
}

void State::end_wait(CoroutineState& coroutine, std::uint32_t by) {
    leave_queues(coroutine);
    coroutine.last_wait = coroutine.wait;
    coroutine.last_wait_time = time - coroutine.since_time;
    coroutine.wait = {};
    coroutine.woken_by = by;
    coroutine.woken_step = step;
}

void State::enter(CoroutineState& coroutine, Activity activity) {
    coroutine.activity = activity;
    coroutine.since_step = step;
    coroutine.since_time = time;
}

void State::leave_queues(const CoroutineState& coroutine) {
    const Wait& wait = coroutine.wait;
    if (wait.deadline != trace::forever_ns) own().heap.remove_coroutine(coroutine.id);
    if (wait.kind == WaitKind::pop) remove_from(known_or_new_channel(wait.object).consumers, coroutine.id);
    if (wait.kind == WaitKind::push) remove_from(known_or_new_channel(wait.object).producers, coroutine.id);
    if (wait.kind == WaitKind::group) remove_from(known_or_new_group(wait.object).waiters, coroutine.id);
    const bool at_gate =
        wait.kind == WaitKind::lock || wait.kind == WaitKind::acquire || wait.kind == WaitKind::barrier;
    if (at_gate) remove_from(known_or_new_gate(wait.object).waiters, coroutine.id);
    const bool at_shared = wait.kind == WaitKind::shared_lock || wait.kind == WaitKind::shared_number;
    if (at_shared) remove_from(known_or_new_shared(wait.object).waiters, coroutine.id);
    for (const SelectCase& one : wait.cases) {
        ChannelState& channel = known_or_new_channel(one.channel);
        remove_from(one.pushes ? channel.producers : channel.consumers, coroutine.id);
    }
}

// -- finding -------------------------------------------------------------------------------------------

const CoroutineState* State::coroutine(std::uint32_t id) const {
    if (id == nobody || process_of(id) >= own_.size()) return nullptr;
    const std::vector<std::uint32_t>& places = own_[process_of(id)].places;
    if (own_number(id) >= places.size()) return nullptr;
    const std::uint32_t place = places[own_number(id)];
    return place == no_place ? nullptr : &coroutines[place];
}

std::string_view State::process_title(std::uint32_t place) const {
    return processes_ && processes_->several() && place < processes_->size() ? (*processes_)[place].title
                                                                             : std::string_view();
}

std::uint32_t State::left_at(std::uint32_t place) const { return place < own_.size() ? own_[place].left_at : 0; }

std::uint32_t State::running_in(std::uint32_t which) const {
    return which < own_.size() ? own_[which].running : nobody;
}

std::vector<std::uint32_t> State::ready_in(std::uint32_t which) const {
    std::vector<std::uint32_t> queue;
    std::copy_if(ready.begin(), ready.end(), std::back_inserter(queue),
                 [=](std::uint32_t id) { return process_of(id) == which; });
    return queue;
}

const std::vector<HeapEntry>& State::timer_heap(std::uint32_t which) const {
    static const std::vector<HeapEntry> none;
    return which < own_.size() ? own_[which].heap.entries() : none;
}

const ChannelState* State::channel(std::uint32_t id) const { return find_by_id(channels, id); }

const TimerState* State::timer(std::uint32_t id) const { return find_by_id(timers, id); }

const GroupState* State::group(std::uint32_t id) const { return find_by_id(groups, id); }

const GateState* State::gate(std::uint32_t id) const { return find_by_id(gates, id); }

/// A trace cannot make much memory be asked for by one wrong number: one of a process that has not come is passed over.
CoroutineState* State::known_or_new(std::uint32_t id) {
    if (id == nobody || process_of(id) >= own_.size()) return nullptr;
    std::vector<std::uint32_t>& places = own_[process_of(id)].places;
    const std::uint32_t number = own_number(id);
    if (number >= places.size()) places.resize(number + 1, no_place);
    if (places[number] == no_place) {
        places[number] = static_cast<std::uint32_t>(coroutines.size());
        coroutines.emplace_back().id = id;
    }
    return &coroutines[places[number]];
}

ChannelState& State::known_or_new_channel(std::uint32_t id) {
    if (ChannelState* known = find_by_id(channels, id)) return *known;
    return channels.emplace_back(ChannelState{.id = id});
}

GroupState& State::known_or_new_group(std::uint32_t id) {
    if (GroupState* known = find_by_id(groups, id)) return *known;
    return groups.emplace_back(GroupState{.id = id});
}

GateState& State::known_or_new_gate(std::uint32_t id) {
    if (GateState* known = find_by_id(gates, id)) return *known;
    return gates.emplace_back(GateState{.id = id});
}

}  // namespace co::studio
