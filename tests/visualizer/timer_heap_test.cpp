#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "visualizer/model/timer_heap.h"

using namespace co::studio;

namespace {

std::vector<std::uint32_t> drain(TimerHeap& heap) {
    std::vector<std::uint32_t> order;
    while (!heap.entries().empty()) {
        order.push_back(heap.entries().front().coroutine);
        heap.remove_coroutine(order.back());
    }
    return order;
}

}  // namespace

TEST_CASE("the timer heap gives what is due first, then what was set first") {
    TimerHeap heap;
    heap.insert({.coroutine = 1, .deadline = 30, .order = 1});
    heap.insert({.coroutine = 2, .deadline = 10, .order = 2});
    heap.insert({.coroutine = 3, .deadline = 20, .order = 4});
    heap.insert({.coroutine = 4, .deadline = 20, .order = 3});
    CHECK(drain(heap) == std::vector<std::uint32_t>{2, 4, 3, 1});
}

TEST_CASE("the timer heap removes a timer or a coroutine from the middle, and nothing else") {
    TimerHeap heap;
    heap.insert({.coroutine = 1, .deadline = 30, .order = 1});
    heap.insert({.timer = 1, .deadline = 10, .order = 2});
    heap.insert({.coroutine = 3, .deadline = 20, .order = 3});
    heap.remove_timer(1);
    heap.remove_timer(7);
    heap.remove_coroutine(co::trace::nobody);
    CHECK(drain(heap) == std::vector<std::uint32_t>{3, 1});
}

TEST_CASE("after any inserts and removals every parent in the timer heap is due before its children") {
    std::mt19937 random(7);
    TimerHeap heap;
    for (std::uint32_t i = 0; i < 500; ++i) {
        heap.insert({.coroutine = i, .deadline = static_cast<std::int64_t>(random() % 50), .order = i});
        if (random() % 3 == 0) heap.remove_coroutine(static_cast<std::uint32_t>(random() % (i + 1)));
        const auto& entries = heap.entries();
        for (std::size_t child = 1; child < entries.size(); ++child) {
            const HeapEntry& parent = entries[(child - 1) / 2];
            const bool in_order = parent.deadline < entries[child].deadline ||
                                  (parent.deadline == entries[child].deadline && parent.order < entries[child].order);
            REQUIRE(in_order);
        }
    }
}
