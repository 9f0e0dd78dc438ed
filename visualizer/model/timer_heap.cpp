#include "visualizer/model/timer_heap.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace co::studio {
namespace {

bool is_due_before(const HeapEntry& a, const HeapEntry& b) {
    return std::tie(a.deadline, a.order) < std::tie(b.deadline, b.order);
}

}  // namespace

void TimerHeap::insert(const HeapEntry& entry) {
    entries_.push_back(entry);
    sift_up(entries_.size() - 1);
}

void TimerHeap::remove_coroutine(std::uint32_t coroutine) {
    const auto found = std::ranges::find_if(
        entries_, [&](const HeapEntry& entry) { return coroutine != trace::nobody && entry.coroutine == coroutine; });
    if (found != entries_.end()) remove_at(static_cast<std::size_t>(found - entries_.begin()));
}

void TimerHeap::remove_timer(std::uint32_t timer) {
    const auto found = std::ranges::find_if(
        entries_, [&](const HeapEntry& entry) { return entry.coroutine == trace::nobody && entry.timer == timer; });
    if (found != entries_.end()) remove_at(static_cast<std::size_t>(found - entries_.begin()));
}

void TimerHeap::remove_at(std::size_t index) {
    entries_[index] = entries_.back();
    entries_.pop_back();
    if (index < entries_.size()) sift_down(sift_up(index));
}

std::size_t TimerHeap::sift_up(std::size_t index) {
    while (index > 0) {
        const std::size_t parent = (index - 1) / 2;
        if (!is_due_before(entries_[index], entries_[parent])) break;
        std::swap(entries_[index], entries_[parent]);
        index = parent;
    }
    return index;
}

void TimerHeap::sift_down(std::size_t index) {
    for (;;) {
        std::size_t first = index;
        for (const std::size_t child : {2 * index + 1, 2 * index + 2}) {
            if (child < entries_.size() && is_due_before(entries_[child], entries_[first])) first = child;
        }
        if (first == index) return;
        std::swap(entries_[index], entries_[first]);
        index = first;
    }
}

}  // namespace co::studio
