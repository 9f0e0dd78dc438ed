// Calls that may block, on the simulated machine: they park the coroutine, simulated time passes, others go on.
#include <co/file.h>
#include <co/machine.h>
#include <co/resolve.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("aside: a helper thread makes the call, the coroutine parks and others run meanwhile") {
    Simulated run([](Words& said) {
        co::go([&] {
            co::sleep(3ms);
            said.push_back("other at " + std::to_string(milliseconds()));
        });
        auto answer = co::aside([](co::Kernel& kernel) {
            kernel.hold_thread(5ms, co::Holding::asleep);
            return 42;
        });
        said.push_back(std::to_string(*answer) + " at " + std::to_string(milliseconds()));
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"other at 3", "42 at 5"});
    CHECK(run.steps().find("aside_wait due run print") == std::string::npos);
    CHECK(run.steps() == "start go sleep aside_wait due run done aside_done run done");
}

TEST_CASE("aside: errors, exceptions and calls without a value come out as they went in") {
    Simulated run([](Words& said) {
        auto failed = co::aside([]() -> co::Result<int> { return std::errc::io_error; });
        if (failed.error() == std::errc::io_error) said.push_back("error");
        try {
            static_cast<void>(co::aside([]() -> int { throw std::runtime_error("thrown there"); }));
        } catch (const std::runtime_error& error) {
            said.push_back(error.what());
        }
        bool was_called = false;
        co::Result<void> done = co::aside([&was_called] { was_called = true; });
        if (done && was_called) said.push_back("done");
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"error", "thrown there", "done"});
}

TEST_CASE("aside: timeout and cancel answer at once, what the call brings later is dropped") {
    Simulated run([](Words& said) {
        auto slow = [](co::Kernel& kernel) {
            kernel.hold_thread(50ms, co::Holding::asleep);
            return 1;
        };
        if (co::aside(slow, 10ms).error() == std::errc::timed_out)
            said.push_back("timeout at " + std::to_string(milliseconds()));
        co::CoroutineId child = co::go([&] {
            if (co::aside(slow).error() == std::errc::operation_canceled)
                said.push_back("cancelled at " + std::to_string(milliseconds()));
        });
        co::sleep(5ms);
        CHECK(co::cancel(child) == co::CancelStatus::ok);
        if (co::aside(slow, 0s).error() == std::errc::timed_out) said.push_back("not begun");
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"timeout at 10", "not begun", "cancelled at 15"});
}

TEST_CASE("aside: four helpers work side by side, further calls wait in line") {
    Simulated run([](Words& said) {
        for (int call = 0; call < 6; ++call)
            co::go([&] {
                static_cast<void>(co::aside([](co::Kernel& kernel) { kernel.hold_thread(10ms, co::Holding::asleep); }));
                said.push_back(std::to_string(milliseconds()));
            });
    });
    CHECK(run.said == Words{"10", "10", "10", "10", "20", "20"});
}

TEST_CASE("file: what is written can be read, by the same host alone, and a missing one is an error") {
    co::sim::Machine machine;
    Words said;
    machine.host("app").start([&] {
        REQUIRE(co::write_file("notes.txt", "milk\n"));
        said.push_back(*co::read_file("notes.txt"));
        said.push_back(std::to_string(milliseconds()));
        REQUIRE(co::write_file("notes.txt", ""));
        said.push_back("[" + *co::read_file("notes.txt") + "]");
    });
    machine.host("other").start([&] {
        co::sleep(100ms);
        said.push_back(co::read_file("notes.txt").error().message());
    });
    machine.run();
    CHECK(machine.failures() == Words{});
    CHECK(said == Words{"milk\n", "2", "[]", "No such file or directory"});
}

TEST_CASE("file: a disk has an end, and a fault or a slow disk holds up only the one who asked") {
    co::sim::Machine machine({.disk_bytes = 100});
    Words said;
    auto app = machine.host("app");
    app.start([&] {
        if (co::write_file("a", std::string(100, 'x')).error() == std::errc::no_space_on_device) said.push_back("full");
        CHECK(co::write_file("a", std::string(90, 'x')));
        CHECK(co::write_file("a", std::string(99, 'x')));
        if (co::read_file("a").error() == std::errc::io_error) said.push_back("broken");
        co::go([&] {
            co::sleep(10ms);
            said.push_back("other");
        });
        if (co::read_file("a")) said.push_back("read at " + std::to_string(milliseconds()));
    });
    app.process("app").fail(co::sim::Call::read_file, std::errc::io_error);
    app.process("app").delay(co::sim::Call::read_file, 100ms, 2);
    machine.run();
    CHECK(machine.failures() == Words{});
    CHECK(said == Words{"full", "broken", "other", "read at 104"});
}

TEST_CASE(
    "resolve: hosts by name after a round trip to the middle of the network, addresses and the own name at once, an "
    "unknown name never") {
    co::sim::Machine machine;
    auto app = machine.host("app"), client = machine.host("client");
    Words said;
    client.start([&] {
        if (co::resolve("app")->front() == app.address(0)) said.push_back("app");
        if (co::resolve("client")->front() == client.address(0)) said.push_back("client");
        if (co::resolve("10.0.0.9")->front() == co::Address::ip4(10, 0, 0, 9, 0)) said.push_back("dotted");
        if (co::resolve("nobody").error() == std::errc::no_such_device_or_address) said.push_back("unknown");
        if (co::resolve("nobody", 1ms).error() == std::errc::timed_out) said.push_back("timeout");
    });
    client.process("client").delay(co::sim::Call::resolve, 10ms, 4);
    machine.run();
    CHECK(machine.failures() == Words{});
    CHECK(said == Words{"app", "client", "dotted", "unknown", "timeout"});
}

TEST_CASE("aside: a process that is killed meanwhile takes its helpers with it") {
    co::sim::Machine machine;
    auto app = machine.host("app");
    app.start(
        [] { static_cast<void>(co::aside([](co::Kernel& kernel) { kernel.hold_thread(1h, co::Holding::asleep); })); });
    machine.at(5ms, [&] { app.process("app").kill(); });
    machine.run();
    CHECK(machine.now() < co::TimePoint(1s));
    CHECK(machine.stats().alive == 0);
}
