#include <set>

#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;
using co::trace::EventKind;

namespace {

/// A server on port 9501 with these settings and events.
std::string server(const std::string& settings, const std::string& events) {
    return "local server = tcp.Server('0.0.0.0', 9501)\nserver:set{" + settings + "}\n" + events + "\nserver:start()\n";
}

/// A client that runs `body` with its connection `c`; packets are lines.
std::string visitor(const std::string& body) {
    return "world.host('client', {latency_ms = 5})\nworld.on('client', function()\n  local c = tcp.Client()\n"
           "  c:set{open_eof_split = true, package_eof = '\\n'}\n  assert(c:connect('app', 9501, 1))\n" +
           body + "\nend)\n";
}

const std::string lines = "open_eof_split = true, package_eof = '\\n'";

const std::string echo = server("worker_num = 2, " + lines, R"lua(
served = 0
server:on("receive", function(server, fd, reactor_id, data)
  served = served + 1
  print("worker " .. server.worker_id, data:sub(1, -2), served)
  server:send(fd, "echo " .. data)
end)
print("before"))lua") + "print('after')";

const std::string three_clients = R"lua(
world.host("client", {latency_ms = 5})
for i = 1, 3 do
  world.on("client", function()
    local c = tcp.Client()
    c:set{open_eof_split = true, package_eof = "\n"}
    assert(c:connect("app", 9501, 1))
    c:send("hello " .. i .. "\n")
    print((c:recv(1):sub(1, -2)))
  end)
end)lua";

}  // namespace

TEST_CASE("server: a client on another machine is answered by one of two workers, each with globals of its own") {
    CHECK(output_of(run_in_world(echo, three_clients)) ==
          "before\nworker 1\thello 1\t1\nworker 1\thello 3\t2\nworker 0\thello 2\t1\n"
          "echo hello 1\necho hello 3\necho hello 2\nafter\n");
}

TEST_CASE("server: one seed is one history, and each seed answers everybody") {
    std::set<std::uint64_t> histories;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        const RunResult run = run_in_world(echo, three_clients, {.seed = seed});
        CHECK(run.ok());
        for (const char* answer : {"echo hello 1\n", "echo hello 2\n", "echo hello 3\n", "after\n"})
            CHECK(run.output.find(answer) != std::string::npos);
        const std::uint64_t hash = co::trace::hash(run.trace);
        CHECK(co::trace::hash(run_in_world(echo, three_clients, {.seed = seed}).trace) == hash);
        histories.insert(hash);
    }
    CHECK(histories.size() > 5);
}

TEST_CASE(
    "server: what its processes print bears their numbers and the script's lines, and the repeated part is silent") {
    const RunResult run = run_in_world(echo, three_clients);
    std::string prints;
    std::set<std::uint32_t> lines_of_workers;
    for (const auto& event : run.trace.events) {
        if (event.kind == EventKind::print && event.source == 0)
            prints += std::to_string(event.process != 0) + ":" + std::to_string(event.line) + " ";
        if (event.kind == EventKind::line && event.process != 0 && event.source == 0)
            lines_of_workers.insert(event.line);
    }
    CHECK(prints == "0:10 1:7 1:7 1:7 0:12 ");
    CHECK(lines_of_workers == std::set<std::uint32_t>{6, 7, 8, 9});
}

TEST_CASE("server: without visitors it starts and stops") {
    CHECK(output_of(server("worker_num = 1", R"lua(
        for _, event in ipairs{"start", "manager_start", "worker_start", "worker_stop", "manager_stop", "shutdown"} do
          server:on(event, function(_, worker) print(event, worker) end)
        end)lua") + "print('after')") ==
          "start\tnil\nmanager_start\tnil\nworker_start\t0\nworker_stop\t0\nmanager_stop\tnil\nshutdown\tnil\nafter\n");
}

TEST_CASE("server: BASE mode, alone and with two workers") {
    for (const char* workers : {"1", "2"}) {
        CAPTURE(workers);
        const std::string base =
            "local server = tcp.Server('0.0.0.0', 9501, {mode = 'base'})\nserver:set{worker_num = " +
            std::string(workers) +
            "}\nserver:on('receive', function(s, fd, _, data) s:send(fd, 'got ' .. data) end)\n"
            "server:start()";
        CHECK(output_of(run_in_world(base, visitor("c:set{} c:connect('app', 9501) c:send('tea') print(c:recv())"))) ==
              "got tea\n");
    }
}

TEST_CASE("server: tasks and messages carry values, and a task's death has a reason") {
    const std::string program = server("worker_num = 2, task_worker_num = 2, " + lines, R"lua(
server:on("receive", function(server, fd, _, data)
  if data == "task\n" then server:task({1, "two", three = {4.5, true}}) end
  if data == "wait\n" then print(server:task_wait("job", 1)) end
  if data == "many\n" then
    local results, reasons = server:task_wait_multi({"a", "slow", "b"}, 0.5)
    print(results[1], results[2], results[3], reasons[2])
  end
  if data == "die\n" then print(server:task_wait("die", 1)) end
  if data == "message\n" then server:send_message({to = 1}, 1 - server.worker_id) end
  if data == "inside\n" then print(server:task_wait("task", 1)) end
  server:send(fd, "ok\n")
end)
server:on("task", function(server, id, from, data)
  if data == "slow" then blocking.sleep(2) end
  if data == "die" then error("no") end
  if data == "task" then data = select(2, server:task("inner")) end
  server:finish(data)
end)
server:on("finish", function(_, id, data) print("finish", id, data[1], data[2], data.three[1], data.three[2]) end)
server:on("pipe_message", function(_, from, data) print("message", from, data.to) end))lua");
    const RunResult run = run_in_world(program, visitor(R"lua(
  for _, what in ipairs{"task", "wait", "many", "message", "inside", "die"} do
    c:send(what .. "\n")
    c:recv(2)
  end)lua"));
    CHECK(run.output ==
          "finish\t1\t1\ttwo\t4.5\ttrue\njob\na\tnil\tb\ttimeout\nmessage\t1\t1\n"
          "in a task worker\nnil\ttask failed\n");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].what == "no");
    CHECK(run.findings[0].details.starts_with("in task worker "));
}

TEST_CASE("server: an error in an event is a finding with its place and its process, and the next request is served") {
    const RunResult run = run_in_world(server("worker_num = 1, " + lines, R"lua(
server:on("receive", function(server, fd, _, data)
  if data == "bad\n" then local nothing = nil; nothing.x = 1 end
  server:send(fd, data)
end))lua"),
                                       visitor("c:send('bad\\n') c:send('good\\n') print(c:recv(1))"));
    CHECK(run.output == "good\n\n");
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].line == 5);
    CHECK(run.findings[0].what.starts_with("attempt to index a nil value"));
    CHECK(run.findings[0].details.starts_with("in worker 0, it ended co#"));
}

TEST_CASE("server: a worker that is killed is replaced: same worker, another process, an empty memory") {
    CHECK(output_of(run_in_world(server("worker_num = 1", R"lua(
count = 0
server:on("receive", function(server, fd)
  count = count + 1
  server:send(fd, count .. " " .. tostring(server.worker_pid ~= last))
end)
server:on("worker_start", function(server, id) print("worker", id, server.stats and "starts") end)
server:on("worker_error", function(_, worker, pid, code, signal) print("died", worker, code, signal) end))lua"),
                                 R"lua(
world.on("client", function()
  for _ = 1, 3 do
    local c = tcp.Client()
    c:connect("app", 9501)
    c:send("?") print(c:recv(1))
    co.sleep(0.1)
  end
end)
world.at(0.15, function() print("killed", world.kill("worker#0")) end))lua")) ==
          "worker\t0\tstarts\n1 true\n2 true\nkilled\ttrue\ndied\t0\t0\t9\nworker\t0\tstarts\n1 true\n");
}

TEST_CASE(
    "server: os.exit() ends the worker with all that waits in it, and others learn of it, and the next one begins") {
    CHECK(output_of(run_in_world(server("worker_num = 1, " + lines, R"lua(
count = 0
server:on("receive", function(server, fd, _, line)
  count = count + 1
  print(count, line:sub(1, -2))
  defer(function() print("deferred") end)
  if line == "exit\n" then pcall(os.exit, 7) end
  co.sleep(0.05)
  server:send(fd, "late\n")
end)
server:on("worker_error", function(_, worker, _, code) print("ended", worker, code) end))lua"),
                                 visitor("c:send('wait\\n') print(c:recv(1))") + visitor(R"lua(
  co.sleep(0.02)
  c:send("exit\n")
  co.sleep(0.1)
  c:connect("app", 9501, 1)
  c:send("again\n")
  print((c:recv(1):sub(1, -2))))lua"))) == "1\twait\n2\texit\nended\t0\t7\nnil\treset\n1\tagain\ndeferred\nlate\n");
}

TEST_CASE("server: what must not be done again in each process is refused at start()") {
    CHECK(output_of("co.sleep(1)\nlocal server = tcp.Server('0.0.0.0', 9501)\nserver:start()")
              .starts_with("test.lua:3: server:start(): the script waits at line 1 before it, and every process begins "
                           "with running the script up to here again"));
    CHECK(output_of("local c = udp.Client()\nc:connect('app', 1)\nlocal server = tcp.Server('0.0.0.0', 9501)\n"
                    "server:start()")
              .starts_with("test.lua:4: server:start(): the script connects a client at line 2"));
}

TEST_CASE("server: timers belong to the process that has set them, and math.random is copied") {
    CHECK(output_of(server("worker_num = 2", R"lua(
        timer.after(10, print, "once")
        local first = math.random(1000)
        server:on("worker_start", function() print(math.random(1000) == 394, first) end))lua"))
              .find("once\n") == output_of(server("worker_num = 2", R"lua(
        timer.after(10, print, "once")
        local first = math.random(1000)
        server:on("worker_start", function() print(math.random(1000) == 394, first) end))lua"))
                                     .rfind("once\n"));
    const std::string drawn = output_of(server("worker_num = 2", R"lua(
        server:on("worker_start", function() print(math.random(1000000)) end))lua"));
    const std::size_t half = drawn.size() / 2;
    CHECK(drawn.substr(0, half) == drawn.substr(half));
}

TEST_CASE("server: a start() inside pcall() does not run what follows it in the workers") {
    const std::string output =
        output_of("local server = tcp.Server('0.0.0.0', 9501)\nprint(pcall(server.start, server))\nprint('end')");
    CHECK(output == "true\t0\nend\n");
}

TEST_CASE("server: settings and events that are wrong are named") {
    const std::string set = "local s = tcp.Server('0.0.0.0', 9501) ";
    CHECK(error_of(set + "s:set{worker_nun = 2}") ==
          "bad argument #1 to 'set' (there is no setting worker_nun: did you mean `worker_num`?)\n");
    CHECK(error_of(set + "s:set{worker_num = 'two'}") ==
          "bad argument #1 to 'set' (worker_num must be a whole number)\n");
    CHECK(
        error_of(set + "s:set{open_eof_split = true, package_eof = {}}")
            .starts_with("bad argument #1 to 'set' (package_eof must be a number, a string or a boolean, got table)"));
    CHECK(error_of(set + "s:set{dispatch_mode = 5}").find("for C++ alone") != std::string::npos);
    CHECK(error_of(set + "s:on('recieve', print)") ==
          "bad argument #1 to 'on' (there is no event `recieve`; did you mean `receive`?)\n");
    CHECK(error_of(set + "s:send(1, 'x')") == "this server has not been started: call it from one of its events\n");
    CHECK(error_of("tcp.Server('0.0.0.0', 70000)").find("port (0: any free one) must be a whole number") !=
          std::string::npos);
    CHECK(error_of("tcp.Server('0.0.0.0', 1, {mode = 'thread'})").find("mode must be \"process\" or \"base\"") !=
          std::string::npos);
}

TEST_CASE("server: datagrams, and ports with framings of their own") {
    CHECK(output_of(run_in_world(R"lua(
local server = tcp.Server("0.0.0.0", 9501)
server:listen("0.0.0.0", 9502, {transport = "udp"})
server:listen("0.0.0.0", 9503, {open_eof_split = true, package_eof = "|"})
server:on("packet", function(server, data, client)
  print("packet", data, client.address, client.port > 0)
  server:sendto(client.address, client.port, "got " .. data)
end)
server:on("receive", function(server, fd, _, data) print("receive", data) end)
server:start())lua",
                                 R"lua(
world.on("client", function()
  local u = udp.Client()
  u:connect("app", 9502) u:send("a datagram") print(u:recv(1))
  local c = tcp.Client()
  c:connect("app", 9503) c:send("one|two|thr") co.sleep(0.01) c:send("ee|")
end))lua")) == "packet\ta datagram\t10.0.0.2\ttrue\ngot a datagram\nreceive\tone|\nreceive\ttwo|\nreceive\tthree|\n");
}

TEST_CASE("server: ends at the lesson's horizon, too") {
    const RunResult run =
        run_in_world(server("worker_num = 1, heartbeat_check_interval = 1", ""),
                     "world.on('client', function() co.sleep(1000) end)", {.limits = {.horizon = 3'000'000'000}});
    CHECK(run.ok());
    REQUIRE(run.findings.size() == 1);
    CHECK(run.findings[0].kind == FindingKind::horizon);
    CHECK(run.trace.events.back().time == 3'000'000'000);
}

TEST_CASE("server: sendfile() sends what stands in a file, or says why not") {
    CHECK(output_of(run_in_world(server("worker_num = 1, " + lines, R"lua(
server:on("receive", function(server, fd, _, line)
  if line == "?\n" then print(server:sendfile(fd, "nowhere.txt")) end
  print(co.write_file("page.txt", ("x"):rep(3000000) .. "\n"))
  print(server:sendfile(fd, "page.txt"))
  print(server:sendfile(fd + 1, "page.txt"))
end))lua"),
                                 visitor(R"lua(
  c:set{open_eof_split = true, package_eof = "\n", package_max_length = 4000000}
  c:connect("app", 9501)
  c:send("?\n")
  local page = c:recv(60)
  print(#page, page:find("[^x]")))lua"))) ==
          "false\tnot found\ntrue\ntrue\nfalse\tclosed\n3000001\t3000001\t3000001\n");
}

TEST_CASE("server: stop(worker) replaces that one, be it a task worker, and one that is not there is refused") {
    CHECK(output_of(run_in_world(server("worker_num = 2, task_worker_num = 1, dispatch_mode = 2, " + lines, R"lua(
server:on("worker_start", function(server, id) print("start", id, server.is_task_worker) end)
server:on("task", print)
server:on("receive", function(server, fd, _, line)
  print("by", server.worker_id, server:stop(1 - server.worker_id))
  co.sleep(0.1)
  print(server:stop(2), server:stop(3))
  server:send(fd, "done\n")
end))lua"),
                                 visitor("c:send('?\\n') print((c:recv(1):sub(1, -2))) co.sleep(0.1)"))) ==
          "start\t0\tfalse\nstart\t1\tfalse\nstart\t2\ttrue\nby\t1\ttrue\nstart\t0\tfalse\n"
          "true\tfalse\tno such worker\nstart\t2\ttrue\ndone\n");
}

TEST_CASE("server: settings of keep-alive probes and of how tasks travel") {
    const std::string set = "local s = tcp.Server('0.0.0.0', 9501) s:set";
    CHECK(output_of(set + "{open_tcp_keepalive = true, tcp_keepidle = 60, tcp_keepinterval = 5, tcp_keepcount = 3, "
                          "task_ipc = 1} print('taken')") == "taken\n");
    CHECK(error_of(set + "{tcp_keepidle = 60}").find("mean nothing without open_tcp_keepalive = true") !=
          std::string::npos);
    CHECK(error_of(set + "{open_tcp_keepalive = true, tcp_keepinterval = 0.5}")
              .find("tcp_keepinterval must be 1 to 32767 whole seconds") != std::string::npos);
    CHECK(error_of(set + "{open_tcp_keepalive = true, tcp_keepcount = 200}").find("it must be from 1 to 127") !=
          std::string::npos);
    CHECK(error_of(set + "{task_ipc = 3}").find("task_ipc must be 1 (sockets between the processes)") !=
          std::string::npos);
}

TEST_CASE("client: recv(n, timeout) takes exactly n bytes, and leaves the others") {
    CHECK(output_of(run_in_world(server("worker_num = 1", R"lua(
server:on("receive", function(server, fd, _, data)
  server:send(fd, "head") co.sleep(0.1) server:send(fd, "er and body") co.sleep(0.1) server:send(fd, "end")
  server:close(fd)
end))lua"),
                                 R"lua(
world.on("client", function()
  local c = tcp.Client()
  c:connect("app", 9501)
  c:send("?")
  print(c:recv(6, 0.01))
  print(c:recv(6, 1), c:recv(5, 1), c:recv(1))
  print(c:recv(3, -1))
  print(c:recv(3, -1))
  c:connect("app", 9501)
  c:send("?")
  print(#c:recv(18, 5), c:recv(9, 5))
  c:connect("app", 9501)
  c:send("?")
  print(c:recv(19, 5))
  print(pcall(c.recv, c, 0, 1))
  c:set{open_eof_split = true}
  print(select(2, pcall(c.recv, c, 1, 1)))
end))lua")) ==
          "nil\ttimeout\nheader\t and \tbody\nend\nnil\tclosed\n18\tnil\tclosed\nnil\tcut off\n"
          "false\tbad argument #2 to '?' (how many bytes must be a whole number from 1 to 1073741824, got 0)\n"
          "receive_exactly() is for clients without framing: this one receives packets\n");
}
