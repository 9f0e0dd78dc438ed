// TimerHeap: every deadline that is still ahead, as a binary heap.
//
//     TimerHeap heap;
//     heap.insert({.coroutine = 1, .deadline = 120'000'000, .order = 4});
//     heap.entries().front()          // what is due first
//     heap.remove_coroutine(1);
//
// A view draws it as a tree, so the places in the array matter: inserting sifts up, removing puts the last
// entry into the hole and sifts it, as in any textbook heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <co/event.h>

namespace co::studio {

/// What stands in the timer heap: a timer, or a parked coroutine with a deadline.
struct HeapEntry {
    std::uint32_t coroutine = co::trace::nobody;  // nobody: it is `timer`
    std::uint32_t timer = 0;
    std::int64_t set_time = 0;  // ns
    std::int64_t deadline = 0;  // ns
    std::uint64_t order = 0;
};

class TimerHeap {
  public:
    void insert(const HeapEntry& entry);
    /// Nothing happens when it is not there.
    void remove_coroutine(std::uint32_t coroutine);
    void remove_timer(std::uint32_t timer);

    /// Children of [i] are [2i+1] and [2i+2]; earlier deadlines, then earlier orders, are nearer to [0].
    const std::vector<HeapEntry>& entries() const { return entries_; }

  private:
    void remove_at(std::size_t index);
    std::size_t sift_up(std::size_t index);
    void sift_down(std::size_t index);

    std::vector<HeapEntry> entries_;
};

}  // namespace co::studio
