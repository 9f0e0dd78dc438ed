// TimerHeap: what is due first is on top; adding and removing cost O(log n), without an allocation for each.
//
//     TimerEntry entry;
//     heap.add(entry, deadline);
//     while (TimerEntry* due = heap.pop_due(now)) …
//
// Entries with one deadline come out in the order of setting. An entry is owned by its user, and may be in one heap.
// Four children a node: half the levels of a binary heap, and the children of a node lie in one cache line or two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <co/kernel.h>

namespace co {

struct TimerEntry {
    static constexpr std::size_t nowhere = SIZE_MAX;
    std::size_t position = nowhere;  // in the heap

    bool is_set() const { return position != nowhere; }
};

class TimerHeap {
  public:
    bool is_empty() const { return nodes_.empty(); }
    std::size_t size() const { return nodes_.size(); }
    /// TimePoint::max() when empty.
    TimePoint next_deadline() const { return nodes_.empty() ? TimePoint::max() : nodes_.front().deadline; }

    /// `entry` must not be set already.
    void add(TimerEntry& entry, TimePoint deadline);
    /// Nothing happens when it is not set.
    void remove(TimerEntry& entry);
    /// Takes out the first entry whose deadline is not after `now`; null when there is none.
    TimerEntry* pop_due(TimePoint now);
    TimePoint deadline_of(const TimerEntry& entry) const { return nodes_[entry.position].deadline; }

  private:
    struct Node {
        TimePoint deadline;
        std::uint64_t order;
        TimerEntry* entry;

        bool before(const Node& other) const {
            return deadline != other.deadline ? deadline < other.deadline : order < other.order;
        }
    };

    void place(std::size_t position, const Node& node);
    void sift_up(std::size_t position, Node node);
    void sift_down(std::size_t position, Node node);

    std::vector<Node> nodes_;
    std::uint64_t next_order_ = 0;
};

}  // namespace co
