#include <co/listener.h>
#include <co/machine.h>
#include <co/tcp_client.h>
#include <co/udp_client.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {

constexpr std::uint16_t port = 9501;

/// Serves one connection: `serve(stream)`.
template <typename Serve>
void serve_one(Serve serve) {
    auto door = *co::Listener::open(co::Address::ip4(0, 0, 0, 0, port));
    auto stream = *door.accept();
    serve(stream);
}

/// `serve` on the host "app", `ask` on another one, a millisecond away.
template <typename Serve, typename Ask>
void between(Serve serve, Ask ask) {
    co::sim::Machine machine;
    machine.host("app").start([=] { serve_one(serve); });
    machine.host("client", {.latency = 1ms}).start(ask);
    machine.run_for(10min);
    CHECK(machine.failures() == Words{});
}

}  // namespace

TEST_CASE("tcp client: packets come one by one, however the bytes arrive") {
    Words got;
    between(
        [](co::Stream& stream) {
            CHECK(stream.write_all("one\ntwo\nth"));
            co::sleep(10ms);
            CHECK(stream.write_all("ree\n"));
        },
        [&] {
            co::TcpClient client({.framing = co::framing::eof("\n")});
            CHECK(client.connect("app", port));
            CHECK(*client.peek() == "one\n");
            for (auto packet = client.receive(); packet && !packet->empty(); packet = client.receive())
                got.push_back(*packet);
        });
    CHECK(got == Words{"one\n", "two\n", "three\n"});
}

TEST_CASE("tcp client: a server that closes within a packet, and one whose packet is refused, are errors") {
    between([](co::Stream& stream) { CHECK(stream.write_all("half a pack")); },
            [] {
                co::TcpClient client({.framing = co::framing::eof("\n")});
                CHECK(client.connect("app", port));
                CHECK(client.receive().error() == std::errc::connection_aborted);
            });
    between(
        [](co::Stream& stream) {
            CHECK(stream.write_all("\xff\xff\xff\xff too long"));
            co::sleep(1s);
        },
        [] {
            co::TcpClient client({.framing = co::framing::length_prefix("N")});
            CHECK(client.connect("app", port));
            CHECK(client.receive().error() == std::errc::bad_message);
            CHECK(client.refusal() != "");
            CHECK_FALSE(client.is_connected());
            CHECK(client.receive().error() == std::errc::not_connected);
        });
}

TEST_CASE("tcp client: timeouts: what the call says, else the client, else the default") {
    std::vector<long> times;
    between([](co::Stream&) { co::sleep(5min); },
            [&] {
                co::TcpClient own({.timeouts = {.receive = 5s}}), plain;
                CHECK(own.connect("app", port));
                long start = milliseconds();
                CHECK(own.receive(1s).error() == std::errc::timed_out);
                times.push_back(milliseconds() - start);
                CHECK(own.receive().error() == std::errc::timed_out);
                times.push_back(milliseconds() - start);
                CHECK(plain.connect("app", port));
                start = milliseconds();
                CHECK(plain.receive().error() == std::errc::timed_out);
                times.push_back(milliseconds() - start);
            });
    CHECK(times == std::vector<long>{1000, 6000, 60'000});
}

TEST_CASE("tcp client: one used from two coroutines at once names both") {
    std::string what;
    between([](co::Stream&) { co::sleep(1s); },
            [&] {
                co::TcpClient client;
                CHECK(client.connect("app", port));
                co::go([&] { static_cast<void>(client.receive()); });
                co::go([&] {
                    CHECK(client.send("sending meanwhile is fine"));
                    try {
                        static_cast<void>(client.receive());
                    } catch (const std::logic_error& error) {
                        what = error.what();
                    }
                });
                co::sleep(2s);
            });
    CHECK(what == "receive() of co#2: co#1 is inside the same client; give each coroutine a client of its own");
}

TEST_CASE("tcp client: set_defer: several servers are asked first, the answers take as long as the slowest") {
    co::sim::Machine machine;
    auto serve = [](std::chrono::milliseconds work) {
        return [=] {
            serve_one([=](co::Stream& stream) {
                auto question = stream.read_some();
                co::sleep(work);
                CHECK(stream.write_all("answer to " + *question));
            });
        };
    };
    machine.host("users").start(serve(100ms));
    machine.host("orders").start(serve(150ms));
    Words got;
    long took = 0;
    machine.host("client").start([&] {
        co::TcpClient users, orders;
        CHECK(users.connect("users", port));
        CHECK(orders.connect("orders", port));
        users.set_defer();
        orders.set_defer();
        CHECK(users.send("one"));
        CHECK(orders.send("two"));
        got.push_back(*users.receive());
        got.push_back(*orders.receive());
        took = milliseconds();
    });
    machine.run_for(1s);
    CHECK(machine.failures() == Words{});
    CHECK(got == Words{"answer to one", "answer to two"});
    CHECK(took == 150);
}

TEST_CASE("tcp client: set_defer: a question leaves whole at once, also when the kernel takes it byte by byte") {
    for (std::uint64_t seed = 0; seed < 64; ++seed) {
        CAPTURE(seed);
        co::sim::Machine machine({.seed = seed});
        co::TimePoint arrived{};
        machine.host("app").start([&] {
            serve_one([&](co::Stream& stream) {
                for (std::size_t bytes = 0; bytes < 8;) bytes += stream.read_some()->size();
                arrived = co::now();
            });
        });
        machine.host("client", {.latency = 1ms}).start([] {
            co::TcpClient client;
            CHECK(client.connect("app", port));
            client.set_defer();
            CHECK(client.send("question"));
            co::sleep(1s);
            CHECK(client.receive()->empty());
        });
        machine.run_for(2s);
        CHECK(machine.failures() == Words{});
        CHECK(arrived < co::TimePoint(10ms));
    }
}

TEST_CASE("tcp client: a deferred send larger than the send buffer is finished by receive()") {
    std::size_t arrived = 0;
    between(
        [&](co::Stream& stream) {
            while (arrived < 500'000) arrived += stream.read_some()->size();
            CHECK(stream.write_all("all here"));
        },
        [] {
            co::TcpClient client;
            CHECK(client.connect("app", port));
            client.set_defer();
            CHECK(client.send(std::string(500'000, 'x')));
            CHECK(*client.receive() == "all here");
        });
    CHECK(arrived == 500'000);
}

TEST_CASE("udp client: a question, its answer, and one that is lost") {
    co::sim::Machine machine;
    machine.host("app").start([] {
        auto socket = *co::DatagramSocket::open(co::Address::ip4(0, 0, 0, 0, port));
        while (auto packet = socket.receive()) CHECK(socket.send_to(packet->bytes + '!', packet->from));
    });
    Words got;
    machine.host("client").start([&] {
        co::UdpClient client;
        CHECK(client.send("too early").error() == std::errc::not_connected);
        CHECK(client.connect("app", port));
        CHECK(client.send("ping"));
        CHECK(*client.peek() == "ping!");
        got.push_back(*client.receive());
        CHECK(client.receive(100ms).error() == std::errc::timed_out);
        CHECK(client.connect("nowhere", port).error() == std::errc::no_such_device_or_address);
    });
    machine.run_for(1s);
    CHECK(machine.failures() == Words{});
    CHECK(got == Words{"ping!"});
}
