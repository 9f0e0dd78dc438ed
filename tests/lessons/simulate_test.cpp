#include "lessons/host/simulate.h"

#include <doctest/doctest.h>

#include <co/linux_kernel.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

TEST_CASE("simulate: the same script and seed give the same trace, byte for byte, 20 times out of 20") {
    const std::string script = R"lua(
        local ch = chan(3)
        local function worker(n)
          for i = 1, 5 do
            co.sleep(math.random() / 10)
            ch:push({n = n, i = i, text = tostring({}) .. tostring(worker)})
          end
        end
        for i = 1, 4 do go(worker, i) end
        local t = {}
        for i = 1, 20 do local v = ch:pop() t[v.text] = v t[v] = i end
        for k, v in pairs(t) do print(k, v) end
        collectgarbage()
        dump(t))lua";
    const auto first = run_script(script, {.seed = 42});
    REQUIRE(first.ok());
    const std::string bytes = co::trace::to_bytes(first.trace);
    for (int i = 0; i < 20; ++i) {
        const auto again = run_script(script, {.seed = 42});
        CHECK(again.output == first.output);
        CHECK(co::trace::to_bytes(again.trace) == bytes);
    }
}

TEST_CASE("simulate: the trace carries the source and the lines of each coroutine") {
    const auto run = run_script("go(function()\n  co.sleep(1)\nend)\nprint('x')\n");
    REQUIRE(run.trace.sources.size() == 1);
    CHECK(run.trace.sources[0].name == "test.lua");
    for (const auto& event : run.trace.events) {
        if (event.kind == co::trace::EventKind::sleep) CHECK(event.line == 2);
        if (event.kind == co::trace::EventKind::print) CHECK(event.line == 4);
    }
}

TEST_CASE("simulate: a script that begins for the shell") {
    CHECK(output_of("#!/usr/bin/env costudio\nprint(1)\n") == "1\n");
    CHECK(output_of("").empty());
}

TEST_CASE("run_real: full standard library, output at once, the same reports") {
    co::LinuxKernel kernel;
    std::string output;
    const auto out = [&output](std::string_view text) { output += text; };
    const auto run = run_real({.name = "test.lua",
                               .text = "local ch = chan(1)\n"
                                       "timer.after(1, function() ch:push(type(os.getenv)) end)\n"
                                       "print(ch:pop(), io ~= nil)\n"
                                       "go(function() error('boom') end)\n"
                                       "ch:pop()\n"},
                              kernel, out);
    CHECK(output == "function\ttrue\n");
    REQUIRE(run.findings.size() == 2);
    CHECK(run.findings[0].report().starts_with("test.lua:4: boom\n"));
    CHECK(run.findings[1].kind == FindingKind::deadlock);
    CHECK(run.findings[1].line == 5);
    CHECK_FALSE(run.ok());
}

TEST_CASE("run_real: a syntax error") {
    co::LinuxKernel kernel;
    const auto run = run_real({.name = "test.lua", .text = "x ="}, kernel, [](std::string_view) {});
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].kind == FindingKind::syntax_error);
}
