#include "timer_heap.h"

#include <algorithm>
#include <utility>

namespace co {
namespace {
constexpr std::size_t arity = 4;
constexpr std::size_t few_nodes = 64;  // not worth cleaning up
}  // namespace

void TimerHeap::add(TimerEntry& entry, TimePoint deadline) {
    Node node{deadline, next_order_++, take_slot()};
    slots_[node.slot] = {{&entry}, node.order};
    entry.slot = node.slot;
    nodes_.push_back(node);
    sift_up(nodes_.size() - 1, node);
    ++used_slots_;
    ++size_;
}

/// Its node, if it has one, is of no use: what it says is after the deadline.
void TimerHeap::place(LastingEntry& entry, TimePoint deadline) {
    remove(entry);
    entry.node_deadline = entry.deadline = deadline;
    entry.order = next_order_;
    add(entry, deadline);
}

TimerEntry* TimerHeap::pop_due(TimePoint now) {
    if (soonest() > now || next_deadline() > now || nodes_.empty()) return nullptr;
    TimerEntry* due = slots_[nodes_[0].slot].entry;
    take_out(*due);
    return due;
}

std::uint32_t TimerHeap::take_slot() {
    if (first_free_ == TimerEntry::none) {
        slots_.push_back({});
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    return static_cast<std::uint32_t>(std::exchange(first_free_, slots_[first_free_].next_free));
}

void TimerHeap::free_slot(TimerEntry& entry) {
    Slot& slot = slots_[entry.slot];
    slot.next_free = first_free_;
    slot.order = no_order;
    first_free_ = std::exchange(entry.slot, TimerEntry::none);
    --used_slots_;
}

void TimerHeap::take_out(TimerEntry& entry) {
    if (!std::exchange(entry.rests, false)) --size_;
    free_slot(entry);
    if (nodes_.size() > few_nodes && used_slots_ < nodes_.size() / 4) drop_dead();
}

/// The top is dead, or of a lasting entry that rests or was set again, to a later deadline.
void TimerHeap::put_top_right() {
    const Node& top = nodes_[0];
    if (is_dead(top)) return drop_top();
    auto& entry = static_cast<LastingEntry&>(*slots_[top.slot].entry);
    if (std::exchange(entry.rests, false)) {
        free_slot(entry);
        return drop_top();
    }
    slots_[top.slot].order = entry.order;
    entry.node_deadline = entry.deadline;
    sift_down(0, {entry.deadline, entry.order, top.slot});
}

void TimerHeap::drop_top() {
    Node last = nodes_[nodes_.size() - 1];
    nodes_.pop_back();
    if (!nodes_.empty()) sift_down(0, last);
}

void TimerHeap::drop_dead() {
    nodes_.erase_if([this](const Node& node) { return is_dead(node); });
    if (nodes_.size() < 2) return;
    for (std::size_t parent = (nodes_.size() - 2) / arity + 1; parent-- > 0;) sift_down(parent, Node(nodes_[parent]));
}

void TimerHeap::sift_up(std::size_t position, const Node& node) {
    while (position > 0) {
        std::size_t parent = (position - 1) / arity;
        if (!node.before(nodes_[parent])) break;
        nodes_[position] = nodes_[parent];
        position = parent;
    }
    nodes_[position] = node;
}

void TimerHeap::sift_down(std::size_t position, const Node& node) {
    for (;;) {
        std::size_t first = position * arity + 1;
        if (first >= nodes_.size()) break;
        std::size_t last = std::min(first + arity, nodes_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < last; ++child)
            if (nodes_[child].before(nodes_[least])) least = child;
        if (!nodes_[least].before(node)) break;
        nodes_[position] = nodes_[least];
        position = least;
    }
    nodes_[position] = node;
}

}  // namespace co
