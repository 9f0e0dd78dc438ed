// HTTP/1.1 on a server: requests, answers, and what is no request.
#include <co/http_server.h>

#include <algorithm>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// A server in either mode, which says what it was asked.
void for_both_modes(const std::function<void(ServerMode)>& test) {
    for (ServerMode mode : {ServerMode::base, ServerMode::process}) test(mode);
}

std::string get(std::string_view target, std::string_view fields = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: kitchen\r\n" + std::string(fields) + "\r\n";
}

/// An answer without its date.
std::string undated(std::string answer) {
    for (std::size_t begin = 0; (begin = answer.find("Date: ", begin)) != std::string::npos;)
        answer.erase(begin, answer.find('\n', begin) + 1 - begin);
    return answer;
}

/// Everything up to these words.
std::string heard_until(Visitor& visitor, std::string_view words) {
    std::string all;
    while (!all.ends_with(words)) {
        auto piece = visitor.stream().read_some(10s);
        if (!piece || piece->empty()) return all + " … and no more";
        all += *piece;
    }
    return undated(all);
}

std::string ok(std::string_view body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// Answers with method, target and body.
void echo(const http::Request& request, http::Response& response) {
    response.end(request.method + ' ' + request.target + ' ' + request.body + '!');
}

class HttpServed : public Served {
  public:
    explicit HttpServed(ServerMode mode, ServerSettings settings = {})
        : Served(0, std::make_unique<http::Server>("127.0.0.1", std::uint16_t{0})),
          http_server(static_cast<http::Server&>(server)) {
        settings.mode = mode;
        http_server.set(settings);
        http_server.on_request(echo);
    }
    http::Server& http_server;
};

}  // namespace

SERVER_TEST("http: a connection stays, and answers one request after the other") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.visit([&] {
            Visitor visitor = served.connect();
            for (const char* target : {"/one", "/two", "/three"}) {
                visitor.say(get(target));
                const std::string body = "GET " + std::string(target) + " !";
                CHECK(heard_until(visitor, "!") == ok(body));
            }
        });
        CHECK(served.log.empty());
    });
}

SERVER_TEST("http: pipelined requests are answered in their order, each when the one before it is") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode, {.workers = 2, .dispatch = DispatchPolicy::round_robin});
        served.http_server.on_request([](const http::Request& request, http::Response& response) {
            if (request.target == "/slow") co::sleep(50ms);
            response.end(request.target + '!');
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say(get("/slow") + get("/quick") + get("/last"));
            std::string all;
            while (std::ranges::count(all, '!') < 3) all += visitor.hear();
            CHECK(undated(all) == ok("/slow!") + ok("/quick!") + ok("/last!"));
        });
    });
}

SERVER_TEST("http: bodies by length and in chunks arrive whole, whatever pieces they come in") {
    const std::string chunked =
        "POST /b HTTP/1.1\r\nHost: kitchen\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ngre\r\n2\r\nen\r\n0\r\n\r\n";
    const std::string sized = "PUT /a HTTP/1.1\r\nHost: kitchen\r\nContent-Length: 5\r\n\r\nblack";
    for_both_modes([&](ServerMode mode) {
        HttpServed served(mode);
        served.visit([&] {
            for (std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
                Visitor visitor = served.connect();
                const std::string both = sized + chunked;
                for (std::size_t place = 0; place < both.size(); place += piece) {
                    visitor.say(both.substr(place, piece));
                    if (is_simulated) co::sleep(1ms);
                }
                std::string all;
                while (std::ranges::count(all, '!') < 2) all += visitor.hear();
                CHECK(undated(all) == ok("PUT /a black!") + ok("POST /b green!"));
            }
        });
    });
}

SERVER_TEST(
    "http: what is no request never reaches the program, and it is answered, logged, and the connection closed") {
    const std::string host = "Host: kitchen\r\n";
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"nonsense\r\n\r\n", "400 Bad Request"},
        {"GET / HTTP/1.1\r\n\r\n", "400 Bad Request"},
        {"GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n", "400 Bad Request"},
        {"GET / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400 Bad Request"},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3000000\r\n\r\n", "413 Content Too Large"},
        {"GET / HTTP/1.1\r\n" + host + "Expect: wonders\r\n\r\n", "417 Expectation Failed"},
        {"GET / HTTP/1.1\r\n" + host + "A: " + std::string(20'000, 'b') + "\r\n\r\n",
         "431 Request Header Fields Too Large"},
        {"CONNECT kitchen:1 HTTP/1.1\r\n" + host + "\r\n", "501 Not Implemented"},
        {"GET / HTTP/2.0\r\n" + host + "\r\n", "505 HTTP Version Not Supported"},
    };
    for_both_modes([&](ServerMode mode) {
        HttpServed served(mode);
        served.http_server.on_request([&](const http::Request& request, http::Response& response) {
            served.say(request.target);
            response.end();
        });
        served.visit([&] {
            for (const auto& [bytes, status] : refused) {
                Visitor visitor = served.connect();
                visitor.say(bytes + get("/smuggled"));
                const std::string answer = visitor.hear_all();
                CHECK(answer.starts_with("HTTP/1.1 " + status + "\r\n"));
                CHECK(answer.find("Connection: close\r\n") != std::string::npos);
                CHECK(answer.find("Date: ") == answer.rfind("Date: "));  // one answer
            }
        });
        CHECK(served.said.empty());
        REQUIRE_FALSE(served.log.empty());
        CHECK(served.log[0].find("closed connection 1 of 127.0.0.1:") != std::string::npos);
        CHECK(served.log[0].find(": 400, ") != std::string::npos);
    });
}

SERVER_TEST("http: limits hold to the byte and to the field") {
    HttpServed served(ServerMode::base);
    const std::string head = "POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 4\r\n\r\n";
    served.http_server.limit({.request = {.header_bytes = head.size(), .fields = 2, .body_bytes = 4}});
    const auto status = [&](const std::string& bytes) {
        Visitor visitor = served.connect();
        visitor.say(bytes);
        return visitor.hear().substr(9, 3);
    };
    served.visit([&] {
        CHECK(status(head + "milk") == "200");
        CHECK(status("POST / HTTP/1.1\r\nHost: k\r\nContent-Length:  4\r\n\r\nmilk") == "431");
        CHECK(status("POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 5\r\n\r\n") == "413");
        CHECK(status("GET / HTTP/1.1\r\nHost: k\r\nA: b\r\nC: d\r\n\r\n") == "431");
        CHECK(status("POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 3\r\n\r\nmil") == "200");
    });
}

SERVER_TEST("http: one who is too slow is told so, and one who says nothing more is let go") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.http_server.limit({.header_time = 100ms, .body_idle = 60ms, .keep_alive = 200ms});
        served.visit([&] {
            const std::string late = "HTTP/1.1 408 Request Timeout\r\n";
            Visitor dripping = served.connect();
            dripping.say("GET /");
            WaitGroup dripper;
            dripper.go([&] {  // each byte in time, the whole too late
                for (int i = 0; i < 8; ++i) {
                    co::sleep(20ms);
                    if (!dripping.stream().is_open() || !dripping.stream().write_all("a")) return;
                }
            });
            CHECK(dripping.hear().starts_with(late));
            dripper.wait();
            Visitor breaking_off = served.connect();
            breaking_off.say("POST / HTTP/1.1\r\nHost: kitchen\r\nContent-Length: 5\r\n\r\nmil");
            CHECK(breaking_off.hear_all().starts_with(late));
            Visitor silent = served.connect();
            CHECK(silent.hear() == "");
            Visitor content = served.connect();
            content.say(get("/"));
            CHECK(heard_until(content, "!") == ok("GET / !"));
            const TimePoint answered = co::now();
            CHECK(content.hear() == "");
            if (is_simulated) CHECK(co::now() - answered >= 200ms);
        });
    });
}

SERVER_TEST("http: a body of unknown length goes in chunks, and to HTTP/1.0 until the connection ends") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.http_server.on_request([](const http::Request&, http::Response& response) {
            response.header("X-Kind", "green").write("tea");
            response.write("");
            response.end(" please");
        });
        served.visit([&] {
            Visitor modern = served.connect();
            const std::string chunks = "3\r\ntea\r\n7\r\n please\r\n0\r\n\r\n";
            for (int i = 0; i < 2; ++i) {
                modern.say(get("/"));
                CHECK(heard_until(modern, "0\r\n\r\n") ==
                      "HTTP/1.1 200 OK\r\nX-Kind: green\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            }
            Visitor old = served.connect();
            old.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            CHECK(undated(old.hear_all()) == "HTTP/1.1 200 OK\r\nX-Kind: green\r\nConnection: close\r\n\r\ntea please");
        });
    });
}

SERVER_TEST("http: HTTP/1.0, HEAD, answers without a body, and who ends the connection") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.http_server.on_request([](const http::Request& request, http::Response& response) {
            if (request.target == "/none") response.status(204);
            if (request.target == "/last") response.header("Connection", "close");
            response.end("tea!");
        });
        served.visit([&] {
            Visitor old = served.connect();
            for (int i = 0; i < 2; ++i) {  // as ab -k
                old.say("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
                CHECK(heard_until(old, "!") ==
                      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\ntea!");
            }
            old.say("GET / HTTP/1.0\r\n\r\n");
            CHECK(undated(old.hear_all()) == "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ntea!");
            Visitor modern = served.connect();
            modern.say("HEAD / HTTP/1.1\r\nHost: kitchen\r\n\r\n" + get("/none") + get("/last") + get("/after"));
            CHECK(undated(modern.hear_all()) ==
                  "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
                  "HTTP/1.1 204 No Content\r\n\r\n"
                  "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ntea!");
        });
    });
}

SERVER_TEST("http: one who expects 100-continue is encouraged before it sends the body") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.visit([&] {
            Visitor visitor = served.connect();
            for (int i = 0; i < 2; ++i) {
                visitor.say("POST / HTTP/1.1\r\nHost: kitchen\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
                CHECK(visitor.hear() == "HTTP/1.1 100 Continue\r\n\r\n");
                visitor.say("tea");
                CHECK(heard_until(visitor, "!") == ok("POST / tea!"));
            }
        });
    });
}

SERVER_TEST("http: a handler that throws, or forgets the answer, costs a 500 and a line in the log") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode);
        served.http_server.on_request([](const http::Request& request, http::Response& response) {
            if (request.target == "/throws") throw std::runtime_error("no tea");
            if (request.target == "/half") {
                response.write("te");
                throw std::runtime_error("spilt");
            }
            if (request.target == "/fine") response.end("tea!");
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            for (const char* target : {"/throws", "/forgets"}) {
                visitor.say(get(target));
                CHECK(heard_until(visitor, "request\n").starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
            }
            visitor.say(get("/fine"));
            CHECK(heard_until(visitor, "!") == ok("tea!"));
            visitor.say(get("/half"));
            std::string last = visitor.hear();
            while (last.ends_with("te\r\n") || last.starts_with("HTTP/")) last = visitor.hear();
            CHECK(last == "reset");
        });
        const auto logged = [&](std::string_view words) {
            return std::ranges::any_of(served.log,
                                       [&](const std::string& line) { return line.find(words) != line.npos; });
        };
        CHECK(logged("on_request failed: no tea"));
        CHECK(logged("there was no answer to GET /throws: on_request has to call response.end()"));
    });
}

SERVER_TEST("http: misuse of an answer is told to the handler") {
    HttpServed served(ServerMode::base);
    served.http_server.on_request([&](const http::Request&, http::Response& response) {
        const auto told = [&](const std::function<void()>& call) {
            try {
                call();
                served.say("it was taken");
            } catch (const std::logic_error& error) {
                served.say(error.what());
            }
        };
        told([&] { response.status(99); });
        told([&] { response.header("A\r\nB", "c"); });
        told([&] { response.header("Location", "/\r\nSet-Cookie: tea"); });
        told([&] { response.header("content-length", "3"); });
        response.end("tea!");
        told([&] { response.status(404); });
        told([&] { response.end("more"); });
        told([&] { response.write("more"); });
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say(get("/"));
        CHECK(heard_until(visitor, "!") == ok("tea!"));
        served.await_said(7);
    });
    CHECK(served.said == Words{"Response::status(): 99 is not from 200 to 599",
                               "Response::header(): \"A\r\nB\" cannot be a field's name",
                               "Response::header(): the value of Location holds a control character, like the end of a "
                               "line",
                               "Response::header(): the server itself sets content-length; write() and end() tell it "
                               "how long the body is",
                               "Response::status(): the header has been sent already",
                               "Response::end(): the answer has ended already",
                               "Response::write(): the answer has ended"});
}

SERVER_TEST("http: without room for one more request its peer is told 503") {
    HttpServed served(ServerMode::base, {.max_coroutines = 1});
    served.http_server.on_request([&](const http::Request&, http::Response& response) {
        served.say("busy");
        co::sleep(100ms);
        response.end("tea!");
    });
    served.visit([&] {
        Visitor first = served.connect();
        first.say(get("/"));
        served.await_said(1);
        Visitor second = served.connect();
        second.say(get("/"));
        CHECK(second.hear_all().starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
        CHECK(heard_until(first, "!") == ok("tea!"));
    });
}

SERVER_TEST("http: a worker that dies costs the connections of its own requests") {
    HttpServed served(ServerMode::process, {.workers = 2, .dispatch = DispatchPolicy::round_robin});
    served.http_server.on_request([&](const http::Request& request, http::Response& response) {
        served.say(std::to_string(*served.http_server.worker_id()));
        if (request.target == "/slow") co::sleep(3600s);
        response.end("tea!");
    });
    served.visit([&] {
        served.await_starts(2);
        Visitor slow = served.connect();
        Visitor idle = served.connect();
        slow.say(get("/slow"));
        served.await_said(1);
        CHECK(bool(served.kernel->send_signal(
            served.process_of(static_cast<std::uint32_t>(std::stoul(served.said.at(0)))), Signal::kill)));
        CHECK(slow.hear() == "reset");
        served.await_starts(3);
        for (int i = 0; i < 4; ++i) {
            idle.say(get("/"));
            CHECK(heard_until(idle, "!") == ok("tea!"));
        }
    });
}

SERVER_TEST("http: 8 MB for a slow reader arrive whole, and the next request behind them") {
    for_both_modes([](ServerMode mode) {
        HttpServed served(mode, {.output_buffer = 256 * 1024});
        static constexpr std::size_t much = 8 << 20;
        served.http_server.on_request([&](const http::Request& request, http::Response& response) {
            if (request.target == "/much") {
                response.end(std::string(much, 'x'));
            } else {
                response.end("!");
            }
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say(get("/much") + get("/little"));
            const bool is_whole = heard_until(visitor, "!") == ok(std::string(much, 'x')) + ok("!");
            CHECK(is_whole);
        });
    });
}

}  // namespace co::test
