// A server as a service: its log, its pid file, and as a daemon.
#include <algorithm>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// A path of this test's own.
std::string path_for(const char* name) {
    Kernel& kernel = Scheduler::current().kernel();
    return "/tmp/costudio-service-" + std::to_string(static_cast<std::int32_t>(kernel.process_id())) + name;
}

std::string content_of(const std::string& path) {
    return Scheduler::current().kernel().read_file(path).value_or("no such file");
}

void await_end_of_file(const std::string& path) {
    const TimePoint until = co::now() + 10s;
    while (content_of(path) != "no such file") {
        REQUIRE(co::now() < until);
        co::sleep(1ms);
    }
}

/// The rest of the first line that has these words, from them on.
std::string line_with(const std::string& words, const std::string& text) {
    const std::size_t begin = text.find(words);
    return begin == std::string::npos ? "none" : text.substr(begin, text.find('\n', begin) - begin);
}

template <typename Call>
std::string what_is_thrown(Call call) {
    try {
        call();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "nothing";
}

/// `program` as the first coroutine of a machine.
template <typename Program>
void on_a_machine(Program program) {
    KernelUnderTest kernel;
    Scheduler scheduler(kernel);
    const RunReport report = scheduler.run([&] { program(static_cast<Kernel&>(kernel)); });
    CHECK_MESSAGE(report.ok(), report.text());
}

ProcessId process_in_file(const std::string& path) { return ProcessId{std::stoi(content_of(path))}; }

}  // namespace

SERVER_TEST("a log file tells what happened, to whom, and in which process") {
    Served served;
    std::string path;
    on_a_machine([&](Kernel&) { path = path_for(".log"); });
    served.server.set({.workers = 2, .max_connections = 100, .log_file = path});
    served.visit([&] {
        served.await_starts(2);
        const std::string before = std::to_string(static_cast<std::int32_t>(served.process_of(1)));
        CHECK(bool(served.kernel->send_signal(served.process_of(1), Signal::kill)));
        served.await_starts(3);
        const std::string log = content_of(path);
        CHECK(line_with("serves at", log) ==
              "serves at " + to_string(served.address()) + " with 2 workers, 1 reactor, at most 100 connections");
        CHECK(line_with("started worker 1", log) == "started worker 1: process " + before);
        CHECK(line_with("error manager (", log).ends_with("): worker 1 ended by signal 9"));
        served.signal(Signal::terminate);
        const TimePoint until = co::now() + 10s;
        while (line_with("has stopped", content_of(path)) == "none" && co::now() < until) co::sleep(1ms);
        CHECK(line_with(" info master (", content_of(path)) != "none");
        CHECK(line_with("has stopped", content_of(path)) == "has stopped");
        static_cast<void>(remove(path.c_str()));  // of a real machine
    });
}

SERVER_TEST("log_level says what the least is that a log has") {
    Served served;
    std::string path;
    on_a_machine([&](Kernel&) { path = path_for(".level"); });
    served.server.set({.log_file = path, .log_level = LogLevel::error});
    served.server.on_receive([&](Connection, std::string_view) { throw std::runtime_error("no tea left"); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("?");
        const TimePoint until = co::now() + 10s;
        while (content_of(path).find("no tea left") == std::string::npos && co::now() < until) co::sleep(1ms);
        const std::string log = content_of(path);
        CHECK(std::ranges::count(log, '\n') == 1);
        CHECK(line_with("error worker 0 (", log).ends_with(", worker 0): on_receive failed: no tea left"));
        static_cast<void>(remove(path.c_str()));
    });
}

SERVER_TEST("a pid file has the first process, keeps another server from starting, and goes with it") {
    Served served;
    std::string path;
    on_a_machine([&](Kernel&) { path = path_for(".pid"); });
    served.server.set({.pid_file = path});
    served.visit([&] {
        const std::string number = std::to_string(static_cast<std::int32_t>(served.first_process));
        CHECK(content_of(path) == number + '\n');
        Server second("127.0.0.1", 0);
        second.set({.pid_file = path});
        CHECK(what_is_thrown([&] { second.start(); }) ==
              "pid_file " + path + ": process " + number +
                  " is running; stop it first, or remove the file if that is another program");
        CHECK(content_of(path) == number + '\n');
        served.signal(Signal::terminate);
        await_end_of_file(path);
    });
}

SERVER_TEST("a pid file of a server that was killed is taken over") {
    Served served;
    std::string path;
    on_a_machine([&](Kernel& kernel) {
        path = path_for(".old");
        auto gone = kernel.spawn_process("short", [](Kernel&) { return 0; });
        REQUIRE(bool(gone));
        while (kernel.is_alive(*gone)) co::sleep(1ms);
        CHECK(bool(kernel.write_file(path, std::to_string(static_cast<std::int32_t>(*gone)) + '\n')));
        CHECK(bool(kernel.reap_child()));
        Server server("/tmp/costudio-service-taken.sock", 0);
        server.set({.mode = ServerMode::base, .pid_file = path});
        server.events().start = [&] {
            CHECK(process_in_file(path) == kernel.process_id());
            co::go([&] { server.shutdown(); });
        };
        CHECK(server.start() == 0);
        CHECK(content_of(path) == "no such file");
    });
}

SERVER_TEST("a daemon serves when start() returns, and is stopped by its pid file") {
    for (ServerMode mode : {ServerMode::process, ServerMode::base})
        on_a_machine([&](Kernel& kernel) {
            const std::string path = path_for(".daemon");
            const std::string socket = path_for(".sock");
            Server server(socket, 0);
            server.set({.mode = mode, .workers = 2, .daemonize = true, .pid_file = path});
            server.on_receive([](Connection from, std::string_view bytes) { from.send(bytes); });
            REQUIRE(server.start() == 0);
            const ProcessId daemon = process_in_file(path);
            CHECK(daemon != kernel.process_id());
            CHECK(kernel.is_alive(daemon));
            auto stream = Stream::connect(Address::unix_path(socket), 5s);
            REQUIRE(bool(stream));
            Visitor visitor(*std::move(stream));
            visitor.say("tea");
            CHECK(visitor.hear() == "tea");
            CHECK(bool(kernel.send_signal(daemon, Signal::terminate)));
            CHECK(visitor.hear() == "");
            await_end_of_file(path);
            while (kernel.send_signal(daemon, Signal::terminate)) co::sleep(1ms);  // until it is reaped, too
        });
}

SERVER_TEST("what keeps a daemon from serving is thrown by start()") {
    on_a_machine([&](Kernel& kernel) {
        auto taken = Listener::open(Address::ip4(127, 0, 0, 1, 0), {});
        REQUIRE(bool(taken));
        const Address address = *taken->local_address();
        Server server("127.0.0.1", address.port);
        const std::string path = path_for(".refused");
        server.set({.daemonize = true, .pid_file = path});
        CHECK(what_is_thrown([&] { server.start(); }).starts_with("listening on " + to_string(address) + ": "));
        CHECK(content_of(path) == "no such file");
        Server other("127.0.0.1", 0);
        other.set({.daemonize = true});
        other.events().start = [] { throw std::runtime_error("no tea left"); };
        CHECK(what_is_thrown([&] { other.start(); }) == "no tea left");
        CHECK_FALSE(kernel.reap_child().value_or(std::nullopt).has_value());  // it was waited for
    });
}

SERVER_TEST("what the program throws as the server starts is thrown by start(), and no process or thread is left") {
    on_a_machine([&](Kernel& kernel) {
        for (const ServerMode mode : {ServerMode::process, ServerMode::base}) {
            Server server("127.0.0.1", 0);
            server.set({.mode = mode, .reactors = 2, .workers = 2});
            server.events().start = [] { throw std::runtime_error("no tea left"); };
            CHECK(what_is_thrown([&] { server.start(); }) == "no tea left");
            CHECK_FALSE(kernel.reap_child().value_or(std::nullopt).has_value());
        }
    });
}

}  // namespace co::test
