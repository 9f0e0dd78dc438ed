// How a server ends when it is not asked to, and that nothing of it is left over. Served waits for the end of its last
// process.
#include <algorithm>

#include "tests/core/served.h"

namespace co::test {
namespace {

std::string own_number() {
    return std::to_string(static_cast<std::int32_t>(Scheduler::current().kernel().process_id()));
}

void set_up(Served& served, ServerMode mode) {
    served.server.set({.mode = mode, .reactors = 2, .workers = 2, .task_workers = 1, .max_wait_time = Duration(500ms)});
    served.server.on_task([](Task& task) { task.finish(""); });
    served.server.on_receive([&](Connection from, std::string_view) {
        from.send("!");
        co::sleep(3600s);
    });
}

}  // namespace

SERVER_TEST("the manager killed: the server ends whole") {
    Served served;
    set_up(served, ServerMode::process);
    served.expected_exit_code = 1;
    served.server.events().manager_start = [&] { served.say(own_number()); };
    served.visit([&] {
        served.await_starts(3);
        Visitor visitor = served.connect();
        visitor.say("?");
        CHECK(visitor.hear() == "!");
        CHECK(bool(served.kernel->send_signal(ProcessId{std::stoi(served.said.at(0))}, Signal::kill)));
        CHECK(visitor.hear() == "");
    });
    REQUIRE_FALSE(served.log.empty());
    CHECK(served.log[0] == "master: the manager ended: the server stops");
}

SERVER_TEST("the first process killed: the others end, a request in progress or not") {
    for (ServerMode mode : {ServerMode::base, ServerMode::process}) {
        Served served;
        set_up(served, mode);
        served.is_to_be_killed = true;
        served.visit([&] {
            served.await_starts(3);
            Visitor visitor = served.connect();
            visitor.say("?");
            CHECK(visitor.hear() == "!");
            served.signal(Signal::kill);
            CHECK_FALSE(visitor.hear() == "!");
        });
        const auto says_it = [](const std::string& line) { return line.find("first process is gone") != line.npos; };
        // At least: one that ended is replaced when the manager learns last of what happened.
        CHECK(std::ranges::count_if(served.log, says_it) >= (mode == ServerMode::base ? 3 : 4));
    }
}

SERVER_TEST("a worker that is told to terminate is replaced, and the interrupt of a terminal is not for it") {
    Served served;
    served.server.set({.workers = 2});
    served.server.on_receive([&](Connection from, std::string_view packet) { from.send(packet); });
    served.visit([&] {
        served.await_starts(2);
        for (std::uint32_t worker : {0u, 1u})
            CHECK(bool(served.kernel->send_signal(served.process_of(worker), Signal::interrupt)));
        CHECK(bool(served.kernel->send_signal(served.process_of(0), Signal::terminate)));
        served.await_starts(3);
        for (int i = 0; i < 2; ++i) {
            Visitor visitor = served.connect();
            visitor.say("still here");
            CHECK(visitor.hear() == "still here");
        }
    });
    CHECK(served.starts == 3);
    CHECK(served.log.empty());
}

}  // namespace co::test
