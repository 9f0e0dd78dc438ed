#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

/// A server on the machine `outside` that says everything again, in upper case.
const std::string outside = R"lua(
world.host("outside", {latency_ms = 10})
world.on("outside", function()
  local server = tcp.Server("0.0.0.0", 80)
  server:on("receive", function(server, fd, _, data)
    if data == "slow" then co.sleep(1) end
    if data == "bye" then return server:close(fd) end
    server:send(fd, data:upper())
  end)
  server:start()
end))lua";

std::string client_answer(const std::string& text) { return output_of(run_in_world(text, outside)); }

}  // namespace

TEST_CASE("client: asks a server on another machine, and the run ends with the program") {
    CHECK(client_answer(R"lua(
        local c = tcp.Client()
        print(c:connect("outside", 80), c:is_connected())
        print(c:send("tea"), c:recv(), now())
        print(c:send("bye"), c:recv())
        print(c:recv())
        c:close() print(c:send("more"), c:is_connected()))lua") ==
          "true\ttrue\ntrue\tTEA\t0.04\ntrue\tnil\tclosed\nnil\tclosed\nfalse\tfalse\n");
}

TEST_CASE("client: reasons when nobody is there") {
    CHECK(client_answer(R"lua(
        local c = tcp.Client()
        print(c:connect("outside", 81)) print(c:connect("nowhere", 80)) print(c:recv()))lua") ==
          "false\trefused\nfalse\tunknown host\nnil\tnot connected\n");
}

TEST_CASE("client: timeouts of a call, of a client, of all") {
    CHECK(client_answer(R"lua(
        local c = tcp.Client()
        c:connect("outside", 80)
        local t = now() c:send("slow") print(c:recv(0.1)) print(now() - t)
        local d = tcp.Client()
        d:set{timeout = 0.2}
        d:connect("outside", 80)
        t = now() d:send("slow") print(d:recv()) print(now() - t)
        co.set{socket_timeout = 0.3}
        local e = tcp.Client()
        e:connect("outside", 80)
        t = now() e:send("slow") print(e:recv()) print(now() - t)
        print(e:recv(-1)))lua") == "nil\ttimeout\n0.1\nnil\ttimeout\n0.2\nnil\ttimeout\n0.3\nSLOW\n");
}

TEST_CASE("client: peek leaves the packet, and set_defer asks several before the first answers") {
    CHECK(client_answer(R"lua(
        local c = tcp.Client()
        c:connect("outside", 80)
        c:send("tea") print(c:peek(), c:peek(), c:recv())
        local start, clients = now(), {}
        for i = 1, 3 do
          clients[i] = tcp.Client()
          clients[i]:connect("outside", 80)
          clients[i]:set_defer()
          clients[i]:send("slow")
        end
        for i = 1, 3 do print(clients[i]:recv()) end
        print(now() - start < 1.3))lua") == "TEA\tTEA\tTEA\nSLOW\nSLOW\nSLOW\ntrue\n");
}

TEST_CASE("client: two coroutines at once are an error that names both") {
    const std::string output = client_answer(R"lua(
        local c = tcp.Client()
        c:connect("outside", 80)
        go(function() c:send("slow") c:recv() end)
        print(pcall(c.recv, c)))lua");
    CHECK(output.find("co#1") != std::string::npos);
    CHECK(output.starts_with("false\t"));
}

TEST_CASE("client: a datagram to nobody is sent, and never answered") {
    CHECK(client_answer(R"lua(
        local u = udp.Client()
        print(u:connect("outside", 53)) print(u:send("?")) print(u:recv(0.5)))lua") == "true\ntrue\nnil\trefused\n");
}

TEST_CASE("client: settings that are wrong are named") {
    CHECK(error_of("tcp.Client():set{worker_num = 2}").find("there is no setting worker_num here") !=
          std::string::npos);
    CHECK(error_of("tcp.Client():set{timeout = 'soon'}").find("timeout must be a number of seconds") !=
          std::string::npos);
    CHECK(error_of("tcp.Client():connect('outside', 0)").find("port must be a whole number from 1") !=
          std::string::npos);
    CHECK(error_of("co.set{socket_timeout = -2}").find("socket_timeout must be seconds") != std::string::npos);
}
