// Sending and closing: what happens at full buffers and at the end. The rules hold in both modes.
#include <algorithm>
#include <functional>

#include "tests/core/served.h"

namespace co::test {
namespace {

std::string pattern(std::size_t bytes, unsigned start = 0) {
    std::string text(bytes, '\0');
    for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>((i + start) * 31 % 251);
    return text;
}

constexpr std::size_t mib = 1 << 20;
/// The real machine takes in that much on the way before anybody reads.
constexpr std::size_t beyond_system_buffers = is_simulated ? 4 * mib : 40 * mib;

void in_both_modes(const std::function<void(ServerMode)>& rule) {
    for (ServerMode mode : {ServerMode::base, ServerMode::process}) {
        CAPTURE(static_cast<int>(mode));
        rule(mode);
    }
}

}  // namespace

SERVER_TEST("close_queued: a normal close flushes 2 MB, and the second close says it is closed already") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode});
        served.server.on_receive([&](Connection from, std::string_view) {
            CHECK(bool(from.send(pattern(2 * mib))));
            CHECK(bool(from.close()));
            CHECK(from.close().error() == ServerError::closed);
            CHECK(from.send("more").error() == ServerError::closed);
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            co::sleep(50ms);
            CHECK(visitor.hear_all() == pattern(2 * mib));
        });
    });
}

SERVER_TEST("close_queued: a forced close truncates") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode, .output_buffer = beyond_system_buffers});
        served.server.on_receive([&](Connection from, std::string_view) {
            CHECK(bool(from.send(pattern(beyond_system_buffers))));
            CHECK(bool(from.close(true)));
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            co::sleep(50ms);
            CHECK(visitor.hear_all().size() < beyond_system_buffers);
        });
    });
}

SERVER_TEST("send_yield: 64 MB in 1 MB writes to a slow reader: the writer parks, the bytes are identical") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode});
        served.server.on_receive([&](Connection from, std::string_view) {
            for (unsigned i = 0; i < 64; ++i) {
                CHECK(bool(from.send(pattern(mib, i))));
                CHECK(served.server.client_info(from.fd())->unsent_bytes <= 2 * mib);
            }
            CHECK(bool(from.close()));
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            co::sleep(a_while);
            std::string expected;
            for (unsigned i = 0; i < 64; ++i) expected += pattern(mib, i);
            const std::string got = visitor.hear_all();
            CHECK(got.size() == expected.size());
            CHECK(bool(got == expected));
        });
        if (is_simulated)
            CHECK(served.count(trace::EventKind::send_wait) + served.count(trace::EventKind::post_wait) > 10);
    });
}

SERVER_TEST("without send_yield a full buffer answers `full`, at its limit exactly") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode, .output_buffer = 1000, .send_yield = false});
        served.server.on_receive([&](Connection from, std::string_view) {
            CHECK(from.send(pattern(1001)).error() == ServerError::full);
            CHECK(bool(from.send(pattern(1000))));
        });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            CHECK(visitor.hear_all(1000) == pattern(1000));
        });
    });
}

SERVER_TEST("two coroutines that send on one connection do not mix their bytes") {
    Served served;
    served.server.set({.mode = ServerMode::base, .output_buffer = 10'000});
    served.server.on_receive([&](Connection from, std::string_view) {
        co::WaitGroup both;
        both.go([&] { CHECK(bool(from.send(std::string(300'000, 'a')))); });
        both.go([&] { CHECK(bool(from.send(std::string(300'000, 'b')))); });
        both.wait();
        from.close();
    });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("?");
        co::sleep(10ms);
        CHECK(bool(visitor.hear_all() == std::string(300'000, 'a') + std::string(300'000, 'b')));
    });
}

SERVER_TEST("a full and an emptied buffer are events") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode, .output_buffer = beyond_system_buffers});
        served.server.events().buffer_full = [&](Connection) { served.say("full"); };
        served.server.events().buffer_empty = [&](Connection) { served.say("empty"); };
        served.server.on_receive([&](Connection from, std::string_view) { from.send(pattern(beyond_system_buffers)); });
        served.visit([&] {
            Visitor visitor = served.connect();
            visitor.say("?");
            served.await_said(1);
            visitor.hear_all(beyond_system_buffers);
            served.await_said(2);
        });
        CHECK(served.said == Words{"full", "empty"});
    });
}

SERVER_TEST("heartbeat closes those that are silent, and nobody else") {
    in_both_modes([](ServerMode mode) {
        Served served;
        const Duration second = is_simulated ? Duration(1s) : Duration(200ms);
        served.server.set({.mode = mode, .heartbeat_check = second, .heartbeat_idle = 3 * second});
        served.server.on_receive([&](Connection, std::string_view) {});
        served.visit([&] {
            Visitor silent = served.connect();
            Visitor lively = served.connect();
            for (int i = 0; i < 6; ++i) {
                co::sleep(second);
                lively.say("I am here");
            }
            CHECK(silent.hear(is_simulated ? Duration(0s) : Duration(5s)) == "");
            CHECK(lively.hear(100ms) == "nothing");
        });
    });
}

SERVER_TEST("at max_connections accepting pauses, and the extra one waits in the backlog") {
    in_both_modes([](ServerMode mode) {
        for (int limit : {1, 2, 3}) {
            Served served;
            served.server.set({.mode = mode, .max_connections = static_cast<std::uint32_t>(limit)});
            served.server.on_connect([](Connection from) { from.send("welcome"); });
            served.visit([&] {
                std::vector<Visitor> visitors;
                for (int i = 0; i < 3; ++i) visitors.push_back(served.connect());
                for (int i = 0; i < 3; ++i)
                    CHECK(visitors[static_cast<std::size_t>(i)].hear(i < limit ? 5s : a_while) ==
                          (i < limit ? "welcome" : "nothing"));
                visitors.front().close();
                if (limit < 3) CHECK(visitors[static_cast<std::size_t>(limit)].hear(5s) == "welcome");
            });
            CAPTURE(limit);
            if (limit < 3) CHECK_FALSE(served.log.empty());
        }
    });
}

SERVER_TEST("datagrams have no connection: each is an event, and is answered to its sender") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode});
        served.server.listen("127.0.0.1", 0, Transport::udp);
        served.server.on_packet([&](const DatagramFrom& from, std::string_view data) {
            CHECK(from.port == 1);
            CHECK(served.server.stats().workers.at(0).busy == 1);
            served.server.send_to(from, "echo " + std::string(data));
        });
        served.visit([&] {
            auto socket = DatagramSocket::open(Address::ip4(127, 0, 0, 1, 0));
            REQUIRE(bool(socket));
            CHECK(bool(socket->send_to("ping", served.address(1))));
            auto answer = socket->receive(1s);
            REQUIRE(bool(answer));
            CHECK(answer->bytes == "echo ping");
        });
    });
}

SERVER_TEST("several ports, each with packets of its own kind, and one of them a Unix socket") {
    in_both_modes([](ServerMode mode) {
        Served served;
        served.server.set({.mode = mode, .framing = framing::eof("\n")});
        served.server.listen("127.0.0.1", 0, Transport::tcp, framing::length_prefix("C"));
        served.server.listen(is_simulated ? "/run/app.sock" : "/tmp/costudio-served.sock", 0);
        served.server.on_receive([&](Connection from, std::string_view packet) {
            from.send(std::to_string(served.server.client_info(from.fd())->port) + ':' + std::string(packet));
        });
        served.visit([&] {
            Visitor lines = served.connect(0);
            Visitor counted = served.connect(1);
            Visitor local = served.connect(2);
            lines.say("tea\n");
            counted.say("\3tea");
            local.say("tea");
            CHECK(lines.hear() == "0:tea\n");
            CHECK(counted.hear() == "1:\3tea");
            CHECK(local.hear() == "2:tea");
        });
    });
}

}  // namespace co::test
