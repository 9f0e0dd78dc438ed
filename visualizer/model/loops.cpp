#include "visualizer/model/loops.h"

#include <algorithm>

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;
using trace::nobody;

/// A broken trace asks for no more than this.
constexpr std::size_t most_loops = 4096, most_descriptors = 65'536;

Descriptor* descriptor_at(Loop& loop, std::uint32_t fd) {
    const auto place = std::ranges::lower_bound(loop.descriptors, fd, {}, &Descriptor::fd);
    if (place != loop.descriptors.end() && place->fd == fd) return &*place;
    if (loop.descriptors.size() >= most_descriptors) return nullptr;
    return &*loop.descriptors.insert(place, Descriptor{.fd = fd});
}

void forget_poll(Loop& loop) {
    for (Descriptor& one : loop.descriptors) one.ready = Watch::none;
}

/// A poll that did not wait leaves no trace of its own: the first descriptor that it found does.
void found_ready(Loop& loop, const Event& event, std::uint32_t step) {
    const bool writes = event.value == 1;
    if (loop.place != LoopPlace::descriptors) {
        if (loop.place != LoopPlace::wait && loop.place != LoopPlace::timers) ++loop.turns;
        forget_poll(loop);
    }
    loop.place = LoopPlace::descriptors;
    Descriptor* one = descriptor_at(loop, event.object);
    if (!one) return;
    one->ready = static_cast<std::uint8_t>(one->ready | (writes ? Watch::write : Watch::read));
    one->woken = event.other;
    one->woken_step = step;
    one->outcome_step = 0;
}

/// What the coroutine that a descriptor woke did first is why it was woken.
void note_outcome(Loop& loop, const Event& event, std::uint32_t step) {
    const bool takes_message = event.kind == EventKind::message_taken;
    for (Descriptor& one : loop.descriptors) {
        if (one.woken_step == 0 || one.outcome_step != 0 || one.woken != event.coroutine) continue;
        const bool is_it = takes_message || one.fd == event.object ||
                           (event.kind == EventKind::accept && one.fd == static_cast<std::uint32_t>(event.value));
        if (is_it) one.outcome_step = step;
    }
}

void note_waiter(Loop& loop, const Event& event) {
    Descriptor* one = descriptor_at(loop, event.object);
    if (!one) return;
    one->waiter = event.coroutine;
    one->waiter_name = loop.name_of(event.coroutine);
}

void close(Loop& loop, std::uint32_t fd) {
    std::erase_if(loop.descriptors, [fd](const Descriptor& one) { return one.fd == fd; });
}

void apply_to_descriptor(Loop& loop, const Event& event, std::uint32_t step) {
    switch (event.kind) {
        case EventKind::listen:
        case EventKind::accept:
        case EventKind::connect:
            close(loop, event.object);  // a number that was free again
            if (Descriptor* one = descriptor_at(loop, event.object)) one->named_step = step;
            break;
        case EventKind::fd_close:
            return close(loop, event.object);
        case EventKind::fd_ready:
            return found_ready(loop, event, step);
        case EventKind::fd_wait:
            return note_waiter(loop, event);
        case EventKind::fd_watch:
            if (Descriptor* one = descriptor_at(loop, event.object))
                one->watched = static_cast<std::uint8_t>(event.value & Watch::both);
            return;
        default:
            break;
    }
    note_outcome(loop, event, step);
}

LoopPlace place_of(trace::LoopPhase phase) {
    switch (phase) {
        case trace::LoopPhase::deferred:
            return LoopPlace::deferred;
        case trace::LoopPhase::signal:
            return LoopPlace::signals;
        case trace::LoopPhase::cycle:
        case trace::LoopPhase::remote:
            break;
    }
    return LoopPlace::hook;
}

void apply_to_loop(Loop& loop, const Event& event, std::uint32_t step) {
    switch (event.kind) {
        case EventKind::loop_wait:
            loop.place = LoopPlace::wait;
            loop.is_waiting = true;
            loop.until = event.value;
            loop.waits_since = event.time;
            loop.wait_step = step;
            ++loop.turns;
            return forget_poll(loop);
        case EventKind::loop_woke:
            loop.is_waiting = false;
            return;
        case EventKind::loop_call:
            loop.place = place_of(static_cast<trace::LoopPhase>(event.value));
            return;
        case EventKind::due:
        case EventKind::timer_fire:
            loop.place = LoopPlace::timers;
            return;
        case EventKind::start:
        case EventKind::run:
            loop.place = LoopPlace::run;
            loop.is_waiting = false;
            return;
        default:
            return;
    }
}

// -- who runs, who is ready, what is due: as State has them of the first process
// ----------------------------------------

void make_ready(Loop& loop, std::uint32_t coroutine) {
    loop.heap.remove_coroutine(coroutine);
    if (std::ranges::find(loop.ready, coroutine) == loop.ready.end()) loop.ready.push_back(coroutine);
}

void apply_to_timers(Loop& loop, const Event& event, std::uint32_t step) {
    const HeapEntry entry{.timer = event.object, .set_time = event.time, .deadline = event.value, .order = step};
    loop.heap.remove_timer(event.object);
    if (event.kind != EventKind::timer_clear && event.value != trace::forever_ns) loop.heap.insert(entry);
    if (event.kind == EventKind::timer_fire) make_ready(loop, event.coroutine);
}

void park(Loop& loop, const Event& event, std::uint32_t step) {
    if (loop.running == event.coroutine) loop.running = nobody;
    if (event.kind == EventKind::requeue) return make_ready(loop, event.coroutine);
    const bool has_deadline = event.kind != EventKind::yield && event.value != trace::forever_ns;
    if (has_deadline)
        loop.heap.insert(
            {.coroutine = event.coroutine, .set_time = event.time, .deadline = event.value, .order = step});
}

void apply_to_coroutines(Loop& loop, const Event& event, std::uint32_t step) {
    if (trace::parks(event.kind)) return park(loop, event, step);
    switch (event.kind) {
        case EventKind::start:
            loop.running = event.coroutine;
            return;
        case EventKind::run:
            std::erase(loop.ready, event.coroutine);
            loop.running = event.coroutine;
            return;
        case EventKind::go:
        case EventKind::resume:
            loop.running = event.object;
            return loop.heap.remove_coroutine(event.object);
        case EventKind::back:
            loop.running = event.coroutine;
            return;
        case EventKind::ready:
            return make_ready(loop, event.object);
        case EventKind::due:
        case EventKind::loop_call:
            return make_ready(loop, event.coroutine);
        case EventKind::timer_after:
        case EventKind::timer_tick:
        case EventKind::timer_clear:
        case EventKind::timer_fire:
        case EventKind::timer_moved:
            return apply_to_timers(loop, event, step);
        case EventKind::done:
        case EventKind::failed:
            if (loop.running == event.coroutine) loop.running = nobody;
            return;
        default:
            return;
    }
}

void note_name(Loop& loop, const Event& event) {
    if (event.kind == EventKind::go) loop.names.push_back({event.object, event.text});
    if (event.kind != EventKind::done && event.kind != EventKind::failed) return;
    std::erase_if(loop.names, [&](const Loop::Name& one) { return one.coroutine == event.coroutine; });
}

}  // namespace

std::uint32_t Loop::name_of(std::uint32_t coroutine) const {
    const auto known = std::ranges::find(names, coroutine, &Name::coroutine);
    return known == names.end() ? 0 : known->text;
}

const Descriptor* Loop::descriptor(std::uint32_t fd) const {
    const auto found = std::ranges::lower_bound(descriptors, fd, {}, &Descriptor::fd);
    return found != descriptors.end() && found->fd == fd ? &*found : nullptr;
}

std::size_t Loop::watched() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(descriptors, [](const Descriptor& one) { return one.watched != Watch::none; }));
}

const Loop* Loops::find(std::uint32_t process) const {
    const auto place = std::ranges::lower_bound(loops_, process, {}, &Loop::process);
    return place != loops_.end() && place->process == process ? &*place : nullptr;
}

Loop& Loops::at(std::uint32_t process) {
    const auto place = std::ranges::lower_bound(loops_, process, {}, &Loop::process);
    if (place != loops_.end() && place->process == process) return *place;
    if (loops_.size() >= most_loops) return loops_.back();
    return *loops_.insert(place, Loop{.process = process});
}

void Loops::apply_to_process(const Event& event) {
    if (event.kind == EventKind::process_end) return end_process(event.object);
    Loop& loop = at(event.kind == EventKind::role ? event.process : event.object);
    loop.name = event.text;
    if (event.kind == EventKind::role) return;
    loop.parent = event.process;
    loop.is_thread = event.value == 1;
}

void Loops::end_process(std::uint32_t process) {
    for (Loop& loop : loops_) {
        if (loop.process != process && !(loop.is_thread && loop.parent == process)) continue;
        Loop gone{.process = loop.process, .parent = loop.parent, .is_thread = loop.is_thread, .has_ended = true};
        gone.name = loop.name;
        loop = std::move(gone);
    }
}

std::uint32_t Loops::named_step(const Loop& loop, std::uint32_t fd) const {
    const Loop* owner = &loop;
    for (int generation = 0; owner && generation < 8; ++generation) {
        const Descriptor* one = owner->descriptor(fd);
        if (one && one->named_step != 0) return one->named_step;
        owner = owner->parent == owner->process ? nullptr : find(owner->parent);
    }
    return 0;
}

std::size_t Loops::bytes() const {
    std::size_t bytes = 0;
    for (const Loop& loop : loops_) {
        bytes += sizeof(Loop) + 600 + loop.descriptors.size() * sizeof(Descriptor) +
                 loop.names.size() * sizeof(Loop::Name) + loop.heap.entries().size() * sizeof(HeapEntry);
    }
    return bytes;
}

void Loops::apply(const Event& event, std::uint32_t step) {
    if (event.kind == EventKind::line || event.kind == EventKind::print) return;
    if (event.kind == EventKind::process_start || event.kind == EventKind::process_end || event.kind == EventKind::role)
        return apply_to_process(event);
    // Threads record no end of their own but this.
    if (event.kind == EventKind::stopped && at(event.process).is_thread) return end_process(event.process);
    if (event.kind == EventKind::host || (event.kind >= EventKind::segment_sent && event.kind <= EventKind::partition))
        return;  // the network's own doing
    Loop& loop = at(event.process);
    const bool is_descriptor = event.kind >= EventKind::fd_wait && event.kind <= EventKind::fd_close &&
                               event.kind != EventKind::loop_wait && event.kind != EventKind::loop_woke;
    if (event.process != 0) note_name(loop, event);
    if (event.kind == EventKind::message_taken) note_outcome(loop, event, step);
    if (is_descriptor) apply_to_descriptor(loop, event, step);
    apply_to_loop(loop, event, step);
    if (event.process != 0) apply_to_coroutines(loop, event, step);
    if (!loop.descriptors.empty() && !trace::is_detail(event.kind)) latest_ = event.process;
}

}  // namespace co::studio
