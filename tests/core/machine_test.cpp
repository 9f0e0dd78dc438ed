// Several simulated hosts: latency, loss, partitions, kills, faults; and that a seed is a history.
#include <co/listener.h>
#include <co/loop.h>
#include <co/machine.h>
#include <co/stream.h>
#include <co/trace.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {

const co::Address door_address = co::Address::ip4(10, 0, 0, 1, 9501);

/// Answers every connection with what it says, until it says no more.
void echo_server() {
    auto door = *co::Listener::open(co::Address::ip4(0, 0, 0, 0, 9501));
    while (auto visitor = door.accept()) {
        co::go([stream = std::move(*visitor)]() mutable {
            while (auto bytes = stream.read_some())
                if (bytes->empty() || !stream.write_all(*bytes)) return;
        });
    }
}

/// Sends `bytes` and reads as many back.
std::string echoed(co::Stream& stream, std::size_t count) {
    std::string sent(count, 'x'), back;
    co::go([&] { CHECK(stream.write_all(sent)); });
    while (back.size() < count) {
        auto more = stream.read_some(10min);
        REQUIRE(more);
        REQUIRE(!more->empty());
        back += *more;
    }
    return back;
}

}  // namespace

TEST_CASE(
    "machine: latency is the way to the middle and on, and connecting takes a round trip, an answer another one") {
    co::sim::Machine machine;
    machine.host("app", {.latency = 2ms}).start(echo_server);
    std::vector<long> times;
    machine.host("client", {.latency = 3ms}).start([&] {
        auto stream = *co::Stream::connect(door_address);
        times.push_back(milliseconds());
        CHECK(stream.write_all("hello"));
        CHECK(*stream.read_some() == "hello");
        times.push_back(milliseconds());
    });
    machine.run_for(1s);
    CHECK(times == std::vector<long>{10, 20});
    CHECK(machine.now() == co::TimePoint(1s));
    CHECK(machine.failures() == Words{});
}

TEST_CASE("machine: once a connection stands nothing keeps the machine awake: the handshake is not tried again") {
    co::sim::Machine machine;
    machine.host("app", {.latency = 2ms}).start(echo_server);
    machine.host("client", {.latency = 3ms}).start([&] { CHECK(co::Stream::connect(door_address)); });
    machine.run();
    CHECK(machine.now() < co::TimePoint(100ms));
    CHECK(machine.failures() == Words{});
}

TEST_CASE("machine: what is sent next gets lost, or comes later") {
    const auto echo_after = [](auto interfere) {
        co::sim::Machine machine;
        machine.host("app", {.latency = 2ms}).start(echo_server);
        long answered = 0;
        machine.host("client", {.latency = 3ms}).start([&] {
            auto stream = *co::Stream::connect(door_address);
            interfere(machine);
            CHECK(stream.write_all("hello"));
            CHECK(*stream.read_some() == "hello");
            answered = milliseconds();
        });
        machine.run_for(1s);
        return answered;
    };
    CHECK(echo_after([](co::sim::Machine&) {}) == 20);
    CHECK(echo_after([](co::sim::Machine& machine) { machine.lose_next(); }) == 220);
    CHECK(echo_after([](co::sim::Machine& machine) { machine.delay_next(50ms); }) == 70);
}

TEST_CASE("machine: a process that is killed while it runs ends where it waits next") {
    co::sim::Machine machine;
    bool ran_until_it_waited = false, came_back = false;
    const co::sim::Process process = machine.host("app").start([&] {
        machine.at(machine.now().time_since_epoch(), [&] { machine.processes().front().kill(); });
        ran_until_it_waited = true;
        co::sleep(1ms);
        came_back = true;
    });
    machine.run_for(10ms);
    CHECK(ran_until_it_waited);
    CHECK_FALSE(came_back);
    CHECK_FALSE(process.is_alive());
    CHECK(machine.processes().empty());
    CHECK(machine.hosts().size() == 1);
}

TEST_CASE("machine: bandwidth makes bytes take their time") {
    co::sim::Machine machine;
    machine.host("app").start(echo_server);
    long took = 0;
    machine.host("client", {.bytes_per_second = 100'000}).start([&] {
        auto stream = *co::Stream::connect(door_address);
        CHECK(echoed(stream, 50'000).size() == 50'000);
        took = milliseconds();
    });
    machine.run_for(10s);
    CHECK(took > 500);
    CHECK(took < 1100);
}

TEST_CASE("machine: TCP sends again what gets lost, and every byte arrives, in order, only later") {
    co::sim::Machine machine({.seed = 5});
    machine.host("app").start(echo_server);
    bool is_done = false;
    machine.host("client", {.latency = 1ms, .jitter = 5ms, .loss = 0.05}).start([&] {
        auto stream = *co::Stream::connect(door_address);
        is_done = echoed(stream, 200'000) == std::string(200'000, 'x');
    });
    machine.run_for(1h);
    CHECK(is_done);
    CHECK(machine.failures() == Words{});
}

TEST_CASE("machine: a partition stops everything, a connection survives it when it is short") {
    co::sim::Machine machine;
    auto app = machine.host("app"), client = machine.host("client", {.latency = 1ms});
    app.start(echo_server);
    std::string got;
    std::error_code why;
    client.start([&] {
        auto stream = *co::Stream::connect(door_address);
        co::sleep(100ms);
        CHECK(stream.write_all("late"));
        why = stream.read_some(200ms).error();
        got = *stream.read_some(1min);
    });
    machine.at(50ms, [&] { machine.partition(app, client); });
    machine.at(2s, [&] { machine.heal(app, client); });
    machine.run_for(1min);
    CHECK(why == std::errc::timed_out);
    CHECK(got == "late");
}

TEST_CASE("machine: connecting to a host that is down times out, to one without a server is refused") {
    co::sim::Machine machine;
    machine.host("app");
    machine.host("dark", {.is_down = true});
    std::vector<std::error_code> why;
    machine.host("client").start([&] {
        why.push_back(co::Stream::connect(door_address).error());
        why.push_back(co::Stream::connect(co::Address::ip4(10, 0, 0, 2, 9501), 1s).error());
        why.push_back(co::Stream::connect(co::Address::ip4(10, 0, 0, 2, 9501)).error());
        why.push_back(co::Stream::connect(co::Address::ip4(10, 0, 0, 9, 9501)).error());
    });
    machine.run();
    REQUIRE(why.size() == 4);
    CHECK(why[0] == std::errc::connection_refused);
    CHECK(why[1] == std::errc::timed_out);
    CHECK(why[2] == std::errc::timed_out);
    CHECK(why[3] == std::errc::network_unreachable);
    CHECK(machine.now() > co::TimePoint(2min));
}

TEST_CASE("machine: a killed server's clients learn it, and its destructors and defers run unseen, after the history") {
    co::trace::Recorder recorder;
    std::error_code why;
    std::string got = "nothing";
    bool deferred = false;
    std::size_t events = 0;
    {
        co::sim::Machine machine({.sink = &recorder});
        auto app = machine.host("app");
        app.start([&] {
            co::defer([&] { deferred = true; });
            echo_server();
        });
        machine.host("client", {.latency = 1ms}).start([&] {
            auto stream = *co::Stream::connect(door_address);
            got = stream.read_some().value_or("failed");
        });
        machine.at(30ms, [&] { app.process("app").kill(); });
        machine.run_for(1s);
        CHECK(got == "");
        CHECK_FALSE(deferred);
        CHECK_FALSE(app.process("app").is_alive());
        CHECK(app.process("app").end()->signal == co::Signal::kill);
        CHECK(machine.stats().descriptors == 0);
        CHECK_THROWS_AS(app.process("worker#0"), std::out_of_range);
        events = recorder.trace().events.size();
    }
    CHECK(recorder.trace().events.size() == events);
}

TEST_CASE("machine: a call can be made to fail, and to take longer") {
    co::sim::Machine machine;
    auto app = machine.host("app");
    app.start(echo_server);
    std::vector<std::string> said;
    auto client = machine.host("client").start([&] {
        auto stream = *co::Stream::connect(door_address);
        CHECK(stream.write_all("one"));
        said.push_back(stream.write_all("two").error() == std::errc::io_error ? "io_error" : "fine");
        CHECK(stream.write_all("three"));
        said.push_back(std::to_string(milliseconds()));
    });
    client.fail(co::sim::Call::write, std::errc::io_error, 2);
    client.delay(co::sim::Call::write, 40ms, 3);
    machine.run_for(1s);
    CHECK(said == Words{"io_error", "40"});
}

TEST_CASE("machine: at the limit of descriptors a connection waits in the backlog until one is free") {
    co::sim::Machine machine({.max_descriptors = 6});
    std::vector<std::string> said;
    machine.host("app").start([&] {
        auto door = *co::Listener::open(co::Address::ip4(0, 0, 0, 0, 9501));
        std::vector<co::Stream> visitors;
        for (int i = 0; i < 2; ++i) visitors.push_back(*door.accept());
        said.push_back(door.accept().error() == std::errc::too_many_files_open ? "full" : "accepted");
        visitors.pop_back();
        said.push_back(door.accept() ? "accepted" : "failed");
    });
    for (int i = 0; i < 3; ++i)
        machine.host("client" + std::to_string(i)).start([] {
            auto stream = *co::Stream::connect(door_address);
            co::sleep(1s);
        });
    machine.run_for(2s);
    CHECK(said == Words{"full", "accepted"});
    CHECK(machine.failures() == Words{});
}

TEST_CASE("machine: what an action throws comes out of run_for(), what a process throws is its own failure") {
    co::sim::Machine machine;
    machine.host("app").start([] { throw std::runtime_error("boom"); });
    machine.at(1ms, [] { throw std::out_of_range("no such thing"); });
    CHECK_THROWS_AS(machine.run_for(1s), std::out_of_range);
    REQUIRE(machine.failures().size() == 1);
    CHECK(machine.failures()[0].find("boom") != std::string::npos);
    machine.at(2s, [&] { machine.run_for(1s); });
    CHECK_THROWS_AS(machine.run_for(3s), std::logic_error);
}

TEST_CASE("machine: over 100 seeds of loss, jitter and short reads, bytes arrive complete and in order") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        co::sim::Machine machine({.seed = seed, .send_buffer = 5000, .receive_buffer = 3000});
        machine.host("app").start(echo_server);
        std::string sent, back;
        for (int i = 0; i < 20'000; ++i) sent.push_back(static_cast<char>('a' + i % 23));
        machine.host("client", {.latency = 1ms, .jitter = 9ms, .loss = 0.03}).start([&] {
            auto stream = *co::Stream::connect(door_address);
            co::go([&] {
                CHECK(stream.write_all(sent));
                CHECK(stream.shut_down(co::ShutdownHow::write));
            });
            for (auto bytes = stream.read_some(); bytes && !bytes->empty(); bytes = stream.read_some()) back += *bytes;
        });
        machine.run();
        INFO("seed " << seed);
        CHECK(back == sent);
        CHECK(machine.failures() == Words{});
        CHECK(machine.stats().descriptors == 1);  // the server's door
    }
}

namespace {

/// A busy little history: three clients, loss, jitter, a kill, a partition.
std::uint64_t history_of(std::uint64_t seed) {
    co::trace::Recorder recorder;
    {
        co::sim::Machine machine({.seed = seed, .sink = &recorder});
        auto app = machine.host("app", {.latency = 1ms, .jitter = 2ms});
        app.start(echo_server);
        for (int i = 0; i < 3; ++i) {
            auto client = machine.host("client" + std::to_string(i), {.jitter = 1ms, .loss = 0.02});
            client.start([] {
                for (int round = 0; round < 5; ++round) {
                    auto stream = co::Stream::connect(door_address, 1s);
                    if (!stream || !stream->write_all(std::string(3000, 'x'), 1s)) continue;
                    for (std::size_t got = 0; got < 3000;) {
                        auto bytes = stream->read_some(1s);
                        if (!bytes || bytes->empty()) break;
                        got += bytes->size();
                    }
                }
            });
            if (i == 1) machine.at(20ms, [=, &machine] { machine.partition(app, client); });
        }
        machine.at(60ms, [=] { app.process("app").kill(); });
        machine.run_for(20s);
        CHECK(machine.stats().alive == 0);
        CHECK(machine.stats().descriptors == 0);
    }
    return co::trace::hash(recorder.trace());
}

}  // namespace

TEST_CASE("machine: the same seed is the same history, to the byte, and another seed is another one") {
    std::uint64_t first = history_of(7);
    for (int i = 0; i < 20; ++i) CHECK(history_of(7) == first);
    CHECK(history_of(0) == history_of(0));
    CHECK(history_of(8) != first);
}

TEST_CASE("machine: a SimKernel's process is its first, and others are around it, and begin when it waits") {
    using namespace co;
    Words said;
    trace::Recorder recorder;
    SimKernel kernel({.host = "app"});
    sim::Machine machine(kernel);
    machine.trace_to(recorder);
    machine.host("shop", {.latency = 5ms}).start([&] {
        auto door = Listener::open(Address::ip4(0, 0, 0, 0, 80));
        said.push_back("shop is open");
        auto visitor = door->accept();
        CHECK(bool(visitor->write_all("tea")));
    });
    machine.settle();
    said.push_back("program");
    Scheduler scheduler(kernel, {.sink = &recorder});
    RunReport report = scheduler.run([&] {
        auto address = kernel.resolve("shop")->front();
        address.port = 80;
        auto stream = Stream::connect(address, 1s);
        said.push_back(stream->read_some(1s).value_or("nothing"));
    });
    CHECK(report.ok());
    CHECK(said == Words{"shop is open", "program", "tea"});
    CHECK_THROWS_AS(machine.run(), std::logic_error);
    Words hosts;
    const trace::Trace history = recorder.take();
    for (const trace::Event& event : history.events) {
        if (event.kind == trace::EventKind::host) hosts.emplace_back(history.text(event));
        if (event.kind == trace::EventKind::start && event.process == 0) CHECK(history.text(event) == "main");
    }
    CHECK(hosts == Words{"app", "shop"});
}

TEST_CASE("machine: who started a process or thread is recorded by its number, and the first process is 0 always") {
    using namespace co;
    trace::Recorder recorder;
    SimKernel kernel;
    sim::Machine machine(kernel);
    machine.trace_to(recorder);
    Scheduler scheduler(kernel, {.sink = &recorder});
    const RunReport report = scheduler.run([&] {
        static_cast<void>(kernel.spawn_process("manager", [](Kernel& own) {
            static_cast<void>(own.spawn_process("worker", [](Kernel&) { return 0; }));
            return 0;
        }));
        static_cast<void>(kernel.spawn_thread("reactor", [](Kernel&) {}));
        co::sleep(1ms);
    });
    CHECK(report.ok());
    Words starts;
    const trace::Trace history = recorder.take();
    for (const trace::Event& event : history.events)
        if (event.kind == trace::EventKind::process_start)
            starts.push_back(std::to_string(event.process) + " started " + std::string(history.text(event)));
    CHECK(starts == Words{"0 started manager", "0 started reactor", "2 started worker"});
}

TEST_CASE("machine: when_quiet acts once, when nothing can happen any more, and may set things going again") {
    using namespace co;
    SimKernel kernel;
    sim::Machine machine(kernel);
    Words said;
    machine.when_quiet([&] {
        said.push_back("quiet");
        machine.host("localhost").process("main").send(Signal::user1);
    });
    Scheduler scheduler(kernel);
    RunReport report = scheduler.run([&] {
        process::signal(Signal::user1, [&] { said.push_back("signal"); });
        co::sleep(1h);
        said.push_back("an hour later");
        co::yield();
    });
    CHECK(said == Words{"an hour later", "quiet", "signal"});
    CHECK(report.end == RunEnd::deadlock);
}
