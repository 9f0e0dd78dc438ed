// TimerHeap: what is due first is on top; adding costs O(log n), removing O(1), without an allocation for each.
//
//     TimerEntry entry;
//     heap.add(entry, deadline);
//     while (TimerEntry* due = heap.pop_due(now)) …
//
// Entries with one deadline come out in the order of setting. An entry is owned by its user, and may be in one heap.
//
// Most deadlines never come: what they guard happens first. So removing only marks a node as dead, in a table of slots
// that is small and hot; it is dropped when somebody looks at the top, or with others once most nodes are dead. Sifting
// moves nothing but nodes, four children side by side: half the levels of a binary heap.
//
// Who waits again and again, each time a little later, has a LastingEntry: its node stays where it is, and is put right
// when it comes to the top. Until then setting and resting cost a few numbers in the entry, and the heap is not
// touched.
//
//     LastingEntry entry;
//     heap.set(entry, deadline);
//     heap.rest(entry);
//     heap.remove(entry);          // before it ends
#pragma once

#include <cstddef>
#include <cstdint>

#include <co/kernel.h>

#include "plain_array.h"

namespace co {

struct TimerEntry {
    static constexpr std::uint32_t none = UINT32_MAX;
    std::uint32_t slot = none;  // in the heap
    bool is_lasting = false;    // it is a LastingEntry
    bool rests = false;         // its node stays, but nothing is due

    bool is_set() const { return slot != none && !rests; }
};

struct LastingEntry : TimerEntry {
    LastingEntry() { is_lasting = true; }

    // While it has a slot:
    TimePoint node_deadline{};  // not after its own
    TimePoint deadline{};
    std::uint64_t order = 0;  // the node's, unless that is to be put right
};

class TimerHeap {
  public:
    bool is_empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    /// TimePoint::max() when empty.
    TimePoint next_deadline() {
        while (!nodes_.empty() && !is_right(nodes_[0])) put_top_right();
        return soonest();
    }
    /// Not after the next deadline, but perhaps one before it that was removed: for whom that costs less than to know.
    TimePoint soonest() const { return nodes_.empty() ? TimePoint::max() : nodes_[0].deadline; }

    /// `entry` must not be set already; a LastingEntry is set(), not added.
    void add(TimerEntry& entry, TimePoint deadline);
    /// Nothing happens when it is not set.
    void remove(TimerEntry& entry) {
        if (entry.slot != TimerEntry::none) take_out(entry);
    }
    /// `entry` must not be set already.
    void set(LastingEntry& entry, TimePoint deadline) {
        if (entry.slot == TimerEntry::none || deadline < entry.node_deadline) return place(entry, deadline);
        entry.deadline = deadline;
        entry.order = next_order_++;
        entry.rests = false;
        ++size_;
    }
    /// Nothing happens when it is not set.
    void rest(LastingEntry& entry) {
        if (!entry.is_set()) return;
        entry.rests = true;
        --size_;
    }
    /// Takes out the first entry whose deadline is not after `now`; null when there is none.
    TimerEntry* pop_due(TimePoint now);

  private:
    struct Node {
        TimePoint deadline;
        std::uint64_t order;
        std::uint32_t slot;

        bool before(const Node& other) const {
            return deadline != other.deadline ? deadline < other.deadline : order < other.order;
        }
    };
    /// Who a node stands for, as long as both have the same order. A free one has none, and knows the next free one.
    struct Slot {
        union {
            TimerEntry* entry;
            std::size_t next_free;
        };
        std::uint64_t order;
    };

    static constexpr std::uint64_t no_order = UINT64_MAX;

    bool is_dead(const Node& node) const { return slots_[node.slot].order != node.order; }
    /// Whether something is due when the node says.
    bool is_right(const Node& node) const {
        if (is_dead(node)) return false;
        const TimerEntry& entry = *slots_[node.slot].entry;
        return !entry.is_lasting || (!entry.rests && static_cast<const LastingEntry&>(entry).order == node.order);
    }
    void place(LastingEntry& entry, TimePoint deadline);
    void put_top_right();
    std::uint32_t take_slot();
    void free_slot(TimerEntry& entry);
    void take_out(TimerEntry& entry);
    void drop_top();
    void drop_dead();
    void sift_up(std::size_t position, const Node& node);
    void sift_down(std::size_t position, const Node& node);

    PlainArray<Node> nodes_;
    PlainArray<Slot> slots_;
    std::size_t first_free_ = TimerEntry::none;
    std::size_t used_slots_ = 0;
    std::size_t size_ = 0;  // without those that rest
    std::uint64_t next_order_ = 0;
};

}  // namespace co
