#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("go: runs the function at once, with its arguments, until it first waits") {
    CHECK(output_of(R"lua(
        print(go(function(a, b) print(a, b) co.sleep(1) print("child ends") end, "x", 2))
        print("main ends"))lua") == "x\t2\n1\nmain ends\nchild ends\n");
}

TEST_CASE("defer: last in, first out, also after an error, and it may wait") {
    CHECK(output_of(R"lua(
        go(function()
          defer(function() print("first", now()) end)
          defer(function() co.sleep(0.5) print("second") end)
          error("boom")
        end))lua")
              .starts_with("second\nfirst\t0.5\ntest.lua:5: boom\n"));
}

TEST_CASE("co.sleep: sleepers wake by deadline, and sleep(0) goes to the back of the queue") {
    CHECK(output_of(R"lua(
        go(function() co.sleep(0.2) print("slow", now()) end)
        go(function() co.sleep(0.1) print("fast", now()) end)
        go(function() print("a") co.sleep(0) print("c") end)
        print("b"))lua") == "a\nb\nc\nfast\t0.1\nslow\t0.2\n");
}

TEST_CASE("co.yield and co.resume: the target runs inside the caller") {
    CHECK(output_of(R"lua(
        local id = go(function() co.yield() print("resumed") end)
        print(co.exists(id)) co.resume(id) print(co.exists(id)))lua") == "true\nresumed\nfalse\n");
}

TEST_CASE("co.sleep, co.yield: true, or false and why they were ended") {
    CHECK(output_of(R"lua(
        print(co.sleep(0.1), co.sleep(0))
        local sleeper = go(function() print(co.sleep(9)) print(now()) end)
        local yielder = go(function() print(co.yield()) end)
        local resumed = go(function() print(co.yield()) end)
        print(co.cancel(sleeper), co.cancel(yielder))
        co.resume(resumed))lua") == "true\ttrue\ntrue\ttrue\ntrue\nfalse\tcancelled\n0.1\nfalse\tcancelled\n");
}

TEST_CASE("co.id, parent_id, list, stats") {
    CHECK(output_of(R"lua(
        print(co.id(), co.parent_id())
        go(function() print(co.id(), co.parent_id()) co.sleep(1) end)
        print(#co.list(), co.list()[2], co.stats().alive, co.stats().created))lua") == "0\tnil\n1\t0\n2\t1\t2\t2\n");
}

TEST_CASE("Lua's own coroutines work inside, and may wait") {
    CHECK(output_of(R"lua(
        local numbers = coroutine.wrap(function() for i = 1, 2 do co.sleep(1) coroutine.yield(i) end end)
        print(numbers(), numbers(), now())
        print(pcall(coroutine.yield)))lua") ==
          "1\t2\t2.0\nfalse\tcoroutine.yield() belongs inside coroutine.create(); co.yield() waits for co.resume()\n");
}

TEST_CASE("waiting works inside pcall, sort, gsub and metamethods") {
    CHECK(output_of(R"lua(
        local list = {3, 1, 2}
        table.sort(list, function(a, b) co.sleep(1) return a < b end)
        local t = setmetatable({}, {__index = function(_, key) co.sleep(1) return key end})
        print(table.concat(list, " "), t.x, ("ab"):gsub("%w", function(c) co.sleep(1) return c:upper() end))
        print(pcall(function() co.sleep(1) return now() > 4 end)))lua") == "1 2 3\tx\tAB\t2\ntrue\ttrue\n");
}

TEST_CASE("coroutines: misuse is an error that names the argument") {
    CHECK(error_of("go(1)") == "bad argument #1 to 'go' (a function is needed, got 1)\n");
    CHECK(error_of("defer()") == "bad argument #1 to 'defer' (a function is needed, got nothing)\n");
    CHECK(error_of("co.sleep(-1)") == "bad argument #1 to 'sleep' (seconds must be 0 or more, got -1)\n");
    CHECK(error_of("co.sleep(0/0)").starts_with("bad argument #1 to 'sleep' (seconds must be 0 or more, got "));
    CHECK(error_of("co.sleep('1')") == "bad argument #1 to 'sleep' (seconds must be a number of seconds, got \"1\")\n");
    CHECK(error_of("co.resume(77)") == "resume(77): no such coroutine is alive\n");
    CHECK(error_of("co.resume(co.id())") == "resume(0): that coroutine does not wait in yield()\n");
    CHECK(error_of("co.exists('x')").starts_with("bad argument #1 to 'exists' (the coroutine's id must be"));
}

TEST_CASE("coroutines: going too deep or starting too many is an error that names the limit") {
    CHECK(output_of("local function f() go(f) end  print(pcall(f))").find("128 deep") != std::string::npos);
    const auto run = run_script("while true do go(function() co.sleep(1) end) end", {.limits = {.coroutines = 5}});
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].what.starts_with("go(): 5 coroutines are alive, the limit; "));
}

TEST_CASE("names in the trace: the function's, with its arguments") {
    const auto run = run_script(R"lua(
        local function producer(name, n) end
        go(producer, "tea", 1)
        go(function() end)
        go(print, "x"))lua");
    std::vector<std::string> names;
    for (const auto& event : run.trace.events) {
        if (event.kind == co::trace::EventKind::go) names.emplace_back(run.trace.text(event));
    }
    CHECK(names == std::vector<std::string>{"producer(\"tea\", 1)", "function at line 4", "print(\"x\")"});
}
