#include <doctest/doctest.h>

#include <co/sim_kernel.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

TEST_CASE("event.defer: in the next turn of the loop, in order, in a fresh coroutine that may wait") {
    const auto run = run_script(R"lua(
        local function late() co.sleep(1) print("late", now(), co.parent_id()) end
        event.defer(late)
        event.defer(function() print("second") end)
        print("main"))lua");
    CHECK(run.output == "main\nsecond\nlate\t1.0\tnil\n");
    CHECK(events_of(run, {EventKind::later, EventKind::loop_call}) ==
          Lines{"0 later 0", "0 later 0", "1 loop_call 0 late()", "2 loop_call 0 function at line 4"});
}

TEST_CASE("event.cycle: at the end of every turn that did something, and nil removes it") {
    CHECK(output_of(R"lua(
        local turns = 0
        event.cycle(function() turns = turns + 1 end)
        for i = 1, 3 do co.sleep(1) end
        event.cycle(nil)
        local before = turns
        for i = 1, 3 do co.sleep(1) end
        print(before, turns == before))lua") == "2\ttrue\n");
}

TEST_CASE("phases: in one turn: deferred, timers, cycle hook") {
    const auto run = run_script(R"lua(
        timer.after(10, function() print("timer") end)
        event.cycle(function() print("cycle") event.cycle(nil) end)
        event.defer(function() print("deferred") end)
        blocking.compute(0.01))lua");
    CHECK(run.output == "deferred\ntimer\ncycle\n");
}

TEST_CASE("process.signal: the function runs in a fresh coroutine when the signal comes") {
    co::SimKernel kernel;
    std::string said;
    // The script's own machine sends itself the signal from its output: the simulated world has no other process yet.
    const auto out = [&](std::string_view text) {
        said += text;
        if (text == "ready\n") CHECK(kernel.send_signal(kernel.process_id(), co::Signal::terminate));
    };
    const auto run = run_real({.name = "test.lua", .text = R"lua(
        process.signal(15, function() print("stop", co.id()) co.sleep(0.1) print("stopped") end)
        print("ready"))lua"},
                              kernel, out);
    CHECK(run.ok());
    CHECK(said == "ready\nstop\t1\nstopped\n");
}

TEST_CASE("blocking: holds the whole thread, so everybody else is late by exactly that") {
    const auto run = run_script(R"lua(
        go(function() co.sleep(0.01) print("awake", now()) end)
        blocking.sleep(0.5)
        print(now())
        blocking.compute(0.25)
        print(now()))lua");
    CHECK(run.output == "0.5\n0.75\nawake\t0.75\n");
    CHECK(events_of(run, {EventKind::block}) == Lines{"0 block 0 sleep", "0 block 0 compute"});
}

TEST_CASE("loop: misuse is an error that names the argument") {
    CHECK(error_of("event.defer(1)") == "bad argument #1 to 'defer' (a function is needed, got 1)\n");
    CHECK(error_of("event.cycle()") == "bad argument #1 to 'cycle' (a function is needed, got nothing)\n");
    CHECK(
        error_of("process.signal('x', print)").starts_with("bad argument #1 to 'signal' (the signal's number must be"));
    CHECK(
        error_of("process.signal(9, print)").starts_with("bad argument #1 to 'signal' (this signal cannot be watched"));
    CHECK(error_of("process.signal(15)") == "bad argument #2 to 'signal' (a function is needed, got nothing)\n");
    CHECK(error_of("blocking.sleep(-1)") == "bad argument #1 to 'sleep' (seconds must be 0 or more, got -1)\n");
    CHECK(error_of("blocking.compute()") ==
          "bad argument #1 to 'compute' (seconds must be a number of seconds, got nothing)\n");
    CHECK(error_of("blocking.sleep(9e9) blocking.sleep(9e9)") ==
          "bad argument #1 to 'sleep' (the clock would come to its end)\n");
}
