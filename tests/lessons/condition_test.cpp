#include "lessons/format/condition.h"

#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

const co::trace::Trace& history() {
    static const co::trace::Trace trace = run_script(R"lua(
local jobs = chan(2)
local function worker(name)
  defer(function() print(name .. " ends") end)
  co.sleep(0.1)
  print("got " .. jobs:pop())
end
go(worker, "Ann")
go(worker, "Bob")
jobs:push(1)
jobs:push(2)
)lua")
                                              .trace;
    return trace;
}

const co::trace::Event& event_at(std::uint32_t step) {
    std::uint32_t number = 0;
    for (const auto& event : history().events) {
        if (co::trace::is_step(event.kind) && ++number == step) return event;
    }
    throw std::out_of_range("no such step");
}

std::string error(const std::string& text) {
    try {
        parse_condition(text);
    } catch (const ConditionError& complaint) {
        return complaint.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("condition: a printed line, with quotes around it or without") {
    const auto step = find_step(history(), "print \"got 1\"", 0);
    REQUIRE(step);
    CHECK(history().text(event_at(*step)) == "got 1");
    CHECK(find_step(history(), "print got 1", 0) == step);
    CHECK_FALSE(find_step(history(), "print got", 0));
}

TEST_CASE("condition: an event by its kind and its object's name") {
    const auto first = find_step(history(), "push jobs", 0);
    REQUIRE(first);
    CHECK(event_at(*first).kind == co::trace::EventKind::push);
    const auto second = find_step(history(), "push jobs", *first);
    REQUIRE(second);
    CHECK(*second > *first);
    CHECK_FALSE(find_step(history(), "push jobs", *second));
    CHECK_FALSE(find_step(history(), "push results", 0));
    CHECK(find_step(history(), "channel", 0) == 2);
}

TEST_CASE("condition: a coroutine by chip, function or call") {
    const auto step = find_step(history(), "deferred worker(\"Bob\")", 0);
    REQUIRE(step);
    CHECK(find_step(history(), "deferred co#2", 0) == step);
    CHECK(event_at(*step).coroutine == 2);
    const auto either = find_step(history(), "deferred worker", 0);
    REQUIRE(either);
    CHECK(event_at(*either).coroutine == 1);
    CHECK(event_at(find_step(history(), "done main", 0).value()).coroutine == 0);
    CHECK(event_at(find_step(history(), "go worker(\"Bob\")", 0).value()).object == 2);
}

TEST_CASE("condition: the number of values in a channel, when it comes to be so") {
    const auto one = find_step(history(), "chan jobs.len == 1", 0);
    REQUIRE(one);
    CHECK(find_step(history(), "push jobs", 0) == one);
    const auto two = find_step(history(), "chan jobs.len >= 2", 0);
    REQUIRE(two);
    CHECK(*two > *one);
    const auto again = find_step(history(), "chan jobs.len == 1", *one);
    REQUIRE(again);
    CHECK(event_at(*again).kind == co::trace::EventKind::pop);
    const auto empty = find_step(history(), "chan jobs.len < 1", *one);
    REQUIRE(empty);
    CHECK(*empty > *again);
    CHECK_FALSE(find_step(history(), "chan jobs.len > 2", 0));
}

TEST_CASE("condition: only at a line of the script") {
    const auto second = find_step(history(), "push jobs line 11", 0);
    REQUIRE(second);
    CHECK(event_at(*second).line == 11);
    CHECK_FALSE(find_step(history(), "push jobs line 3", 0));
}

TEST_CASE("condition: a wrong one says what to write") {
    CHECK(error("psh results") == "unknown kind of step `psh`; did you mean `push`?");
    CHECK(error("chan jobs") == "a channel's condition reads `chan NAME.len == NUMBER`");
    CHECK(error("chan jobs.len = 1") == "a channel's condition reads `chan NAME.len == NUMBER`");
    CHECK(error("").starts_with("unknown kind of step ``; "));
    CHECK(error("line results").starts_with("unknown kind of step `line`; "));
}

TEST_CASE("condition: a mutex by its name, a cancelled coroutine by its own") {
    const auto run = simulate({.name = "main.lua", .text = R"lua(
local door = Mutex()
local function guest() door:lock() co.sleep(1) door:unlock() end
go(guest) local second = go(guest)
co.cancel(second))lua"});
    const auto wait = find_step(run.trace, "gate_wait door", 0);
    REQUIRE(wait);
    CHECK_FALSE(find_step(run.trace, "gate_wait gate", 0));
    CHECK(find_step(run.trace, "cancel co#2", 0).value() > *wait);
    CHECK(find_step(run.trace, "gate_open door", 0));
}
