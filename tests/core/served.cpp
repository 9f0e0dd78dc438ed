#include "tests/core/served.h"

#include <co/machine.h>

namespace co::test {

void Served::visit(Callable visitors) {
    sim::Machine machine({.seed = seed_, .sink = &recorder_});
    sim::Host app = machine.host("app");
    app_ = &app;
    app.start("visitors", [&] { run_visitors(visitors); });
    machine.run();
    CHECK(machine.failures() == Words{});
    const sim::MachineStats left = machine.stats();
    CHECK(left.alive == 0);
    CHECK(left.descriptors == 0);
    CHECK(left.shared_segments == 0);
    took = machine.now().time_since_epoch();
    trace = recorder_.take();
}

void Served::run_visitors(Callable& visitors) {
    kernel = &Scheduler::current().kernel();
    auto ready = kernel->open_socket_pair(SocketKind::unix_stream);
    REQUIRE(bool(ready));
    auto started = kernel->spawn_process("server", [this, fd = ready->second](Kernel& own) {
        start_server(own, fd);
        return exit_code;
    });
    REQUIRE(bool(started));
    first_process = *started;
    CHECK(Stream(ready->first).read_some(5s).value_or("") == "!");
    visitors();
    signal(Signal::terminate);
    wait_for_the_end();
    static_cast<void>(kernel->close(ready->second));
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

void Served::kill_some_worker() {
    const std::vector<std::string> names = {"worker#1", "worker#2", "worker#3", "task#1", "task#2"};
    app_->process(names[kernel->choose(names.size())]).kill();
}

}  // namespace co::test
