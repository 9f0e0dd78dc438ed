// Keep-alive probes: a peer that is gone without a word is noticed, on the simulated machine at exact times.
#include <co/listener.h>
#include <co/machine.h>
#include <co/server.h>
#include <co/stream.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {

constexpr std::uint16_t port = 9501;

/// What one who only listens is told when its way to the other computer is cut after a second, and when.
struct Listened {
    std::error_code why;
    co::TimePoint at{};
    bool heard_end = false;

    explicit Listened(const std::function<void(co::sim::Machine&, co::sim::Host app, co::sim::Host far)>& trouble,
                      co::Duration patience = 1h) {
        co::sim::Machine machine;
        auto app = machine.host("app"), far = machine.host("far", {.latency = 1ms});
        app.start([=] {
            auto door = *co::Listener::open(co::Address::ip4(0, 0, 0, 0, port));
            auto stream = *door.accept();
            co::sleep(patience);
        });
        far.start([&] {
            auto stream = *co::Stream::connect(app.address(port));
            for (auto [option, value] :
                 {std::pair(co::SocketOption::keep_alive, 1), std::pair(co::SocketOption::keep_alive_idle, 10),
                  std::pair(co::SocketOption::keep_alive_interval, 2),
                  std::pair(co::SocketOption::keep_alive_probes, 3)})
                CHECK(bool(stream.set_option(option, value)));
            auto got = stream.read_some(30min);
            if (!got) why = got.error();
            heard_end = got && got->empty();
            at = co::now();
        });
        machine.at(1s, [&] { trouble(machine, app, far); });
        machine.run_for(2h);
        CHECK(machine.failures() == Words{});
    }
};

bool is_about(co::TimePoint told_at, co::Duration expected) {
    const co::Duration off = told_at.time_since_epoch() - expected;
    return off > -100ms && off < 100ms;
}

}  // namespace

TEST_CASE("keep-alive: nobody answers behind a cut way: idle, then so many intervals, and the connection is broken") {
    const Listened cut([](auto& machine, auto app, auto far) { machine.partition(app, far); });
    CHECK(cut.why == std::errc::timed_out);
    CHECK(is_about(cut.at, 16s));  // 10 s + 3 x 2 s after it was last heard
    const Listened unplugged([](auto&, auto app, auto) { app.unplug(); });
    CHECK(unplugged.why == std::errc::timed_out);
    CHECK(is_about(unplugged.at, 16s));
}

TEST_CASE("keep-alive: a way that is whole again in time costs nothing") {
    const Listened healed([](auto& machine, auto app, auto far) {
        machine.partition(app, far);
        machine.at(15'900ms, [&machine, app, far] { machine.heal(app, far); });
    });
    CHECK(healed.why == std::errc::timed_out);  // of the read itself
    CHECK(is_about(healed.at, 30min));
}

TEST_CASE("keep-alive: a machine whose ways are whole sends no probe, and so does not stay awake for them") {
    const Listened quiet([](auto&, auto, auto) {}, 1min);
    CHECK(quiet.heard_end);
    CHECK(is_about(quiet.at, 1min));
}

TEST_CASE("keep-alive: a server's settings reach its connections") {
    co::sim::Machine machine;
    auto app = machine.host("app"), far = machine.host("far", {.latency = 1ms});
    co::Server server("0.0.0.0", port);
    server.set({.reactors = 1,
                .workers = 1,
                .keep_alive = true,
                .keep_alive_idle = 5s,
                .keep_alive_interval = 1s,
                .keep_alive_probes = 2});
    server.events().log = [](std::string_view) {};
    std::vector<co::TimePoint> closed;
    server.on_close([&](co::Connection) { closed.push_back(co::now()); });
    server.on_receive([](co::Connection, std::string_view) {});
    app.start("server", [&] { server.start(); });
    far.start([&] {
        co::sleep(10ms);
        auto stream = *co::Stream::connect(app.address(port));
        co::sleep(1h);
    });
    machine.at(1s, [&] { machine.partition(app, far); });
    machine.at(1min, [&] { app.process("server").send(co::Signal::terminate); });
    machine.run_for(10min);
    REQUIRE(closed.size() == 1);
    CHECK(is_about(closed.front(), 7s));
}
