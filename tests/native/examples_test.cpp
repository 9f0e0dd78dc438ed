// The example programs, each started as a person would and visited.
#include "tests/native/example_program.h"

#include <algorithm>

#include <co/datagram_socket.h>

namespace {

std::string heard(co::Stream& stream, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) {
        auto piece = stream.read_some(5s);
        if (!piece || piece->empty()) break;
        all += *piece;
    }
    return all;
}

/// Whether these words arrive; others may come before them, and with them.
bool hears(co::Stream& stream, std::string_view words) {
    std::string all;
    while (all.find(words) == std::string::npos) {
        auto piece = stream.read_some(5s);
        if (!piece || piece->empty()) return false;
        all += *piece;
    }
    return true;
}

}  // namespace

TEST_CASE("example: echo_server answers, in both modes") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("echo_server", {"--mode", mode, "--workers", "2"});
            for (int i = 0; i < 4; ++i) {
                co::Stream visitor = example.connect();
                CHECK(bool(visitor.write_all("hello")));
                CHECK(heard(visitor, 5) == "hello");
            }
        });
}

TEST_CASE("example: http_hello answers 24 bytes, in both modes") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("http_hello", {"--mode", mode, "--workers", "2"});
            co::Stream visitor = example.connect();
            for (int i = 0; i < 2; ++i) {
                CHECK(bool(visitor.write_all("GET / HTTP/1.1\r\nHost: here\r\n\r\n")));
                CHECK(hears(visitor, "Content-Length: 24\r\n\r\nHello from a coroutine.\n"));
            }
        });
}

TEST_CASE("example: counter counts over all workers") {
    visit([] {
        const Example example("counter", {"--mode", "base", "--workers", "2"});
        std::vector<co::Stream> visitors;
        for (int i = 1; i <= 6; ++i) {
            visitors.push_back(example.connect());
            CHECK(bool(visitors.back().write_all("GET /tea HTTP/1.1\r\nHost: here\r\n\r\n")));
            const std::string times = std::to_string(i);
            CHECK(
                hears(visitors.back(), "/tea was visited " + times + " times, all pages " + times + ", says worker "));
        }
    });
}

TEST_CASE("example: aggregate asks three services and puts their answers together") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("aggregate", {"--mode", mode});
            co::Stream visitor = example.connect();
            CHECK(bool(visitor.write_all("GET / HTTP/1.1\r\nHost: here\r\n\r\n")));
            CHECK(hears(visitor, "\r\n\r\nuser: ann\norders: 3\nweather: fine\nin "));
        });
}

TEST_CASE("example: udp_echo answers each datagram") {
    visit([] {
        const Example example("udp_echo", {});
        auto visitor = co::DatagramSocket::connect(example.address());
        REQUIRE(bool(visitor));
        CHECK(bool(visitor->send("ping")));
        auto answer = visitor->receive(5s);
        REQUIRE(bool(answer));
        CHECK(answer->bytes == "ping");
    });
}

TEST_CASE("example: task_server runs tasks side by side") {
    visit([] {
        const Example example("task_server", {"--tasks", "2"});
        co::Stream visitor = example.connect();
        CHECK(bool(visitor.write_all("abc\nxyz\n")));
        const std::string answers = heard(visitor, 8);
        CHECK((answers == "cba\nzyx\n" || answers == "zyx\ncba\n"));
    });
}

TEST_CASE("example: line_chat tells all others, whichever worker they talk to") {
    for (const char* mode : {"process", "base"})
        visit([&] {
            const Example example("line_chat", {"--mode", mode, "--workers", "2"});
            std::vector<co::Stream> visitors;
            for (int i = 0; i < 3; ++i) {
                visitors.push_back(example.connect());
                // Another worker may greet this visitor first: "1 is here" is no wrong order.
                CHECK(hears(visitors.back(), "you are " + std::to_string(i + 1) + '\n'));
            }
            CHECK(bool(visitors[2].write_all("hello\n")));
            for (std::size_t listener : {0u, 1u}) CHECK(hears(visitors[listener], "3: hello\n"));
        });
}
