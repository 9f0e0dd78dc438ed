#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("process: a function in a process of its own, with a line in both directions") {
    CHECK(output_of(R"lua(
        local count = 1
        local child = Process(function(self)
          count = count + 1
          print("child heard " .. self:read() .. ", count " .. count, self.pid ~= parent)
          self:write("milk")
        end)
        parent = 0
        print("started", child:start() == child.pid)
        child:write("tea")
        print("parent heard " .. child:read() .. ", count " .. count)
        local over = child:wait()
        print(over.code, over.signal, child:read()))lua") ==
          "started\ttrue\nchild heard tea, count 2\ttrue\nparent heard milk, count 1\n0\t0\tnil\tclosed\n");
}

TEST_CASE("process: several, each comes to its own start()") {
    const std::string program = R"lua(
        print("once")
        local children = {}
        for i = 1, 3 do
          children[i] = Process(function(self) co.sleep(i / 10) self:write("child " .. i) end)
          children[i]:start()
          children[i]:write("unheard")
        end
        for i = 3, 1, -1 do print(children[i]:read(1)) end
        for i = 1, 3 do print(children[i]:wait(1).code) end)lua";
    CHECK(output_of(program) == "once\nchild 3\nchild 2\nchild 1\n0\n0\n0\n");
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        CHECK(co::trace::hash(run_script(program, {.seed = seed}).trace) ==
              co::trace::hash(run_script(program, {.seed = seed}).trace));
        CHECK(run_script(program, {.seed = seed}).ok());
    }
}

TEST_CASE("process: one that fails ends with 1 and a finding, one that is killed with the signal") {
    const RunResult run = run_script(R"lua(
        local fails = Process(function() error("spilled") end, "clumsy")
        local sleeps = Process(function() co.sleep(100) end)
        fails:start() sleeps:start()
        print(fails:wait().code)
        print(sleeps:wait(0.1))
        print(sleeps:kill(9), sleeps:wait().signal, sleeps:kill()))lua");
    CHECK(run.output == "1\nnil\ttimeout\ntrue\t9\tfalse\tno such process\n");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].what == "spilled");
    CHECK(run.findings[0].details.starts_with("in clumsy, "));
}

TEST_CASE("process: exec() makes it another program: its output on the line, its exit code") {
    CHECK(output_of(R"lua(
        local prints = Process(function(self) self:exec("seq 3; exit 5") print("never") end)
        prints:start()
        print((prints:read():gsub("\n", " ")), prints:read())
        print(prints:wait().code)
        print(select(2, pcall(prints.exec, prints, "true"))))lua") ==
          "1 2 3 \tnil\tclosed\n5\nexec(): only the process itself can become another program\n");
}

TEST_CASE("process: misuse is an error that says what to do") {
    const std::string made = "local p = Process(print) ";
    CHECK(error_of("Process(1)").find("a function is needed") != std::string::npos);
    CHECK(error_of(made + "p:read()").find("has not been started") != std::string::npos);
    CHECK(error_of(made + "p:start() p:start()").find("started already") != std::string::npos);
    CHECK(output_of("co.sleep(1)\nlocal p = Process(print)\np:start()")
              .starts_with("test.lua:3: process:start(): the script waits at line 1 before it"));
}
