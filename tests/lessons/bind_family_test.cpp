#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

TEST_CASE(
    "cancel: cancelling oneself or an unknown id fails with distinct reasons, and so does one that does not wait") {
    const auto run = run_script(R"lua(
        print(co.cancel(co.id())) print(co.cancel(99))
        local ready = go(function() co.sleep(0) end)
        print(co.cancel(ready)))lua");
    CHECK(run.output == "false\tself\nfalse\tunknown\nfalse\tnot waiting\n");
    CHECK(events_of(run, {EventKind::cancel}) ==
          Lines{"0 cancel 0 self", "0 cancel 99 unknown", "0 cancel 1 not waiting"});
}

TEST_CASE("cancel: a parked sleep, pop, push, wait or join wakes with cancelled, and only becomes ready") {
    const auto run = run_script(R"lua(
        local ch, wg = chan(1), WaitGroup()
        wg:add() ch:push(1)
        local ids = {
          go(function() print("sleep", co.sleep(9)) end),
          go(function() print("push", ch:push(2)) end),
          go(function() print("pop", chan(1):pop()) end),
          go(function() print("wait", wg:wait()) end),
          go(function() print("join", co.join({0})) end),
        }
        for _, id in ipairs(ids) do print(co.cancel(id)) end
        print("main goes on"))lua");
    CHECK(run.output ==
          "true\ntrue\ntrue\ntrue\ntrue\nmain goes on\nsleep\tfalse\tcancelled\npush\tfalse\tcancelled\n"
          "pop\tnil\tcancelled\nwait\tfalse\tcancelled\njoin\tfalse\tcancelled\n");
    CHECK(events_of(run, {EventKind::cancel}).front() == "0 cancel 1");
}

TEST_CASE("join: empty list, self and unknown id fail at once, each with its own reason") {
    const auto run = run_script("print(co.join({})) print(co.join({co.id()})) print(co.join({99}))");
    CHECK(run.output == "false\tempty\nfalse\tself\nfalse\tunknown\n");
    CHECK(events_of(run, {EventKind::join_pass}) ==
          Lines{"0 join_pass 0 empty", "0 join_pass 0 self", "0 join_pass 0 unknown"});
}

TEST_CASE("join: a 10 ms join of a 500 ms child times out, and a second joiner of the same child is refused") {
    const auto run = run_script(R"lua(
        local child = go(function() co.sleep(0.5) end)
        print(co.join({child}, 0.01)) print(now())
        go(function() print(co.join({child})) print(now()) end)
        print(co.join({child}))
        co.sleep(1)
        print(co.join({child})))lua");
    CHECK(run.output == "false\ttimeout\n0.01\nfalse\tjoined already\ntrue\n0.5\ntrue\n");
    CHECK(events_of(run, {EventKind::join_wait}) == Lines{"0 join_wait 0 co#1", "2 join_wait 0 co#1"});
}

TEST_CASE("join: waits for the slowest of several") {
    CHECK(output_of(R"lua(
        local slow, fast = go(co.sleep, 2), go(co.sleep, 1)
        print(co.join({fast, slow}), now()))lua") == "true\t2.0\n");
}

TEST_CASE("co.context: a table of this coroutine alone, gone when it ends") {
    CHECK(output_of(R"lua(
        co.context().user = "main"
        local function greet(name)
          co.context().user = name
          defer(function() print("bye " .. co.context().user) end)
          co.sleep(1)
          print(co.context().user, co.context() == co.context())
        end
        go(greet, "ann") go(greet, "ben")
        go(function() print(next(co.context())) end)
        co.sleep(2)
        print(co.context().user))lua") == "nil\nann\ttrue\nbye ann\nben\ttrue\nbye ben\nmain\n");
}

TEST_CASE("co.backtrace: where a coroutine stands, then who started it, and who that one") {
    CHECK(output_of(R"lua(
local jobs = chan(1)
local function take() return jobs:pop() end
local function worker() local job = take() print(job) end
local function boss()
  local id = go(worker)
  co.sleep(1)
  for _, line in ipairs(co.backtrace(id)) do print(line) end
  for _, line in ipairs(co.backtrace(co.id())) do print(line) end
  jobs:push("job")
end
go(boss)
print(#co.backtrace(99)))lua") ==
          "0\n"
          "in pop()\n"
          "test.lua:3: in take\n"
          "test.lua:4: in worker\n"
          "test.lua:6: co#2 was started by co#1\n"
          "test.lua:12: co#1 was started by main\n"
          "in backtrace()\n"
          "test.lua:9: in boss\n"
          "test.lua:12: co#1 was started by main\n"
          "job\n");
}

TEST_CASE("co.backtrace: through Lua's own coroutines, from a timer, of one that runs another inside it") {
    CHECK(output_of(R"lua(
timer.after(1, coroutine.wrap(function() co.yield() end))
timer.after(2, function()
  coroutine.wrap(function() co.sleep(1) end)()
end)
co.sleep(0.5)
for _, line in ipairs(co.backtrace(2)) do print(line) end
go(function() for _, line in ipairs(co.backtrace(0)) do print(line) end end)
co.resume(1))lua") ==
          "in sleep()\n"
          "test.lua:4: in the function of test.lua:4\n"
          "test.lua:4: in the function of test.lua:3\n"
          "test.lua:3: co#2 was started by the event loop\n"
          "in go()\n"
          "test.lua:8: in the script\n");
}

TEST_CASE("max_coroutines: creation beyond the limit fails, and alive and peak equal the limit") {
    CHECK(output_of(R"lua(
        co.set{max_coroutines = 3}
        print(pcall(function() while true do go(co.sleep, 1) end end))
        print(co.stats().alive, co.stats().peak)
        co.set{max_coroutines = 0}
        print((pcall(go, co.sleep, 1)))
        co.set{max_coroutines = -1}
        print((pcall(go, co.sleep, 1))))lua") ==
          "false\ttest.lua:3: go(): 3 coroutines are alive, the limit; let some of them end before more are started\n"
          "3\t3\nfalse\ntrue\n");
}

TEST_CASE("co.set: nesting and stacks") {
    CHECK(output_of(R"lua(
        co.set{max_nesting = 2, stack_bytes = 1048576}
        print(pcall(go, function() go(print, "too deep") end))
        print(co.stats().stack_bytes)
        go(function() print(select(2, pcall(go, print, "x"))) end))lua")
              .find("nested 2 deep") != std::string::npos);
    CHECK(output_of("co.set{stack_bytes = 1048576} go(function() end) print(co.stats().stack_bytes)") == "1048576\n");
    CHECK(output_of("co.set{stack_bytes = 0, max_nesting = 0} print(co.stats().stack_bytes)") == "524288\n");
}

TEST_CASE("co.set: a time slice cuts off who does not wait") {
    const std::string busy = R"lua(
        local stop = false
        local function spin(name) while not stop do end print(name .. " stops") end
        timer.after(10, function() print("timer at " .. now()) stop = true end)
        go(spin, "Ann")
        go(spin, "Bob")
        print("main goes on")
        blocking.compute(0.02))lua";
    CHECK(output_of("co.set{slice_lines = 7}" + busy) == "main goes on\ntimer at 0.02\nAnn stops\nBob stops\n");
    CHECK(output_of("co.set{slice_lines = -1}" + busy, {.limits = {.lines = 1000}}).find("1,000 lines ran without") !=
          std::string::npos);
    const RunResult run = run_script("co.set{slice_lines = 3} for i = 1, 8 do\nend");
    CHECK(events_of(run, {co::trace::EventKind::requeue}) == Lines{"0 requeue 0", "0 requeue 0"});
}

TEST_CASE("co.set: a slice begins anew with every turn, and pcall() does not hold a cut coroutine's run up") {
    const RunResult run = run_script(R"lua(
        co.set{slice_lines = 4}
        for i = 1, 3 do
            co.sleep(0.1)
        end)lua");
    CHECK(events_of(run, {co::trace::EventKind::requeue}).empty());
    CHECK(output_of("co.set{slice_lines = 5} pcall(function() while true do\nend end)", {.limits = {.lines = 1000}})
              .find("steps, the limit") != std::string::npos);
}

TEST_CASE("co.set: a cut within a call from C leaves what the script computes as it is") {
    const std::string work = R"lua(
        local meta = {
            __add = function(a, b)
                local sum = a.n + b.n
                return sum
            end,
            __close = function()
                print("closed")
            end,
        }
        local function worker(n)
            local list = {5 * n % 7, 3, 6, 1, 4}
            table.sort(list, function(a, b)
                local before = a < b
                return before
            end)
            local upper = ("abc"):gsub(".", function(c)
                local big = c:upper()
                return big
            end)
            local object <close> = setmetatable({n = n}, meta)
            local steps = coroutine.wrap(function()
                coroutine.yield(1)
                coroutine.yield(2)
            end)
            print(n, table.concat(list, " "), upper, object + object, steps(), steps())
            print(pcall(function()
                error("spilled " .. n, 0)
            end))
        end
        for n = 1, 3 do go(worker, n) end)lua";
    const auto lines = [](const std::string& script) {
        std::istringstream stream(output_of(script));
        Lines sorted;
        for (std::string line; std::getline(stream, line);) sorted.push_back(line);
        std::sort(sorted.begin(), sorted.end());  // the cuts change who comes first, and nothing else
        return sorted;
    };
    CHECK(lines("co.set{slice_lines = 1}" + work) == lines(work));
    CHECK(lines(work).size() == 9);
    CHECK(output_of("co.set{slice_lines = 1}" + work) != output_of(work));
}

TEST_CASE("family: misuse is an error that names the argument") {
    CHECK(error_of("co.cancel('x')").starts_with("bad argument #1 to 'cancel' (the coroutine's id must be a whole"));
    CHECK(error_of("co.join(1)") ==
          "bad argument #1 to 'join' (a list of coroutine ids is needed: {id, ...}, got 1)\n");
    CHECK(error_of("co.join({1, 'x'})") == "bad argument #1 to 'join' (entry 2 must be a coroutine's id, got \"x\")\n");
    CHECK(error_of("co.join({-1})") == "bad argument #1 to 'join' (entry 1 must be a coroutine's id, got -1)\n");
    CHECK(error_of("co.join({1}, 'x')").starts_with("bad argument #2 to 'join' (timeout (-1: never)"));
    CHECK(error_of("co.backtrace()").starts_with("bad argument #1 to 'backtrace' (the coroutine's id must be"));
    CHECK(error_of("co.set()") ==
          "bad argument #1 to 'set' (a table of limits is needed: {max_coroutines = 1000}, got nothing)\n");
    CHECK(error_of("co.set{5}") == "bad argument #1 to 'set' (each limit needs its name: {max_coroutines = 1000})\n");
    CHECK(error_of("co.set{max_coroutine = 5}") ==
          "bad argument #1 to 'set' (unknown field `max_coroutine`; did you mean `max_coroutines`?)\n");
    CHECK(error_of("co.set{max_coroutines = 20000}") ==
          "bad argument #1 to 'set' (max_coroutines must be a whole number from 1 to 10000, -1 (no limit), 0 (leave it "
          "as "
          "it is), got 20000)\n");
    CHECK(error_of("co.set{max_nesting = 1.5}").find("max_nesting must be a whole number") != std::string::npos);
    CHECK(error_of("co.set{stack_bytes = -1}")
              .find("stack_bytes must be a whole number from 524288 to 67108864, 0 ("
                    "leave it as it is), got -1") != std::string::npos);
    CHECK(error_of("co.set{socket_timeout = -2}") ==
          "bad argument #1 to 'set' (socket_timeout must be seconds, -1 (never) or 0 (leave it as it is), got -2)\n");
}
