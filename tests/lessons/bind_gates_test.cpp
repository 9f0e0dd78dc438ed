#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

TEST_CASE("Mutex: held across a wait, and first come, first served, and its name is the script's") {
    const auto run = run_script(R"lua(
        local door = Mutex()
        for i = 1, 3 do
          go(function()
            print(i, door:lock())
            co.sleep(1)
            door:unlock()
          end)
        end
        print(door, door:try_lock()))lua");
    CHECK(run.output == "1\ttrue\nMutex #1\tfalse\n2\ttrue\n3\ttrue\n");
    CHECK(events_of(run, {EventKind::gate, EventKind::gate_pass, EventKind::gate_wait, EventKind::gate_open}) ==
          Lines{"0 gate 1 door", "1 gate_pass 1", "2 gate_wait 1", "3 gate_wait 1", "1 gate_open 1", "2 gate_open 1",
                "3 gate_open 1"});
}

TEST_CASE("Mutex: false and why: timeout, cancelled") {
    CHECK(output_of(R"lua(
        local door = Mutex()
        print(door:try_lock())
        go(function() print(door:lock(0.5)) print(door:lock(0)) end)
        local id = go(function() print(door:lock()) end)
        co.cancel(id)
        co.sleep(1)
        door:unlock())lua") == "true\nfalse\tcancelled\nfalse\ttimeout\nfalse\ttimeout\n");
}

TEST_CASE("Semaphore: at most n at once, and anybody may release") {
    const auto run = run_script(R"lua(
        local connections = Semaphore(2)
        for i = 1, 3 do
          go(function() connections:acquire() print(i, now()) co.sleep(1) connections:release() end)
        end
        print(connections:try_acquire(), connections:acquire(0.5), connections)
        co.sleep(3)
        connections:release() print(connections:try_acquire(), connections:try_acquire(), connections:try_acquire()))lua");
    CHECK(run.output == "1\t0.0\n2\t0.0\nfalse\tfalse\tSemaphore #1\n3\t1.0\ntrue\ttrue\ttrue\n");
    CHECK(events_of(run, {EventKind::gate}) == Lines{"0 gate 1 connections"});
}

TEST_CASE("Barrier: nobody goes on until all have arrived, round after round") {
    const auto run = run_script(R"lua(
        local round = Barrier(2)
        go(function() for i = 1, 2 do co.sleep(1) print("a", round:wait(), now()) end end)
        for i = 1, 2 do print("main", round:wait(), now()) end
        print(round:wait(0.5)))lua");
    CHECK(run.output == "a\ttrue\t1.0\nmain\ttrue\t1.0\na\ttrue\t2.0\nmain\ttrue\t2.0\nfalse\ttimeout\n");
    CHECK(events_of(run, {EventKind::gate_wait, EventKind::gate_open}).front() == "0 gate_wait 1");
}

TEST_CASE("gates: misuse is an error") {
    CHECK(error_of("local m = Mutex() m:lock() m:lock()") ==
          "Mutex::lock(): this coroutine holds it already and would wait for itself\n");
    CHECK(error_of("Mutex():unlock()") == "Mutex::unlock(): this coroutine does not hold it\n");
    CHECK(error_of("Mutex():lock('x')").starts_with("bad argument #1 to 'lock' (timeout (-1: never) must be a number"));
    CHECK(error_of("Mutex().lock(5)").starts_with("bad argument #1 to 'lock' (Mutex expected, got number)"));
    CHECK(error_of("Semaphore()") ==
          "bad argument #1 to 'Semaphore' (the number of places must be a whole number from 0 "
          "to 1000000000, got nothing)\n");
    CHECK(error_of("Semaphore(1):acquire(-2)").starts_with("bad argument #1 to 'acquire' (timeout (-1: never)"));
    CHECK(error_of("Barrier(0)") ==
          "bad argument #1 to 'Barrier' (how many must arrive must be a whole number from 1 to "
          "1000000000, got 0)\n");
    CHECK(error_of("Barrier(1):wait('x')").starts_with("bad argument #1 to 'wait' (timeout (-1: never)"));
}

TEST_CASE("gates: a deadlock's report names them, and what to do") {
    CHECK(output_of("local door = Mutex() go(function() door:lock() end) door:lock()") ==
          "test.lua:1: Every coroutine waits and nothing can wake any of them.\n"
          "  main waits in lock() on door at test.lua:1\n"
          "  Unlock the mutex on every way out: defer the unlock right after lock().\n");
    CHECK(output_of("Semaphore(0):acquire()").find("Call release() once for each acquire()") != std::string::npos);
    CHECK(output_of("Barrier(2):wait()").find("Let as many coroutines arrive") != std::string::npos);
    CHECK(output_of("chan.select{{chan(1), 'pop'}}").find("Push or close one of the channels") != std::string::npos);
}
