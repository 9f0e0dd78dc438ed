#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("phases: in one turn: signals, deferred, timers, cycle hook") {
    Simulated run([](Words& said) {
        co::timer::after(10ms, [&] { said.push_back("timer"); });
        co::process::signal(co::Signal::user1, [&] { said.push_back("signal"); });
        co::event::cycle([&said, was_called = false]() mutable {
            if (std::exchange(was_called, true)) return;
            said.push_back("cycle");
            co::event::cycle({});
        });
        co::event::defer([&] { said.push_back("deferred"); });
        auto& kernel = co::Scheduler::current().kernel();
        CHECK(kernel.send_signal(kernel.process_id(), co::Signal::user1));
        co::blocking::compute(10ms);
    });
    CHECK(run.said == Words{"signal", "deferred", "timer", "cycle"});
}

TEST_CASE("event.defer: runs in the next turn, in order, and may wait") {
    Simulated run([](Words& said) {
        co::event::defer([&] { co::sleep(10ms), said.push_back("late"); });
        co::event::defer([&] { said.push_back("second"); });
        said.push_back("main");
    });
    CHECK(run.said == Words{"main", "second", "late"});
}

TEST_CASE("event.cycle: at the end of every turn that did something, and it keeps no program alive") {
    Simulated run([](Words& said) {
        co::event::cycle([&] { said.push_back("turn"); });
        for (int i = 0; i < 3; ++i) co::sleep(10ms);
    });
    CHECK(run.report.ok());
    CHECK(run.ended_at == 30ms);
    CHECK(run.said.size() >= 3);
    CHECK(run.said.size() <= 5);
}

TEST_CASE("blocking: holds the whole thread, so everybody else is late by exactly that") {
    Simulated run([](Words& said) {
        co::go([&] {
            co::sleep(10ms);
            said.push_back(std::to_string(co::now().time_since_epoch() / 1ms));
        });
        co::blocking::sleep(100ms);
    });
    CHECK(run.said == Words{"100"});
}
