#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("chan: values keep their identity and their order") {
    CHECK(output_of(R"lua(
        local ch, t = chan(3), {}
        ch:push(t) ch:push("x") ch:push(false)
        print(ch:pop() == t, ch:pop(), ch:pop()))lua") == "true\tx\tfalse\n");
}

TEST_CASE("chan: capacity 0 acts as 1, and length and fullness") {
    CHECK(output_of(R"lua(
        local ch = chan(0)
        print(ch:capacity(), ch:length(), ch:is_empty(), ch:is_full())
        ch:push(1)
        print(ch:length(), ch:is_empty(), ch:is_full()))lua") == "1\t0\ttrue\tfalse\n1\tfalse\ttrue\n");
}

TEST_CASE("chan: a push wakes the consumer but goes on itself") {
    CHECK(output_of(R"lua(
        local ch = chan(1)
        go(function() print("got", ch:pop()) end)
        ch:push("tea")
        print("pushed"))lua") == "pushed\ngot\ttea\n");
}

TEST_CASE("chan: timeouts in seconds, and -1 is never, 0 is at once") {
    CHECK(output_of(R"lua(
        local ch = chan(1)
        print(ch:pop(0.5)) print(now())
        print(ch:pop(0)) print(now())
        go(function() co.sleep(1) ch:push("late") end)
        print(ch:pop(-1), now())
        ch:push(1)
        print(ch:push(2, 0.5)) print(now()))lua") ==
          "nil\ttimeout\n0.5\nnil\ttimeout\n0.5\nlate\t1.5\nfalse\ttimeout\n2.0\n");
}

TEST_CASE("chan: after close the queued values drain, then closed") {
    CHECK(output_of(R"lua(
        local ch = chan(2)
        ch:push(1) ch:close()
        print(ch:push(2)) print(ch:pop()) print(ch:pop()))lua") == "false\tclosed\n1\nnil\tclosed\n");
}

TEST_CASE("chan: stats count who waits") {
    CHECK(output_of(R"lua(
        local ch = chan(1)
        go(function() ch:push(1) ch:push(2) end)
        local s = ch:stats()
        print(s.consumers, s.producers, s.length)
        ch:pop() ch:pop())lua") == "0\t1\t1\n");
}

TEST_CASE("chan: misuse is an error that names the argument") {
    CHECK(error_of("chan(-1)") ==
          "bad argument #1 to 'chan' (capacity must be a whole number from 0 to 1000000, got -1)\n");
    CHECK(error_of("chan(1.5)").starts_with("bad argument #1 to 'chan' (capacity must be"));
    CHECK(error_of("chan(1):push(nil)") ==
          "bad argument #1 to 'push' (a channel carries no nil: pop() answers nil when it has failed)\n");
    CHECK(error_of("chan(1):push(1, -2)") ==
          "bad argument #2 to 'push' (timeout (-1: never) must be 0 or more, got -2)\n");
    CHECK(error_of("chan(1).pop(5)").starts_with("bad argument #1 to 'pop' (chan expected, got number)"));
    CHECK(output_of("print(pcall(chan, -1))").starts_with("false\tbad argument #1 to 'chan' (capacity must be"));
}

TEST_CASE("chan: the trace knows its name and shows the values") {
    const auto run = run_script("local jobs = chan(4)\njobs:push('milk') jobs:push(2.0) jobs:push({}) jobs:push(true)");
    std::vector<std::string> texts;
    for (const auto& event : run.trace.events) {
        const bool is_push = event.kind == co::trace::EventKind::push;
        if (is_push || event.kind == co::trace::EventKind::channel) texts.emplace_back(run.trace.text(event));
    }
    CHECK(texts == std::vector<std::string>{"jobs", "\"milk\"", "2.0", "table", "true"});
}
