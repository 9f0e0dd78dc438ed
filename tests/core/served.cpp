#include "tests/core/served.h"

#include "world.h"

namespace co::test {

void Served::visit(Callable visitors) {
    SimKernel machine({.seed = seed_, .sink = &recorder_});
    kernel = &machine;
    Scheduler scheduler(machine, {.sink = &recorder_});
    RunReport report = scheduler.run([&] {
        const std::size_t descriptors = machine.world().find(machine.process_id())->count_descriptors();
        auto ready = machine.open_socket_pair(SocketKind::unix_stream);
        REQUIRE(bool(ready));
        auto started = machine.spawn_process("server", [this, fd = ready->second](Kernel& own) {
            start_server(own, fd);
            return exit_code;
        });
        REQUIRE(bool(started));
        first_process = *started;
        Stream(ready->first).read_some(5s).value_or("");
        visitors();
        signal(Signal::terminate);
        wait_for_the_end();
        static_cast<void>(machine.close(ready->second));
        check_that_nothing_is_left(descriptors);
    });
    CHECK_MESSAGE(report.ok(), report.text());
    took = machine.now().time_since_epoch();
    trace = recorder_.take();
}

void Served::start_server(Kernel& own, Fd ready) {
    Scheduler scheduler(own, {.sink = &recorder_});
    server.events().start = [&own, ready] {
        static_cast<void>(own.write(ready, std::as_bytes(std::span(std::string_view("!")))));
    };
    RunReport report = scheduler.run([this] { exit_code = server.start(); });
    CHECK_MESSAGE(report.ok(), report.text());
}

/// Of the server's first process, within what a stop may take.
void Served::wait_for_the_end() {
    for (int look = 0; look < 20'000; ++look) {
        auto ended = kernel->reap_child();
        REQUIRE(bool(ended));
        if (*ended) {
            CHECK((*ended)->process == first_process);
            CHECK((*ended)->exit_code == 0);
            return;
        }
        co::sleep(1ms);
    }
    FAIL("the server did not stop");
}

void Served::check_that_nothing_is_left(std::size_t descriptors_before) {
    sim::World& world = static_cast<SimKernel*>(kernel)->world();
    CHECK(world.shared_segments() == 0);
    CHECK(world.find(kernel->process_id())->count_descriptors() == descriptors_before);
    for (const auto& [id, process] : world.processes)
        if (id != kernel->process_id()) CHECK_MESSAGE(!process->is_alive(), process->name);
}

void Served::kill_some_worker() {
    std::vector<ProcessId> alive;
    for (const auto& [id, process] : static_cast<SimKernel*>(kernel)->world().processes)
        if (process->is_alive() && process->name.find('#') != std::string::npos) alive.push_back(id);
    if (alive.empty()) return;
    CHECK(bool(kernel->send_signal(alive[kernel->choose(alive.size())], Signal::kill)));
}

}  // namespace co::test
