// Every setting, event and method that a script's server has: each is there, and does what it says.
#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

std::string server_with(const std::string& settings, const std::string& events) {
    return "local server = tcp.Server('0.0.0.0', 9501)\nserver:set{" + settings + "}\n" + events + "\nserver:start()\n";
}

/// One client, `c`, which is connected already.
std::string client_with(const std::string& settings, const std::string& body) {
    return "world.on('client', function()\n  local c = tcp.Client()\n  c:set{" + settings +
           "}\n  assert(c:connect('app', 9501, 1))\n" + body + "\nend)\n";
}

}  // namespace

TEST_CASE("server API: every setting is taken, and each is an error that names it when its type is wrong") {
    const std::string set = "local s = tcp.Server('0.0.0.0', 9501) s:set";
    const std::pair<const char*, const char*> settings[] = {{"worker_num", "2"},
                                                            {"reactor_num", "2"},
                                                            {"task_worker_num", "1"},
                                                            {"max_request", "10"},
                                                            {"max_connections", "5"},
                                                            {"max_coroutines", "100"},
                                                            {"dispatch_mode", "3"},
                                                            {"backlog", "16"},
                                                            {"heartbeat_check_interval", "0.5"},
                                                            {"heartbeat_idle_time", "1.5"},
                                                            {"open_tcp_keepalive", "true"},
                                                            {"send_yield", "false"},
                                                            {"buffer_output_size", "4096"},
                                                            {"max_wait_time", "0.1"},
                                                            {"reload_async", "false"},
                                                            {"task_ipc", "1"},
                                                            {"package_max_length", "1000"}};
    for (const auto& [name, value] : settings) {
        CAPTURE(name);
        CHECK(output_of(set + "{" + name + " = " + value + "} print('taken')") == "taken\n");
        CHECK(error_of(set + "{" + name + " = 'wrong'}").find(name) != std::string::npos);
    }
    CHECK(output_of(set + "{open_length_check = true, package_length_type = 'n', package_length_offset = 2, "
                          "package_body_offset = 4} print('taken')") == "taken\n");
    CHECK(output_of(set + "{open_eof_split = true, package_eof = '|'} print('taken')") == "taken\n");
    CHECK(error_of(set + "{open_length_check = true, package_length_type = '?'}").find("package_length_type") !=
          std::string::npos);
}

TEST_CASE("server API: packets with a length inside of their header, and one that is too long closes its connection") {
    CHECK(output_of(run_in_world(
              server_with("worker_num = 1, open_length_check = true, package_length_type = 'n', "
                          "package_length_offset = 1, package_body_offset = 3, package_max_length = 100",
                          "server:on('receive', function(server, fd, _, p) print(#p, (p:sub(4))) end)\n"
                          "server:on('close', function() print('closed') end)"),
              client_with("", "c:send('#\\0\\3teaX') co.sleep(0.01) c:send('\\0\\0#\\255\\255') print(c:recv(1))"))) ==
          "6\ttea\n3\t\nclosed\nnil\tclosed\n");
}

TEST_CASE("server API: connect and close, and connections() and client_info() while one is there") {
    CHECK(output_of(run_in_world(server_with("worker_num = 1, reactor_num = 1", R"lua(
server:on("connect", function(server, fd) print("connect", fd) end)
server:on("receive", function(server, fd, reactor_id)
  local info = server:client_info(fd)
  print(#server:connections(), server:connections()[1] == fd, info.address, info.port > 0, info.reactor_id == reactor_id,
        info.unsent_bytes, info.last_time >= info.connect_time)
  print(server:client_info(fd + 1))
  print(server.master_pid ~= server.manager_pid, server.worker_pid ~= server.master_pid, server.worker_id)
  print(server:close(fd), server:close(fd))
end)
server:on("close", function(server, fd) print("close", fd, #server:connections()) end))lua"),
                                 client_with("", "c:send('x') print(c:recv(1))"))) ==
          "connect\t1\n1\ttrue\t10.0.0.2\ttrue\ttrue\t0\ttrue\nnil\tclosed\ntrue\ttrue\t0\ntrue\tfalse\tclosed\n"
          "close\t1\t0\nnil\tclosed\n");
}

TEST_CASE("server API: the heartbeat closes the silent by itself, and heartbeat() names and closes them at once") {
    const std::string silent = client_with("", "print(c:recv(60)) print(now() > 1.5 and now() < 3.5)");
    CHECK(output_of(run_in_world(server_with("worker_num = 1, heartbeat_check_interval = 1, heartbeat_idle_time = 1.5",
                                             "server:on('receive', print)"),
                                 silent)) == "nil\tclosed\ntrue\n");
    CHECK(
        output_of(run_in_world(server_with("worker_num = 1, heartbeat_idle_time = 0.5, heartbeat_check_interval = 100",
                                           R"lua(
server:on("receive", function(server, fd)
  co.sleep(1)
  print(#server:heartbeat(false), #server:connections())
  print(#server:heartbeat())
end))lua"),
                               client_with("", "c:send('x') print(c:recv(60))"))) == "1\t1\n1\nnil\tclosed\n");
}

TEST_CASE("server API: a full output buffer is an event, an emptied one too, and send_yield waits instead") {
    const auto sending = [](const std::string& settings) {
        return output_of(run_in_world(server_with("worker_num = 1, buffer_output_size = 300000, " + settings, R"lua(
server:on("buffer_full", function() print("full") end)
server:on("buffer_empty", function() print("empty") end)
server:on("receive", function(server, fd)
  local taken, why = 0, nil
  for i = 1, 20 do
    local ok, reason = server:send(fd, ("x"):rep(50000))
    if ok then taken = taken + 1 else why = reason end
  end
  print(taken == 20, why)
  co.sleep(2)
  server:close(fd)
end))lua"),
                                      client_with("", R"lua(
  c:send("x") co.sleep(0.5)
  local all = 0
  repeat local s = c:recv(5) all = all + (s and #s or 0) until not s
  print(all % 50000, all == 1000000))lua")));
    };
    CHECK(sending("send_yield = true").find("true\tnil\n") != std::string::npos);
    CHECK(sending("send_yield = true").find("0\ttrue\n") != std::string::npos);
    const std::string refused = sending("send_yield = false");
    CHECK(refused.find("\nfull\n") != std::string::npos);
    CHECK(refused.find("\nempty\n") != std::string::npos);
    CHECK(refused.find("false\tfull\n") != std::string::npos);
}

TEST_CASE(
    "server API: reload() replaces workers one by one, each told to end first, and reload(true) only task workers") {
    const auto reloaded = [](const std::string& call) {
        return output_of(run_in_world(server_with("worker_num = 1, task_worker_num = 1", R"lua(
server:on("worker_start", function(server, id) print("start", id) end)
server:on("worker_exit", function(server, id) print("exit", id) end)
server:on("worker_stop", function(server, id) print("stop", id) end)
server:on("task", print)
server:on("receive", function(server, fd) )lua" + call + " co.sleep(0.05) server:send(fd, 'done') end)"),
                                      client_with("", "c:send('x') print(c:recv(5)) co.sleep(0.5)")));
    };
    const std::string all = reloaded("server:reload()"), tasks = reloaded("server:reload(true)");
    CHECK(all.starts_with("start\t0\nstart\t1\nexit\t0\nstop\t0\nstart\t0\nstop\t1\nstart\t1\ndone\n"));
    CHECK(tasks.starts_with("start\t0\nstart\t1\nstop\t1\nstart\t1\ndone\n"));
    CHECK(tasks.find("exit\t0") != std::string::npos);  // at the server's end alone
}

TEST_CASE("server API: max_request replaces a worker, and beyond max_connections one waits") {
    CHECK(output_of(run_in_world(
              server_with("worker_num = 1, max_request = 2, open_eof_split = true, package_eof = '\\n'", R"lua(
local served = 0
server:on("receive", function(server, fd)
  served = served + 1
  server:send(fd, served .. "\n")
end))lua"),
              client_with("open_eof_split = true, package_eof = '\\n'", R"lua(
  for i = 1, 5 do c:send("x\n") io = c:recv(5) print((io:sub(1, -2))) end)lua"))) == "1\n2\n1\n2\n1\n");
    CHECK(output_of(run_in_world(server_with("worker_num = 1, max_connections = 1, backlog = 4",
                                             "server:on('receive', function(s, fd, _, d) s:send(fd, d) end)"),
                                 R"lua(
world.on("client", function()
  local a, b = tcp.Client(), tcp.Client()
  a:connect("app", 9501) a:send("a") print(a:recv(1))
  b:connect("app", 9501) b:send("b") print(b:recv(1))
  a:close() print(b:recv(1))
end))lua")) == "a\nnil\ttimeout\nb\n");
}

TEST_CASE("world: a computer that is down, far, slow or loses everything") {
    const auto asked = [](const std::string& options) {
        return output_of(run_in_world(server_with("worker_num = 1",
                                                  "server:on('receive', function(s, fd) s:send(fd, ('x'):rep(1000)) "
                                                  "end)"),
                                      "world.host('client', {" + options + "})\n" + R"lua(
world.on("client", function()
  local c = tcp.Client()
  if not c:connect("app", 9501, 3) then return print("no connection") end
  local start, bytes = now(), 0
  c:send("?")
  while bytes < 1000 do
    local s = c:recv(30)
    if not s then return print("nothing") end
    bytes = bytes + #s
  end
  print(math.floor((now() - start) * 100 + 0.5) / 100)
end))lua"));
    };
    CHECK(asked("down = true") == "no connection\n");
    CHECK(asked("loss = 1") == "no connection\n");
    CHECK(asked("latency_ms = 100") == "0.2\n");
    CHECK(asked("latency_ms = 0, bandwidth = 1000") == "1.08\n");  // with the headers of both ways
    CHECK(output_of(run_in_world("print(1)", "world.host('x', {latency = 1})")).find("latency_ms") !=
          std::string::npos);
}
