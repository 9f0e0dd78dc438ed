#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

#include "context.h"

namespace {

struct Pair {
    co::Context home;
    co::Context away;
    std::string log;
};

void three_visits(void* argument) {
    Pair& pair = *static_cast<Pair*>(argument);
    pair.log += "1";
    co::switch_context(pair.away, pair.home);
    pair.log += "2";
    co::switch_context(pair.away, pair.home);
    pair.log += "3";
    co::leave_context(pair.away, pair.home);
}

/// Waits with more on its stack than a bare return address, so that an arrival must leave it as it is.
void keeps_what_it_is_told(void* argument) {
    Pair& pair = *static_cast<Pair*>(argument);
    std::string before = "waited ";
    try {
        for (;;) pair.log += before + std::to_string(co::switch_context(pair.away, pair.home)) + ' ';
    } catch (const std::runtime_error& error) {
        pair.log += error.what();
    }
    co::leave_context(pair.away, pair.home);
}

co::Answer answers_itself(co::Context& context) { return context.answer * 2; }
co::Answer throws_there(co::Context&) { throw std::runtime_error("thrown on arrival"); }

void throws_inside(void* argument) {
    Pair& pair = *static_cast<Pair*>(argument);
    try {
        throw std::runtime_error("away");
    } catch (const std::exception& error) {
        co::switch_context(pair.away, pair.home);
        pair.log += error.what();
        pair.log += std::current_exception() ? "+" : "-";
    }
    co::leave_context(pair.away, pair.home);
}

}  // namespace

TEST_CASE("context: runs on its own stack, goes on where it left, and leaves for good") {
    Pair pair;
    co::StackPool stacks(64 * 1024);
    co::Stack stack = stacks.take();
    co::make_context(pair.away, stack, three_visits, &pair);
    for (const char* expected : {"1", "12", "123"}) {
        co::switch_context(pair.home, pair.away);
        CHECK(pair.log == expected);
    }
    co::destroy_context(pair.away);
    co::destroy_context(pair.home);
    stacks.give_back(stack);
}

TEST_CASE(
    "context: a switch brings back its answer, or calls what it is told to in the other context, which may throw") {
    Pair pair;
    co::StackPool stacks(64 * 1024);
    co::Stack stack = stacks.take();
    co::make_context(pair.away, stack, keeps_what_it_is_told, &pair);
    co::switch_context(pair.home, pair.away);
    pair.away.answer = 7;
    co::switch_context(pair.home, pair.away);
    CHECK(pair.log == "waited 7 ");
    pair.away.on_arrival = answers_itself;
    co::switch_context(pair.home, pair.away);
    CHECK(pair.log == "waited 7 waited 14 ");
    co::switch_context(pair.home, pair.away);
    CHECK(pair.log == "waited 7 waited 14 waited 7 ");
    pair.away.on_arrival = throws_there;
    pair.home.answer = 3;
    CHECK(co::switch_context(pair.home, pair.away) == 3);
    CHECK(pair.log == "waited 7 waited 14 waited 7 thrown on arrival");
    co::destroy_context(pair.away);
    co::destroy_context(pair.home);
    stacks.give_back(stack);
}

TEST_CASE("context: the exception that is being handled stays with its context") {
    Pair pair;
    co::StackPool stacks(64 * 1024);
    co::Stack stack = stacks.take();
    co::make_context(pair.away, stack, throws_inside, &pair);
    co::switch_context(pair.home, pair.away);
    CHECK_FALSE(std::current_exception());
    try {
        throw std::runtime_error("home");
    } catch (const std::exception& error) {
        co::switch_context(pair.home, pair.away);
        CHECK(std::string(error.what()) == "home");
    }
    CHECK(pair.log == "away+");
    CHECK_FALSE(std::current_exception());
    co::destroy_context(pair.away);
    co::destroy_context(pair.home);
    stacks.give_back(stack);
}

TEST_CASE("stack: the pool hands the stack out again that came back last") {
    co::StackPool stacks(64 * 1024);
    co::Stack first = stacks.take();
    co::Stack second = stacks.take();
    CHECK(first.lowest != second.lowest);
    CHECK(first.bytes >= 64 * 1024);
    first.lowest[0] = std::byte{1};
    first.top()[-1] = std::byte{1};
    stacks.give_back(first);
    CHECK(stacks.take().lowest == first.lowest);
    stacks.give_back(first);
    stacks.give_back(second);
}

TEST_CASE("stack: neighbours do not overlap, and beyond the warm ones memory is given back") {
    co::StackPool stacks(64 * 1024);
    std::vector<co::Stack> taken;
    for (std::size_t i = 0; i < co::StackPool::most_warm + 2; ++i) {
        taken.push_back(stacks.take());
        taken.back().top()[-1] = std::byte{1};
        taken.back().lowest[0] = std::byte{2};
    }
    for (const co::Stack& stack : taken) CHECK(stack.top()[-1] == std::byte{1});
    for (const co::Stack& stack : taken) stacks.give_back(stack);
    CHECK(stacks.take().top()[-1] == std::byte{0});
}
