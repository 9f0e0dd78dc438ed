#include "timer_heap.h"

#include <algorithm>

namespace co {
namespace {
constexpr std::size_t arity = 4;
}

void TimerHeap::add(TimerEntry& entry, TimePoint deadline) {
    nodes_.emplace_back();
    sift_up(nodes_.size() - 1, {deadline, next_order_++, &entry});
}

void TimerHeap::remove(TimerEntry& entry) {
    if (!entry.is_set()) return;
    std::size_t hole = entry.position;
    entry.position = TimerEntry::nowhere;
    Node last = nodes_.back();
    nodes_.pop_back();
    if (hole == nodes_.size()) return;
    if (hole > 0 && last.before(nodes_[(hole - 1) / arity]))
        sift_up(hole, last);
    else
        sift_down(hole, last);
}

TimerEntry* TimerHeap::pop_due(TimePoint now) {
    if (nodes_.empty() || nodes_.front().deadline > now) return nullptr;
    TimerEntry* due = nodes_.front().entry;
    remove(*due);
    return due;
}

void TimerHeap::place(std::size_t position, const Node& node) {
    nodes_[position] = node;
    node.entry->position = position;
}

void TimerHeap::sift_up(std::size_t position, Node node) {
    while (position > 0) {
        std::size_t parent = (position - 1) / arity;
        if (!node.before(nodes_[parent])) break;
        place(position, nodes_[parent]);
        position = parent;
    }
    place(position, node);
}

void TimerHeap::sift_down(std::size_t position, Node node) {
    for (;;) {
        std::size_t first = position * arity + 1;
        if (first >= nodes_.size()) break;
        std::size_t last = std::min(first + arity, nodes_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < last; ++child)
            if (nodes_[child].before(nodes_[least])) least = child;
        if (!nodes_[least].before(node)) break;
        place(position, nodes_[least]);
        position = least;
    }
    place(position, node);
}

}  // namespace co
