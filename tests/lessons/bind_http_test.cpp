#include <doctest/doctest.h>

#include "tests/lessons/run_script.h"

using namespace co::lessons;

namespace {

const std::string http_server = R"lua(local server = http.Server("0.0.0.0", 9501)
server:set{worker_num = 2}
server:on("request", function(request, response)
  if request.path == "/late" then co.sleep(0.01) end
  if request.path == "/fails" then error("no tea left") end
  if request.path == "/pieces" then
    response:write("one ")
    response:write("two")
    response:finish()
    return
  end
  response:status(request.method == "POST" and 201 or 200):header("X-Tea", "green")
  response:finish(request.path .. " " .. tostring(request.query) .. " " .. request.headers.host .. " " .. request.body)
end)
server:start())lua";

/// A client that sends `request` and prints what comes until the connection ends, without the date.
std::string http_visitor(const std::string& request, const std::string& after = "0") {
    return R"lua(
world.on("client", function()
  co.sleep()lua" +
           after + R"lua()
  local c = tcp.Client()
  assert(c:connect("app", 9501, 1))
  c:send(")lua" +
           request + R"lua(")
  local all, piece = "", c:recv(1)
  while piece and piece ~= "" do all = all .. piece piece = c:recv(1) end
  print((all:gsub("Date: [^\r]*\r\n", ""):gsub("\r", "")))
end))lua";
}

std::string answer_to(const std::string& request) {
    return output_of(run_in_world(http_server, "world.host('client', {latency_ms = 1})" + http_visitor(request)));
}

}  // namespace

TEST_CASE("http.Server: a request is a table, the answer an object whose calls follow each other") {
    CHECK(answer_to("POST /tea?milk=yes HTTP/1.1\\r\\nHost: kitchen\\r\\nContent-Length: 3\\r\\nConnection: "
                    "close\\r\\n\\r\\nhot") ==
          "HTTP/1.1 201 Created\nX-Tea: green\nContent-Length: 25\nConnection: close\n\n/tea milk=yes kitchen hot\n");
}

TEST_CASE("http.Server: a body in pieces, a handler that fails, a path without a query") {
    const std::string end = " HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n";
    const std::string pieces = answer_to("GET /pieces" + end);
    CHECK(pieces.find("Transfer-Encoding: chunked") != std::string::npos);
    CHECK(pieces.find("\n\n4\none \n3\ntwo\n0\n\n") != std::string::npos);
    CHECK(answer_to("GET /late" + end).ends_with("\n\n/late nil h \n"));
    const RunResult failed =
        run_in_world(http_server, "world.host('client', {latency_ms = 1})" + http_visitor("GET /fails" + end));
    CHECK(failed.output.find("HTTP/1.1 500 Internal Server Error\n") != std::string::npos);
    CHECK_FALSE(failed.ok());
}

TEST_CASE("http.Server: misuse is an error that says what to do") {
    CHECK(error_of("tcp.Server('0.0.0.0', 0):on('request', print)").find("`request` is an event of http.Server") !=
          std::string::npos);
    const std::string keeps = R"lua(local server, kept = http.Server("0.0.0.0", 9501)
server:on("request", function(request, response)
  if kept then print(pcall(kept.finish, kept, "late")) end
  kept = response
  print(pcall(response.status, response, 99))
  print(pcall(response.header, response, "Content-Length", "3"))
  response:finish("ok")
end)
server:start())lua";
    const std::string end = "GET / HTTP/1.1\\r\\nHost: h\\r\\nConnection: close\\r\\n\\r\\n";
    const std::string said = output_of(
        run_in_world(keeps, "world.host('client', {latency_ms = 1})" + http_visitor(end) + http_visitor(end, "0.1")));
    CHECK(said.find("the status must be a whole number from 200 to 599, got 99") != std::string::npos);
    CHECK(said.find("the server itself sets Content-Length") != std::string::npos);
    CHECK(said.find("this answer is of a request whose event has ended") != std::string::npos);
}
