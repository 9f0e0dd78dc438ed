#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("timer.after: once, with its arguments, in a coroutine of its own") {
    CHECK(output_of(R"lua(
        timer.after(1500, function(a, b) co.sleep(0.5) print(a, b, now(), co.id(), co.parent_id()) end, "x", 2)
        print("main ends"))lua") == "main ends\nx\t2\t2.0\t1\tnil\n");
}

TEST_CASE("timer.tick: passes its id first and keeps its phase") {
    CHECK(output_of(R"lua(
        local count = 0
        timer.tick(100, function(id, word)
          count = count + 1
          print(word, now())
          if count == 3 then print(timer.clear(id)) end
        end, "tick"))lua") == "tick\t0.1\ntick\t0.2\ntick\t0.3\ntrue\n");
}

TEST_CASE("timer.clear: false for one that is unknown or has fired, and timer.list") {
    CHECK(output_of(R"lua(
        local a = timer.after(10, function() end)
        local b = timer.after(20, function() end)
        print(#timer.list(), timer.clear(a), timer.clear(a), timer.clear(99), #timer.list())
        co.sleep(1)
        print(timer.clear(b), #timer.list()))lua") == "2\ttrue\tfalse\tfalse\t1\nfalse\t0\n");
}

TEST_CASE("timer.stats: how many are set, and what became of all") {
    CHECK(output_of(R"lua(
        timer.after(10, function() end)
        local t = timer.tick(20, function() end)
        timer.after(1000, function() end)
        co.sleep(0.05)
        timer.clear(t) timer.clear(t)
        local s = timer.stats()
        print(s.set, s.created, s.fired, s.cleared))lua") == "1\t3\t3\t1\n");
}

TEST_CASE("timers: misuse is an error that names the argument") {
    const std::string range = " (ms must be a number from 1 to 86,400,000 (one day) of milliseconds, got ";
    CHECK(error_of("timer.after(0, print)") == "bad argument #1 to 'after'" + range + "0)\n");
    CHECK(error_of("timer.tick(86400001, print)") == "bad argument #1 to 'tick'" + range + "86400001)\n");
    CHECK(error_of("timer.after('1', print)") == "bad argument #1 to 'after'" + range + "\"1\")\n");
    CHECK(error_of("timer.after(1)") == "bad argument #2 to 'after' (a function is needed, got nothing)\n");
    CHECK(error_of("timer.clear('x')").starts_with("bad argument #1 to 'clear' (the timer's id must be"));
}

TEST_CASE("timers: the trace knows their names") {
    const auto run = run_script("local late = timer.after(5, print)\ntimer.after(6, print, 'x')");
    std::vector<std::string> names;
    for (const auto& event : run.trace.events) {
        if (event.kind == co::trace::EventKind::timer_after) names.emplace_back(run.trace.text(event));
    }
    CHECK(names == std::vector<std::string>{"late", "print(\"x\")"});
}
