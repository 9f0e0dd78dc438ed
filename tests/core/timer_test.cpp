#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/core/simulated.h"
#include "timer_heap.h"

using namespace co::test;

namespace {
std::string at_ms() { return std::to_string(co::now().time_since_epoch() / 1ms); }
}  // namespace

TEST_CASE("tick_phase: a callback longer than its interval drops the periods it missed and keeps the phase") {
    // The tutorial's figures (5.1): set at 2 ms, every 10 ms, the first callback takes 15 ms.
    Simulated run([](Words& said) {
        co::sleep(2ms);
        co::timer::tick(10ms, [&](co::TimerId id) {
            said.push_back(at_ms());
            if (said.size() == 1) co::blocking::compute(15ms);
            if (said.size() == 4) co::timer::clear(id);
        });
    });
    CHECK(run.said == Words{"12", "32", "42", "52"});
}

TEST_CASE("tick_phase: a callback that parks does not hold the next tick back") {
    Simulated run([](Words& said) {
        co::timer::tick(10ms, [&](co::TimerId id) {
            said.push_back(at_ms());
            if (said.size() == 3) co::timer::clear(id);
            co::sleep(15ms);
        });
    });
    CHECK(run.said == Words{"10", "20", "30"});
    CHECK(run.ended_at == 45ms);
}

TEST_CASE("bad_delay: a delay that is not positive, or above a day, is refused") {
    Simulated run([](Words&) {
        for (auto delay : {-1ms, 0ms, 86'400'001ms})
            CHECK_THROWS_AS(co::timer::after(delay, [] {}), std::invalid_argument);
        CHECK(co::timer::after(86'400'000ms, [] {}) == 1);
    });
    CHECK(run.ended_at == 86'400'000ms);
}

TEST_CASE("bad_delay: clearing an unknown or fired id returns false") {
    Simulated run([](Words& said) {
        CHECK_FALSE(co::timer::clear(99));
        auto once = co::timer::after(10ms, [&] { said.push_back("fired"); });
        auto never = co::timer::after(10ms, [&] { said.push_back("never"); });
        CHECK(co::timer::list() == std::vector<co::TimerId>{once, never});
        CHECK(co::timer::clear(never));
        CHECK_FALSE(co::timer::clear(never));
        co::sleep(20ms);
        CHECK_FALSE(co::timer::clear(once));
    });
    CHECK(run.said == Words{"fired"});
}

TEST_CASE("timer: a callback runs in a coroutine of its own and may wait") {
    Simulated run([](Words& said) {
        co::timer::after(5ms, [&] {
            co::sleep(5ms);
            said.push_back(at_ms());
        });
    });
    CHECK(run.said == Words{"10"});
}

TEST_CASE("timer: what is due at one instant runs by order of setting, before anything that it wakes") {
    Simulated run([](Words& said) {
        co::Channel<int> channel(1);
        co::go([&] { static_cast<void>(channel.pop()), said.push_back("woken"); });
        co::go([&] { co::sleep(10ms), static_cast<void>(channel.push(1)), said.push_back("a"); });
        co::timer::after(10ms, [&] { said.push_back("b"); });
        co::sleep(10ms);
        said.push_back("c");
    });
    CHECK(run.said == Words{"a", "b", "c", "woken"});
}

TEST_CASE("timer heap: entries come out by deadline, then by order of setting, and any can be removed") {
    co::TimerHeap heap;
    std::vector<co::TimerEntry> entries(200);
    std::uint32_t chance = 1;
    std::vector<std::pair<co::TimePoint, std::size_t>> expected;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        chance = chance * 1664525 + 1013904223;
        co::TimePoint deadline{std::chrono::nanoseconds(chance >> 28)};
        heap.add(entries[i], deadline);
        expected.emplace_back(deadline, i);
    }
    for (std::size_t i = 0; i < entries.size(); i += 3) heap.remove(entries[i]);
    std::erase_if(expected, [](const auto& entry) { return entry.second % 3 == 0; });
    std::sort(expected.begin(), expected.end());
    CHECK(heap.size() == expected.size());
    for (const auto& [deadline, index] : expected) {
        CHECK(heap.next_deadline() == deadline);
        CHECK(heap.pop_due(deadline) == &entries[index]);
        CHECK_FALSE(entries[index].is_set());
    }
    CHECK(heap.is_empty());
    CHECK(heap.pop_due(co::TimePoint::max()) == nullptr);
}
