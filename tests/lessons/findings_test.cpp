#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

// As if cut from a lesson in which it begins at line 21.
std::string report_of(const std::string& text, const Limits& limits = {}) {
    const auto run =
        simulate({.name = "main.lua", .text = text, .line_offset = 20, .file = "a.md"}, {.limits = limits});
    CHECK_FALSE(run.ok());
    std::string report;
    for (const Finding& finding : run.findings) report += finding.report();
    return report;
}

}  // namespace

TEST_CASE("finding: a syntax error") {
    CHECK(report_of("local a = 1\nif a == 1 print(a) end\n") ==
          "a.md:22: 'then' expected near 'print'\n  Write `then` between the condition and what follows from it.\n");
    CHECK(report_of("go(function()\n  print(1)\n")
              .starts_with("a.md:23: 'end' expected (to close 'function' at line 21) near <eof>\n"));
}

TEST_CASE("finding: an uncaught error, with the way that led there") {
    CHECK(report_of("local function inner(t)\n  return t.name.first\nend\nlocal function worker(job)\n"
                    "  co.sleep(0.1)\n  print(inner({}))\nend\ngo(worker, 'a')\n") ==
          "a.md:22: attempt to index a nil value (field 'name')\n"
          "  it ended co#1 worker(\"a\"), which was started at a.md:28\n"
          "  a.md:22: in inner\n"
          "  a.md:26: in worker\n"
          "  It has no value here: check how it is written, or give it one before.\n");
    CHECK(report_of("error({})").starts_with("a.md:21: error() was given a table instead of a text\n"));
    CHECK(report_of("error('boom', 0)").starts_with("a.md:21: boom\n  it ended main\n"));
    CHECK(report_of("error()").starts_with("a.md:21: error() was given a nil instead of a text\n"));
}

TEST_CASE("finding: an error ends its coroutine alone, each is told") {
    const auto run = run_script("go(function() error('one') end)\ngo(function() error('two') end)\nprint('main')");
    CHECK(run.output == "main\n");
    REQUIRE(run.findings.size() == 2);
    CHECK(run.findings[0].what == "one");
    CHECK(run.findings[1].line == 2);
}

TEST_CASE("finding: a deadlock, with everybody who waits") {
    CHECK(report_of("local jobs = chan(1)\nlocal wg = WaitGroup()\nwg:add(1)\nlocal function worker(n)\n"
                    "  jobs:pop()\nend\ngo(worker, 1)\nwg:wait()\n") ==
          "a.md:28: Every coroutine waits and nothing can wake any of them.\n"
          "  main waits in wait() on wg at a.md:28\n"
          "  co#1 worker(1) waits in pop() on jobs at a.md:25, started at a.md:27\n"
          "  Close the channel, push one more value, or give pop() a timeout.\n");
    CHECK(report_of("chan(1):push(1)\nlocal c = chan(1) c:push(1) c:push(2)").find("make the channel larger") !=
          std::string::npos);
    CHECK(report_of("co.yield()").find("Call co.resume() with the id") != std::string::npos);
    CHECK(report_of("local wg = WaitGroup() wg:add() wg:wait()").find("Call done() once for each add()") !=
          std::string::npos);
}

TEST_CASE("finding: a loop without a wait is stopped at its line, whatever surrounds it") {
    const std::string report = ": 1,000,000 lines ran without a wait, the limit; nothing else had a turn meanwhile\n";
    CHECK(report_of("local n = 0\nwhile true do\n  n = n + 1\nend\n").find(report) == 7);
    CHECK(report_of("while true do end").starts_with("a.md:21" + report));
    CHECK(report_of("\nlocal function spin() while true do end end\nwhile true do\n pcall(spin)\nend")
              .starts_with("a.md:22" + report));
    CHECK(report_of("local function spin() while true do end end\ndefer(spin)\nxpcall(spin, spin)\npcall(spin)")
              .starts_with("a.md:21" + report));
    CHECK(report_of("local function spin() while true do end end\nlocal s = setmetatable({}, {__close = spin})\n"
                    "local a <close> = s\nlocal f = coroutine.wrap(function() local b <close> = s spin() end)\n"
                    "pcall(f) table.sort({3, 2, 1}, spin)")
              .starts_with("a.md:21" + report));
    CHECK(report_of("local function again() return again() end\nagain()", {.lines = 100})
              .starts_with("a.md:21: 100 lines ran without a wait"));
}

TEST_CASE("finding: who is stopped says so in the trace, and nothing runs afterwards") {
    const auto run = run_script("go(function() pcall(function() while true do end end) print('no') end)\nprint('no')");
    CHECK(run.output.empty());
    CHECK(run.findings.size() == 1);
    bool stopped = false;
    for (const auto& event : run.trace.events) stopped = stopped || event.kind == co::trace::EventKind::stopped;
    CHECK(stopped);
}

TEST_CASE("finding: lines are counted from one wait to the next") {
    const auto run =
        run_script("for i = 1, 100 do\n for j = 1, 50 do\n  local x = j\n end\n co.sleep(0)\nend\nprint('ok')",
                   {.limits = {.lines = 150}});
    CHECK(run.output == "ok\n");
}

TEST_CASE("finding: too much memory") {
    const std::string report = report_of("local t = {}\nfor i = 1, 1e9 do\n  t[i] = ('x'):rep(10000) .. i\nend\n");
    CHECK(report.starts_with("a.md:23: the script needs more than 64 MiB of memory, the limit\n"));
    CHECK(report.find("Keep less at once") != std::string::npos);
    CHECK(output_of("print(pcall(string.rep, 'x', 100000000))") == "false\tnot enough memory\n");
}

TEST_CASE("finding: a run that never ends") {
    const std::string report = report_of("while true do\n  co.sleep(1)\nend\n");
    CHECK(report.starts_with("a.md:22: the run took more than 200,000 steps, the limit\n"));
    CHECK(report.find("horizon") != std::string::npos);
}

TEST_CASE("finding: the horizon ends a run in good order") {
    const auto run = run_script("while true do co.sleep(1) print(now()) end", {.limits = {.horizon = 2'500'000'000}});
    CHECK(run.output == "1.0\n2.0\n");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].kind == FindingKind::horizon);
    CHECK(run.findings[0].what == "the run was ended at its horizon, 2.5 s of simulated time");
    CHECK(run.ok());
}

TEST_CASE("finding: coroutines that are left at the end are unwound, not run on") {
    CHECK(run_script(R"lua(
        local ch = chan(1)
        go(function() pcall(function() ch:pop() end) print("no") while true do end end)
        go(function() defer(function() ch:pop() print("no") end) ch:pop() end)
        go(coroutine.wrap(function() ch:pop() print("no") end))
        pcall(co.yield) print("no"))lua")
              .output.empty());
}
