// Fixture: a server on the simulated machine, and clients that visit it.
//
//     Served served;
//     served.server.on_receive(…);
//     served.visit([&] { Visitor visitor = served.connect(); … });     // then the server is shut down
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/co.h>
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/server.h>
#include <co/sim_kernel.h>
#include <co/trace.h>

#include <doctest/doctest.h>

namespace co::sim {
class Host;
}

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
    /// At least so many bytes, or what there was until the end.
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

class Served {
  public:
    explicit Served(std::uint64_t seed = 0) : seed_(seed) {
        server.events().log = [this](std::string_view line) { log.emplace_back(line); };
    }

    /// Starts the server, does what clients do, and shuts the server down; the whole on one machine. Checks that no
    /// process, descriptor or shared memory is left of it.
    void visit(Callable visitors);

    Visitor connect(std::size_t port = 0) {
        auto stream = Stream::connect(server.address(port), 5s);
        REQUIRE(bool(stream));
        return Visitor(*std::move(stream));
    }
    /// To the server's first process.
    void signal(Signal which) { CHECK(bool(kernel->send_signal(first_process, which))); }

    /// One of three workers and two task workers, chosen by the seed; kill -9.
    void kill_some_worker();

    Server server{"127.0.0.1", 0};
    Words said;  // by the server's events, in their order
    Words log;
    int exit_code = -1;
    trace::Trace trace;
    Duration took{};
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

    void run_visitors(Callable& visitors);
    void start_server(Kernel& own, Fd ready);
    void wait_for_the_end();

    sim::Host* app_ = nullptr;
    trace::Recorder recorder_;
};

}  // namespace co::test
