#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

const std::string idle = "local s = tcp.Server('0.0.0.0', 9501)\ns:start()\nprint(now())";

}  // namespace

TEST_CASE("world: every world.on() is a process with a state of its own, and the program is the machine app") {
    CHECK(output_of(run_in_world("co.sleep(1) print('program', n)", R"lua(
        n = 0
        for i = 1, 2 do world.on("host" .. i, function() n = n + 1 print(i, n) end) end
        print("world", n))lua")) == "world\t0\n1\t1\n2\t1\nprogram\tnil\n");
}

TEST_CASE("world: a server is stopped a second after the last act, or when nothing can happen any more") {
    CHECK(output_of(run_in_world(idle, "world.on('client', function() co.sleep(0.5) end)")) == "0.502\n");
    CHECK(output_of(run_in_world("local s = tcp.Server('0.0.0.0', 9501)\ns:set{heartbeat_check_interval = 0.3}\n"
                                 "s:start()\nprint(now())",
                                 "world.on('client', function() co.sleep(0.5) end)")) == "1.502\n");
}

TEST_CASE("world: acts have their moments, and machines are cut off and come back") {
    CHECK(output_of(run_in_world(R"lua(
local server = tcp.Server("0.0.0.0", 9501)
server:on("receive", function(server, fd, _, data) server:send(fd, data) end)
server:start())lua",
                                 R"lua(
world.host("client", {latency_ms = 10})
world.on("client", function()
  local c = tcp.Client()
  c:connect("app", 9501)
  c:send("one") print(c:recv(1))
  co.sleep(0.5)
  c:send("two") print(c:recv(0.1))
  print(c:recv(5))
end)
world.at(0.4, function() world.partition("app", "client") end)
world.at(0.8, function() world.heal("app", "client") end))lua")) == "one\nnil\ttimeout\ntwo\n");
}

TEST_CASE("world: what goes wrong there is a finding that names its script") {
    const RunResult run = run_in_world("co.sleep(1)", "world.on('client', function()\n  error('spilled')\nend)");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].what == "spilled");
    CHECK(run.findings[0].script_line == 2);
    CHECK(run.findings[0].details.starts_with("in client, "));
    CHECK(output_of(run_in_world("co.sleep(1)", "world.on(")).find("unexpected symbol") != std::string::npos);
}

TEST_CASE("world: the program does not have it, and does not reach into it") {
    CHECK(output_of("print(world)") == "nil\n");
    CHECK(output_of(run_in_world("print(world)", "n = 1")) == "nil\n");
}

TEST_CASE("world: its script and its events are in the trace") {
    const RunResult run = run_in_world("co.sleep(1)", "world.on('client', function() print('hi') end)");
    REQUIRE(run.trace.sources.size() == 2);
    CHECK(run.trace.sources[1].name == "world.lua");
    bool was_seen = false;
    for (const auto& event : run.trace.events)
        if (event.kind == co::trace::EventKind::print) was_seen = event.source == 1 && event.process != 0;
    CHECK(was_seen);
}
