#include "timer_heap.h"

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <random>
#include <utility>

namespace {

co::TimePoint at(std::int64_t moment) { return co::TimePoint(co::Duration(moment)); }

/// The same, so simple that it is right: what is due first, then what was set first.
class SimpleHeap {
  public:
    void add(co::TimerEntry& entry, co::TimePoint deadline) {
        waiting_[{deadline, next_}] = &entry;
        keys_[&entry] = {deadline, next_++};
    }
    void remove(co::TimerEntry& entry) {
        auto found = keys_.find(&entry);
        if (found == keys_.end()) return;
        waiting_.erase(found->second);
        keys_.erase(found);
    }
    co::TimerEntry* pop_due(co::TimePoint now) {
        if (waiting_.empty() || waiting_.begin()->first.first > now) return nullptr;
        co::TimerEntry* due = waiting_.begin()->second;
        remove(*due);
        return due;
    }
    co::TimePoint next_deadline() const {
        return waiting_.empty() ? co::TimePoint::max() : waiting_.begin()->first.first;
    }
    std::size_t size() const { return waiting_.size(); }

  private:
    using Key = std::pair<co::TimePoint, std::uint64_t>;
    std::map<Key, co::TimerEntry*> waiting_;
    std::map<co::TimerEntry*, Key> keys_;
    std::uint64_t next_ = 0;
};

}  // namespace

TEST_CASE("timer heap: any order of adding, removing and taking out is a sorted list's") {
    std::mt19937 chance(11);
    std::deque<co::TimerEntry> entries(600);
    co::TimerHeap heap;
    SimpleHeap simple;
    std::int64_t now = 0;
    for (int step = 0; step < 60'000; ++step) {
        co::TimerEntry& entry = entries[chance() % entries.size()];
        // Long stretches in which most are removed again: that is when dead nodes are dropped together.
        bool shrinks = step / 5000 % 2 == 1;
        if (!entry.is_set() && (!shrinks || chance() % 8 == 0)) {
            co::TimePoint deadline = at(now + chance() % 200);
            heap.add(entry, deadline);
            simple.add(entry, deadline);
        } else if (entry.is_set() && (shrinks || chance() % 2 == 0)) {
            heap.remove(entry);
            simple.remove(entry);
        }
        if (chance() % 20 == 0) {
            now += chance() % 5;
            REQUIRE(heap.pop_due(at(now)) == simple.pop_due(at(now)));
        }
        REQUIRE(heap.size() == simple.size());
        REQUIRE(heap.next_deadline() == simple.next_deadline());
    }
    while (co::TimerEntry* due = simple.pop_due(co::TimePoint::max()))
        REQUIRE(heap.pop_due(co::TimePoint::max()) == due);
    CHECK(heap.is_empty());
}

TEST_CASE("timer heap: who is set again and again comes out as who is added and removed does") {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::mt19937 chance(seed);
        std::deque<co::LastingEntry> lasting(40);
        std::deque<co::TimerEntry> others(40);
        co::TimerHeap heap;
        SimpleHeap simple;
        std::int64_t now = 0;
        for (int step = 0; step < 8'000; ++step) {
            const std::size_t which = chance() % lasting.size();
            // Mostly a little later than the last time, as who waits for the same thing again; now and then sooner.
            const co::TimePoint deadline = at(now + (chance() % 8 == 0 ? chance() % 10 : 50 + chance() % 3));
            co::LastingEntry& entry = lasting[which];
            if (!entry.is_set()) {
                heap.set(entry, deadline);
                simple.add(entry, deadline);
            } else if (chance() % 16 == 0) {
                heap.remove(entry);  // as one that ends
                simple.remove(entry);
            } else {
                heap.rest(entry);
                simple.remove(entry);
            }
            co::TimerEntry& other = others[which];
            if (!other.is_set() && chance() % 2 == 0) {
                heap.add(other, deadline);
                simple.add(other, deadline);
            } else if (chance() % 3 == 0) {
                heap.remove(other);
                simple.remove(other);
            }
            now += chance() % 4;
            REQUIRE(heap.size() == simple.size());
            if (chance() % 3 == 0) REQUIRE(heap.next_deadline() == simple.next_deadline());
            if (chance() % 3 == 0)
                while (co::TimerEntry* due = simple.pop_due(at(now))) REQUIRE(heap.pop_due(at(now)) == due);
        }
        while (co::TimerEntry* due = simple.pop_due(co::TimePoint::max()))
            REQUIRE(heap.pop_due(co::TimePoint::max()) == due);
        CHECK(heap.is_empty());
        CHECK(heap.next_deadline() == co::TimePoint::max());
    }
}

TEST_CASE("timer heap: who rests may be removed, and be gone") {
    co::TimerHeap heap;
    co::TimerEntry stays;
    heap.add(stays, at(3));
    {
        std::deque<co::LastingEntry> gone(1000);
        for (co::LastingEntry& entry : gone) heap.set(entry, at(1));
        for (co::LastingEntry& entry : gone) heap.rest(entry);
        CHECK(heap.size() == 1);
        for (co::LastingEntry& entry : gone) heap.rest(entry);  // a second time: nothing happens
        CHECK(heap.size() == 1);
        for (co::LastingEntry& entry : gone) heap.remove(entry);
    }
    CHECK(heap.next_deadline() == at(3));
    CHECK(heap.pop_due(at(3)) == &stays);
    CHECK(heap.is_empty());
}

TEST_CASE("timer heap: entries with one deadline come out in the order of setting") {
    std::deque<co::TimerEntry> entries(100);
    co::TimerHeap heap;
    for (co::TimerEntry& entry : entries) heap.add(entry, at(5));
    heap.remove(entries[50]);
    heap.add(entries[50], at(5));
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (i != 50) REQUIRE(heap.pop_due(at(5)) == &entries[i]);
    CHECK(heap.pop_due(at(4)) == nullptr);
    CHECK(heap.pop_due(at(5)) == &entries[50]);
    CHECK(heap.pop_due(at(5)) == nullptr);
}

TEST_CASE("timer heap: an entry may be gone once it is removed") {
    co::TimerHeap heap;
    co::TimerEntry stays;
    {
        std::deque<co::TimerEntry> gone(1000);
        for (co::TimerEntry& entry : gone) heap.add(entry, at(1));
        heap.add(stays, at(2));
        for (co::TimerEntry& entry : gone) heap.remove(entry);
    }
    CHECK(heap.next_deadline() == at(2));
    CHECK(heap.pop_due(at(3)) == &stays);
    heap.remove(stays);
    CHECK(heap.is_empty());
}
