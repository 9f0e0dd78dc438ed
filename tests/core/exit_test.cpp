// process::exit: a simulated process ends where it stands.
#include <co/exit.h>
#include <co/machine.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("exit: ends the process with its code, and nothing of it runs any more") {
    Words said;
    co::sim::Machine machine;
    co::sim::Process app = machine.host("app").start([&] {
        co::go([&] {
            co::defer([&] { said.push_back("deferred"); });
            co::sleep(20ms);
            said.push_back("late");
        });
        co::sleep(10ms);
        said.push_back("exit");
        co::process::exit(3);
    });
    machine.run_for(1s);
    CHECK_FALSE(app.is_alive());
    REQUIRE(app.end());
    CHECK(app.end()->exit_code == 3);
    CHECK_FALSE(app.end()->signal);
    CHECK(app.descriptors() == 0);
    CHECK(machine.failures() == Words{});
    CHECK(said == Words{"exit"});
}

TEST_CASE("exit: a parent learns of it") {
    co::sim::Machine machine;
    std::optional<co::ProcessEnd> end;
    machine.host("app").start([&] {
        co::Kernel& kernel = co::Scheduler::current().kernel();
        auto child = kernel.spawn_process("child", [](co::Kernel& own) {
            co::Scheduler scheduler(own);
            scheduler.run([] { co::process::exit(4); });
            return 0;
        });
        REQUIRE(child);
        co::sleep(10ms);
        end = *kernel.reap_child();
    });
    machine.run_for(1s);
    REQUIRE(end);
    CHECK(end->exit_code == 4);
}

TEST_CASE("exit: a simulated machine does not outlive its first process, so that one cannot") {
    co::SimKernel kernel;
    co::Scheduler scheduler(kernel);
    bool was_refused = false;
    const co::RunReport report = scheduler.run([&] {
        try {
            co::process::exit(1);
        } catch (const std::logic_error&) {
            was_refused = true;
        }
    });
    CHECK(report.ok());
    CHECK(was_refused);
}
