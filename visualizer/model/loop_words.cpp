#include "visualizer/model/loop_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

/// The number of a simulated computer by its address: 10.0.0.1 is the first one's.
std::optional<std::uint32_t> computer_number(std::string_view address) {
    std::uint32_t number = 0;
    for (int part = 0; part < 4; ++part) {
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), value);
        if (error != std::errc{} || value > 255) return std::nullopt;
        if ((part == 0 && value != 10) || (part == 1 && value != 0)) return std::nullopt;
        number = part < 2 ? 0 : number << 8 | value;
        address.remove_prefix(static_cast<std::size_t>(end - address.data()));
        if (part < 3 && !address.starts_with('.')) return std::nullopt;
        if (part < 3) address.remove_prefix(1);
    }
    return number;
}

/// What stands behind " > " or " < ".
std::string_view peer_of(std::string_view way) {
    const std::size_t arrow = way.find_first_of("<>");
    if (arrow == std::string_view::npos) return way;
    way.remove_prefix(arrow + 1);
    return way.starts_with(' ') ? way.substr(1) : way;
}

std::string named(const Model& model, const Event& event) {
    const std::string_view text = model.trace().text(event);
    const std::string peer = computer_at(model.trace(), peer_of(text));
    switch (event.kind) {
        case EventKind::listen:
            return fmt::format("listens at {}", text);
        case EventKind::accept:
            return fmt::format("connection, {}", peer.empty() ? "accepted" : peer);
        default:
            return fmt::format("connection to {}", peer);
    }
}

std::string_view waiter_name(const Model& model, const State& state, const Loop& loop, const Descriptor& descriptor) {
    if (loop.process != 0) return model.text(descriptor.waiter_name);
    const CoroutineState* waiter = state.coroutine(descriptor.waiter);
    return waiter && own_number(descriptor.waiter) != 0 ? model.text(waiter->name) : std::string_view();
}

std::string outcome_text(const Model& model, const Event& event) {
    const std::string_view text = model.trace().text(event);
    switch (event.kind) {
        case EventKind::accept:
            return computer_at(model.trace(), peer_of(text)) + " connected";
        case EventKind::connected:
            return text.empty() ? "connected" : std::string(text);
        case EventKind::read:
            return event.value == 0 ? "the other end sends no more" : counted(event.value, "byte");
        case EventKind::write:
            return counted(event.value, "byte") + " taken";
        case EventKind::message_taken:
            return fmt::format("{}, from {}", shown_bytes(text), role_name(event.object));
        default:
            return std::string(text);
    }
}

std::string top_text(const Model& model, const State& state, const Loop& loop, const HeapEntry& top) {
    if (top.coroutine != trace::nobody) return "the deadline of " + chip_text(top.coroutine);
    return loop.process == 0 ? timer_name(model.trace(), state, top.timer)
                             : fmt::format("timer {}", own_number(top.timer));
}

}  // namespace

std::string computer_at(const trace::Trace& trace, std::string_view address) {
    constexpr std::size_t far_enough = 4096;  // computers are told of first
    if (address.starts_with("127.")) return "this computer";
    const auto number = computer_number(address);
    const auto begin = trace.events.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(trace.events.size(), far_enough));
    const auto host = std::find_if(
        begin, end, [&](const Event& event) { return event.kind == EventKind::host && event.object == number; });
    if (!number || host == end) return std::string(address);
    return std::string(trace.text(*host));
}

std::string loop_name(const Model& model, const Loop& loop) {
    // Of several computers each has a "reactor 0": there the title tells whose.
    if (const auto place = model.processes().place_of(loop.process); place && model.processes().several()) {
        const Process& process = model.processes()[*place];
        if (process.host != model.processes()[0].host && !process.host_name.empty()) return process.title;
    }
    if (loop.name == 0) return loop.process == 0 ? "main" : fmt::format("process {}", loop.process);
    std::string name(model.text(loop.name));
    std::replace(name.begin(), name.end(), '#', ' ');
    return name;
}

std::string what_it_is(const Model& model, const State& state, const Loop& loop, const Descriptor& descriptor) {
    if (const std::uint32_t step = state.loops.named_step(loop, descriptor.fd); step != 0)
        return named(model, model.event(step));
    const std::string_view waiter = waiter_name(model, state, loop, descriptor);
    if (!waiter.empty()) return fmt::format("pipe, {}", waiter);
    return own_number(descriptor.waiter) == 0 && loop.name != 0 ? "mailbox" : "descriptor";
}

std::string watch_text(std::uint8_t watch) {
    if (watch == Watch::both) return "read, write";
    return watch == Watch::none ? "–" : watch == Watch::read ? "read" : "write";
}

std::string why_it_woke(const Model& model, const Descriptor& descriptor) {
    if (descriptor.woken_step == 0) return "not yet";
    if (descriptor.outcome_step != 0)
        return fmt::format("step {}: {}", descriptor.outcome_step,
                           outcome_text(model, model.event(descriptor.outcome_step)));
    return fmt::format("step {}: ready to {}", descriptor.woken_step,
                       model.trace().text(model.event(descriptor.woken_step)));
}

const HeapEntry* heap_top(const State& state, const Loop& loop) {
    const auto& heap = loop.process == 0 ? state.timer_heap(0) : loop.heap.entries();
    return heap.empty() ? nullptr : &heap.front();
}

std::vector<std::uint32_t> ready_of(const State& state, const Loop& loop) {
    if (loop.process == 0) return state.ready_in(0);
    return {loop.ready.begin(), loop.ready.end()};
}

std::uint32_t running_in(const State& state, const Loop& loop) {
    return loop.process == 0 ? state.running_in(0) : loop.running;
}

std::string timeout_text(const Model& model, const State& state, const Loop& loop) {
    const HeapEntry* top = heap_top(state, loop);
    const std::string begin = loop.is_waiting ? "waits" : "would wait";
    if (loop.is_waiting && loop.until != trace::forever_ns && (!top || top->deadline != loop.until))
        return fmt::format("{} until {} at the latest", begin, seconds_text(loop.until));
    if (!top || (loop.is_waiting && loop.until == trace::forever_ns))
        return begin + " without a timeout: its timer heap is empty";
    return fmt::format("{} until {} at the latest: {} is on top of its timer heap", begin, seconds_text(top->deadline),
                       top_text(model, state, loop, *top));
}

}  // namespace co::studio
