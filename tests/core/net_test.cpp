// Streams, listeners and datagram sockets of coroutines, on the simulated machine.
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/stream.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {
const co::Address any_port = co::Address::ip4(127, 0, 0, 1, 0);
}

TEST_CASE("net: an echo server and three clients, each in a coroutine of its own") {
    Simulated run([](Words& said) {
        auto door = *co::Listener::open(any_port);
        auto address = *door.local_address();
        co::go([&, listener = std::move(door)]() mutable {
            for (int i = 0; i < 3; ++i) {
                co::go([stream = *listener.accept()]() mutable {
                    while (auto bytes = stream.read_some()) {
                        if (bytes->empty()) return;
                        if (!stream.write_all(*bytes)) return;
                    }
                });
            }
        });
        for (const char* word : {"one", "two", "three"}) {
            auto stream = *co::Stream::connect(address, 1s);
            CHECK(stream.write_all(word));
            said.push_back(*stream.read_some(1s));
        }
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"one", "two", "three"});
}

TEST_CASE("phases: ready descriptors come after timers and before the cycle hook") {
    Simulated run([](Words& said) {
        auto ends = *co::Stream::pair();
        auto &left = ends.first, &right = ends.second;
        co::go([&said, stream = std::move(right)]() mutable {
            CHECK(stream.read_some());
            said.push_back("descriptor");
        });
        co::timer::after(10ms, [&] { said.push_back("timer"); });
        co::process::signal(co::Signal::user1, [&] { said.push_back("signal"); });
        co::event::defer([&] { said.push_back("deferred"); });
        co::event::cycle([&said, was_called = false]() mutable {
            if (std::exchange(was_called, true)) return;
            said.push_back("cycle");
            co::event::cycle({});
        });
        CHECK(left.write_all("x"));
        auto& kernel = co::Scheduler::current().kernel();
        CHECK(kernel.send_signal(kernel.process_id(), co::Signal::user1));
        co::blocking::compute(10ms);
        co::sleep(20ms);
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"signal", "deferred", "timer", "descriptor", "cycle"});
}

TEST_CASE("net: a read that times out, one that is cancelled and one whose socket closes are told apart") {
    Simulated run([](Words& said) {
        auto ends = *co::Stream::pair();
        auto &left = ends.first, &right = ends.second;
        auto why = [&](const auto& result) { said.push_back(result.error().message()); };
        why(left.read_some(10ms));
        auto reader = co::go([&] { why(left.read_some()); });
        CHECK(co::cancel(reader) == co::CancelStatus::ok);
        co::sleep(1ms);
        co::go([&] { why(left.read_some()); });
        left.close();
        co::sleep(1ms);
        CHECK(right.read_some()->empty());
    });
    CHECK(run.report.text() == "");
    auto text = [](std::errc code) { return std::make_error_code(code).message(); };
    CHECK(run.said ==
          Words{text(std::errc::timed_out), text(std::errc::operation_canceled), text(std::errc::operation_canceled)});
    CHECK(run.ended_at == 12ms);
}

TEST_CASE("net: a writer parks at a full buffer and goes on as the reader reads, and the bytes are identical") {
    Simulated run([](Words& said) {
        auto ends = *co::Stream::pair();
        auto &left = ends.first, &right = ends.second;
        std::string sent;
        for (int i = 0; i < 300'000; ++i) sent.push_back(static_cast<char>('a' + i % 23));
        bool has_written = false;
        co::go([&] {
            CHECK(left.write_all(sent));
            has_written = true;
            CHECK(left.shut_down(co::ShutdownHow::write));
        });
        CHECK_FALSE(has_written);
        std::string got;
        for (auto bytes = right.read_some(); bytes && !bytes->empty(); bytes = right.read_some()) got += *bytes;
        said.push_back(got == sent ? "identical" : "different");
        CHECK(has_written);
        CHECK_FALSE(left.write_all("more"));
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"identical"});
}

TEST_CASE("net: two that read one descriptor are woken one after the other, each once") {
    Simulated run([](Words& said) {
        auto ends = *co::DatagramSocket::pair();
        auto &left = ends.first, &right = ends.second;
        for (const char* reader : {"first", "second"})
            co::go([&, reader] { said.push_back(std::string(reader) + ' ' + right.receive(1s)->bytes); });
        CHECK(left.send("one"));
        CHECK(left.send("two"));
        co::sleep(1ms);
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"first one", "second two"});
}

TEST_CASE("net: UDP finds its way by address, and the answer back") {
    Simulated run([](Words& said) {
        auto server = *co::DatagramSocket::open(any_port);
        auto address = *server.local_address();
        co::go([&] {
            auto packet = *server.receive();
            CHECK(server.send_to("to " + packet.bytes, packet.from));
        });
        auto client = *co::DatagramSocket::connect(address);
        CHECK(client.send("me"));
        said.push_back(client.receive(1s)->bytes);
        CHECK(client.receive(1s).error() == std::errc::timed_out);
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"to me"});
}

TEST_CASE("net: one who reads what nobody can ever write is a deadlock, reported with the descriptor") {
    Simulated run([](Words&) {
        auto ends = *co::Stream::pair();
        static_cast<void>(ends.first.read_some());
    });
    CHECK(run.report.end == co::RunEnd::deadlock);
    REQUIRE(run.report.survivors.size() == 1);
    CHECK(run.report.survivors[0].waits_for.starts_with("read() on descriptor"));
}

TEST_CASE("net: sockets close with their owner, and a closed one says so") {
    Simulated run([](Words&) {
        auto door = *co::Listener::open(any_port);
        auto address = *door.local_address();
        { co::Listener moved = std::move(door); }
        CHECK(co::Stream::connect(address).error() == std::errc::connection_refused);
        CHECK_THROWS_AS(static_cast<void>(door.accept()), std::logic_error);
    });
    CHECK(run.report.text() == "");
}

TEST_CASE("net: a server without timers runs to its horizon, and serves until then") {
    Simulated run(
        [](Words& said) {
            auto door = *co::Listener::open(any_port);
            auto address = *door.local_address();
            co::go([&said, address] {
                co::sleep(20ms);
                said.push_back(co::Stream::connect(address, 1s) ? "connected" : "failed");
            });
            while (auto visitor = door.accept()) said.push_back("served");
        },
        {.horizon = 50ms});
    CHECK(run.report.end == co::RunEnd::horizon);
    CHECK(run.said.size() == 2);
    CHECK(run.ended_at == 50ms);
}

TEST_CASE("net: a trace has both addresses of a connection, at either end") {
    Simulated run([](Words&) {
        auto door = *co::Listener::open(any_port);
        const auto address = *door.local_address();
        co::go([&] { CHECK(co::Stream::connect(address, 1s)); });
        CHECK(door.accept(1s));
    });
    Words asked, taken;
    for (const auto& event : run.trace.events) {
        if (event.kind == co::trace::EventKind::connect) asked.emplace_back(run.trace.text(event));
        if (event.kind == co::trace::EventKind::accept) taken.emplace_back(run.trace.text(event));
    }
    REQUIRE(asked.size() == 1);
    REQUIRE(taken.size() == 1);
    const std::size_t arrow = asked[0].find(" > ");
    REQUIRE(arrow != std::string::npos);
    CHECK(taken[0] == asked[0].substr(arrow + 3) + " < " + asked[0].substr(0, arrow));
}
