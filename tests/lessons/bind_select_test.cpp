#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

TEST_CASE("chan.select: index and value of the case that can go on, and for seed 0 the first") {
    CHECK(output_of(R"lua(
        local a, b = chan(1), chan(1)
        b:push("tea")
        print(chan.select{{a, "pop"}, {b, "pop"}})
        print(chan.select{{a, "push", "milk"}, {b, "push", "rum"}})
        print(a:length(), b:length()))lua") == "2\ttea\n1\tmilk\n1\t0\n");
}

TEST_CASE("chan.select: among several that can go on the choice comes from the seed") {
    const std::string script = R"lua(
        local a, b = chan(9), chan(9)
        for i = 1, 9 do a:push(i) b:push(i) end
        local chosen = ""
        for i = 1, 9 do chosen = chosen .. chan.select{{a, "pop"}, {b, "pop"}} end
        print(chosen))lua";
    CHECK(output_of(script) == "111111111\n");
    const std::string chosen = output_of(script, {.seed = 5});
    CHECK(chosen != "111111111\n");
    CHECK(chosen == output_of(script, {.seed = 5}));
}

TEST_CASE("chan.select: waits at all of them, and whoever comes first wins, the others are left untouched") {
    const auto run = run_script(R"lua(
        local a, b = chan(1), chan(1)
        b:push("full")
        go(function() print(chan.select{{a, "pop"}, {b, "push", "mine"}}) print(a:stats().consumers) end)
        print(a:stats().consumers, b:stats().producers)
        print(b:pop())
        co.sleep(0)
        print(b:pop()))lua");
    CHECK(run.output == "1\t1\nfull\n2\tmine\n0\nmine\n");
    CHECK(events_of(run, {EventKind::select_wait, EventKind::select_case}) ==
          Lines{"1 select_wait 0", "1 select_case 1", "1 select_case 2 \"mine\""});
}

TEST_CASE("chan.select: false goes through, and tables keep their identity") {
    CHECK(output_of(R"lua(
        local ch, t = chan(2), {}
        print(chan.select{{ch, "push", false}})
        local _, pushed = chan.select{{ch, "push", t}}
        local _, value = chan.select{{ch, "pop"}}
        print(pushed == t, value, ch:pop() == t))lua") == "1\tfalse\ntrue\tfalse\ttrue\n");
}

TEST_CASE("chan.select: nil and why: timeout, cancelled, and a closed channel says which") {
    const auto run = run_script(R"lua(
        local a, b = chan(1), chan(1)
        print(chan.select{{a, "pop"}, timeout = 0.5}) print(now())
        print(chan.select{{a, "pop"}, timeout = 0})
        local id = go(function() print(chan.select{{a, "pop"}, {b, "pop"}, timeout = -1}) end)
        co.cancel(id)
        co.sleep(0)
        go(function() print(chan.select{{a, "pop"}, {b, "pop"}}) end)
        b:close()
        co.sleep(0)
        print(chan.select{{a, "pop"}, {b, "push", 1}}))lua");
    CHECK(run.output == "nil\ttimeout\n0.5\nnil\ttimeout\nnil\tcancelled\n2\tnil\tclosed\n2\tnil\tclosed\n");
    CHECK(events_of(run, {EventKind::select_pass}) == Lines{"0 select_pass 0 timeout"});
}

TEST_CASE("chan.select: what it waits for stays alive, whatever becomes of the table of cases") {
    CHECK(output_of(R"lua(
        local cases = {{chan(1), "pop"}, timeout = 1}
        go(function() print(chan.select(cases)) end)
        cases[1] = nil
        collectgarbage() collectgarbage())lua") == "nil\ttimeout\n");
}

TEST_CASE("chan.select: misuse is an error that names the case") {
    const std::string start = "bad argument #1 to 'select' (";
    CHECK(error_of("chan.select()") ==
          start + "a table of cases is needed: {channel, \"pop\"} or {channel, \"push\", value}, got nothing)\n");
    CHECK(error_of("chan.select{}") == start + "at least one case is needed: {channel, \"pop\"})\n");
    CHECK(error_of("chan.select{1}") == start + "case 1: a table is needed, got 1)\n");
    CHECK(error_of("chan.select{{chan(1), 'pop'}, {1, 'pop'}}") ==
          start + "case 2: a channel must come first, got 1)\n");
    CHECK(error_of("chan.select{{chan(1), 'take'}}") ==
          start + "case 1: \"pop\" or \"push\" comes second, got \"take\")\n");
    CHECK(error_of("chan.select{{chan(1), 'push'}}") ==
          start + "case 1: a channel carries no nil: the value to push comes third)\n");
    CHECK(error_of("chan.select{{chan(1), 'pop', 3}}") == start + "case 1: a pop takes no value, got 3)\n");
    CHECK(error_of("chan.select{{chan(1), 'pop'}, timeuot = 1}") ==
          start + "unknown field `timeuot`; did you mean `timeout`?)\n");
    CHECK(error_of("chan.select{{chan(1), 'pop'}, timeout = -2}") ==
          start + "timeout (-1: never) must be 0 or more, got -2)\n");
}

TEST_CASE("chan.select, lock, join: what is left parked at the end is unwound, not run on") {
    CHECK(run_script(R"lua(
        local ch, door = chan(1), Mutex()
        local id = go(function() pcall(chan.select, {{ch, "pop"}, {ch, "pop"}}) print("no") end)
        go(function() door:lock() pcall(co.yield) print("no") end)
        go(function() pcall(door.lock, door) print("no") end)
        go(function() defer(function() chan.select{{ch, "pop"}} print("no") end) co.join({id}) print("no") end))lua")
              .output.empty());
}
