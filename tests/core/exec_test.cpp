// exec() on the simulated machine; on Linux: tests/native/linux_commands_test.cpp.
#include <co/exec.h>
#include <co/file.h>
#include <co/machine.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

namespace {

/// Runs `program` as the only process of a host, and sees that nothing is left of it.
template <typename Program>
void on_host(Program program, co::SimOptions options = {}) {
    co::sim::Machine machine(options);
    auto app = machine.host("app");
    app.install("greet", [](co::sim::ProgramCall& call) {
        call.print("hello " + call.arguments.at(0) + "\n");
        call.sleep(10ms);
        return 4;
    });
    app.start(program);
    machine.run();
    CHECK(machine.failures() == Words{});
    CHECK(machine.stats().alive == 0);
    CHECK(machine.stats().zombies == 0);
    CHECK(machine.stats().descriptors == 0);
}

std::string ran(std::string_view command) {
    auto result = co::exec(command);
    if (!result) return result.error().message();
    return std::to_string(result->exit_code) + ' ' + result->output;
}

}  // namespace

TEST_CASE("exec: exit code and output, by which && and || go, and 127 for an unknown program") {
    on_host([] {
        CHECK(ran("echo hello 'big  world'") == "0 hello big  world\n");
        CHECK(ran("true") == "0 ");
        CHECK(ran("false") == "1 ");
        CHECK(ran("exit 3; echo no") == "3 ");
        CHECK(ran("false && echo no || echo yes; seq 2 4") == "0 yes\n2\n3\n4\n");
        CHECK(ran("frobnicate") == "127 ");
        CHECK(ran("echo a | cat") == "2 ");
        CHECK(ran("") == "0 ");
        CHECK(co::write_file("notes.txt", "milk\n"));
        CHECK(ran("cat notes.txt && ls") == "0 milk\nnotes.txt\n");
        CHECK(ran("cat missing") == "1 ");
        CHECK(ran("greet ann") == "4 hello ann\n");
    });
}

TEST_CASE("exec: the coroutine parks, commands run side by side") {
    on_host([] {
        co::WaitGroup group;
        for (int i = 0; i < 3; ++i) group.go([] { CHECK(co::exec("sleep 0.5")->ok()); });
        CHECK(group.wait() == co::WaitStatus::ok);
        CHECK(milliseconds() == 500);
    });
}

TEST_CASE("exec: a full output path makes the program wait, and every byte arrives") {
    for (std::uint64_t seed : {0u, 1u, 2u, 3u}) {
        on_host(
            [] {
                auto result = co::exec("seq 30000");
                REQUIRE(result);
                CHECK(result->output.size() == 168894);
                CHECK(result->output.ends_with("\n29999\n30000\n"));
            },
            {.seed = seed, .send_buffer = 1000, .receive_buffer = 1000});
    }
}

TEST_CASE("exec: at its deadline, when cancelled and beyond its most output the command is killed and reaped") {
    on_host([] {
        CHECK(co::exec("echo begun; sleep 100", {.deadline = 20ms}).error() == std::errc::timed_out);
        CHECK(milliseconds() == 20);
        CHECK(co::exec("sleep 100", {.deadline = 0s}).error() == std::errc::timed_out);
        co::CoroutineId child = co::go([] { CHECK(co::exec("sleep 100").error() == std::errc::operation_canceled); });
        CHECK(co::cancel(child) == co::CancelStatus::ok);
        CHECK(co::exec("seq 1000000", {.most_output = 1000}).error() == std::errc::value_too_large);
        CHECK(milliseconds() == 20);
    });
}

TEST_CASE("exec: a run that ends early leaves no command behind") {
    co::sim::Machine machine;
    auto app = machine.host("app");
    app.start([] {
        co::go([] { static_cast<void>(co::exec("sleep 100")); });
        co::sleep(1ms);
        co::Scheduler::current().stop("enough");
    });
    machine.run();
    CHECK(machine.now() < co::TimePoint(1s));
    CHECK(machine.stats().alive == 0);
    CHECK(machine.stats().zombies == 0);
}

TEST_CASE("exec: when it cannot be started there is nothing to clean up") {
    on_host([] { CHECK(co::exec("true").error() == std::errc::too_many_files_open); }, {.max_descriptors = 4});
    on_host([] { CHECK(co::exec("true").error() == std::errc::resource_unavailable_try_again); }, {.max_processes = 1});
}

TEST_CASE("exec: the trace tells of the command and of its end") {
    Simulated run([](Words&) { CHECK(co::exec("exit 3")); });
    CHECK(run.report.text() == "");
    std::string told;
    for (const auto& event : run.trace.events)
        if (event.kind == co::trace::EventKind::command_start || event.kind == co::trace::EventKind::command_end)
            told += std::string(run.trace.text(event)) + ' ' + std::to_string(event.value) + ';';
    CHECK(told == "exit 3 0; 3;");
}
