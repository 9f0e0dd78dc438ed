// Fixture: a server on the machine that kernel_under_test.h names, and clients that visit it.
//
//     SERVER_TEST("what it says") {
//         Served served;
//         served.server.on_receive([&](Connection from, std::string_view) { served.say("received"); from.send("!"); });
//         served.visit([&] { Visitor visitor = served.connect(); … });     // then the server is shut down
//         CHECK(served.said == Words{"received"});
//     }
//
// The server's processes share no variable with the test: what they have to tell it they say().
#pragma once

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/co.h>
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/server.h>
#include <co/trace.h>

#include <doctest/doctest.h>

#include "tests/core/kernel_under_test.h"

#define SERVER_TEST(text) TEST_CASE(ON_KERNEL "server: " text)

namespace co::test {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

/// A client that reads and writes without any framing.
class Visitor {
  public:
    explicit Visitor(Stream stream) : stream_(std::move(stream)) {}

    void say(std::string_view text) { CHECK(bool(stream_.write_all(text))); }
    /// What comes next; "" when the server has closed, "nothing" after the deadline, "reset" when it broke off.
    std::string hear(Deadline deadline = 5s) {
        auto got = stream_.read_some(deadline);
        if (got) return *got;
        return got.error() == std::errc::timed_out ? "nothing" : "reset";
    }
    /// So many bytes, or what there is until the end.
    std::string hear_all(std::size_t bytes = SIZE_MAX) {
        std::string all;
        while (all.size() < bytes) {
            auto got = stream_.read_some(60s);
            if (!got || got->empty()) break;
            all += *got;
        }
        return all;
    }
    void close() { stream_.close(); }
    Stream& stream() { return stream_; }

  private:
    Stream stream_;
};

/// Has one exact time for everything; a real machine has patience.
template <typename Time>
bool is_within(Time time, Time limit) {
    return is_simulated ? time < limit : time < limit + Time(5s);
}
/// How often to do what takes long: usually so often; for a run by hand as the environment says (docs/linux.md).
inline std::uint32_t times(const char* variable, std::uint32_t usual) {
    const char* asked = std::getenv(variable);
    return asked ? static_cast<std::uint32_t>(std::strtoul(asked, nullptr, 10)) : usual;
}
/// How long to listen for what must not come.
inline constexpr Duration a_while = is_simulated ? Duration(1s) : Duration(100ms);

class Served {
  public:
    explicit Served(std::uint64_t seed = 0,
                    std::unique_ptr<Server> its_server = std::make_unique<Server>("127.0.0.1", std::uint16_t{0}))
        : server(*its_server), seed_(seed), server_(std::move(its_server)) {
        server.events().log = [this](std::string_view line) { tell('L', line); };
    }

    /// Starts the server, does what clients do, and shuts the server down; the whole on one machine. Checks that no
    /// process, descriptor or shared memory is left of it.
    void visit(Callable visitors);

    // -- from the server's events, in whatever process
    void say(std::string_view words) { tell('S', words); }

    // -- from the visitors
    Address address(std::size_t port = 0) const { return addresses_.at(port); }
    Visitor connect(std::size_t port = 0) {
        auto stream = Stream::connect(address(port), 5s);
        REQUIRE(bool(stream));
        return Visitor(*std::move(stream));
    }
    /// To the server's first process.
    void signal(Signal which) { CHECK(bool(kernel->send_signal(first_process, which))); }
    /// Waits until so much was said in all.
    void await_said(std::size_t count);
    /// Waits until so many processes of workers and task workers have started in all.
    void await_starts(std::size_t count);
    /// The process that has that worker's place now; task workers are numbered after the workers.
    ProcessId process_of(std::uint32_t worker) const { return workers_.at(worker); }
    /// One of the workers and task workers, chosen by the seed; kill -9.
    void kill_some_worker();

    Server& server;
    /// Makes what the server's processes share, before there are any; it is kept until the server has ended.
    std::function<std::shared_ptr<void>()> prepare;
    // How the first process is to end: by itself after the visitors, with this code, unless they kill it.
    int expected_exit_code = 0;
    bool is_to_be_killed = false;

    Words said;  // in the order in which it came
    Words log;
    std::size_t starts = 0;  // of processes of workers and task workers
    int exit_code = -1;
    trace::Trace trace;  // of a simulated machine
    ProcessId first_process{};
    Kernel* kernel = nullptr;  // of the visitors

    /// How often a kind of event was recorded.
    std::size_t count(trace::EventKind kind) const {
        std::size_t found = 0;
        for (const trace::Event& event : trace.events) found += event.kind == kind;
        return found;
    }

  private:
    std::uint64_t seed_;
    std::unique_ptr<Server> server_;

    // -- the machine's own part: served_simulated.cpp, or tests/native/served_linux.cpp
    void visit_on_machine(Callable& visitors);
    /// What the running process holds, to be compared; "" on a machine that counts for itself.
    static std::string holdings();
    /// How many children it has that nobody has waited for; 0 on a machine that counts for itself.
    static std::size_t children();
    /// What holdings() are at the end. A thread's kernel goes with its thread, which is only waited for when the
    /// process's own goes: so until both are equal, or until that can't be the reason.
    static std::string holdings_left(const std::string& before);

    void run_visitors(Callable& visitors);
    void start_server(Kernel& own);
    void tell(char kind, std::string_view words);
    void hear_the_server(Stream from);
    void take(std::string_view told);
    void await(const std::function<bool()>& condition);
    void wait_for_the_end();

    Fd mouth_{};  // the server's end of what it tells
    bool is_heard_out_ = false;
    bool is_ready_ = false;
    std::vector<Address> addresses_;
    std::map<std::uint32_t, ProcessId> workers_;
    trace::Recorder recorder_;
};

}  // namespace co::test
