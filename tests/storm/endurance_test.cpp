// How much simulated time a second of the processor is worth.
#include <doctest/doctest.h>

#include <ctime>

#include <co/coroutine.h>
#include <co/machine.h>
#include <co/server.h>
#include <co/stream.h>

#include "tests/sanitized.h"

using namespace std::chrono_literals;

namespace {

constexpr int clients = 100;
constexpr co::Duration lasts = co::test::is_sanitized ? 50s : 1000s;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Asks now and then, as long as the machine runs.
void ask_for_ever(const co::Address& server, int client, int& answers) {
    co::sleep(1s + std::chrono::milliseconds(client));
    auto stream = co::Stream::connect(server, 5s);
    REQUIRE(stream);
    for (;;) {
        REQUIRE(stream->write_all("hello\n"));
        auto answer = stream->read_some();
        REQUIRE(answer);
        REQUIRE(*answer == "hello\n");
        ++answers;
        co::sleep(1s);
    }
}

}  // namespace

TEST_CASE("machine: 1,000 simulated seconds of a server with 4 workers and 100 clients take 2 s of the processor") {
    const double start = cpu_seconds();
    int answers = 0;
    {
        co::sim::Machine machine;
        co::sim::Host app = machine.host("app", {.latency = 1ms}), far = machine.host("far", {.latency = 10ms});
        co::Server server("0.0.0.0", 9501);
        server.set({.reactors = 2, .workers = 4, .framing = co::framing::eof("\n")});
        server.on_receive([](co::Connection from, std::string_view line) {
            co::sleep(5ms);
            from.send(line);
        });
        app.start([&] { server.start(); });
        far.start([&] {
            for (int client = 0; client < clients; ++client)
                co::go([&, client] { ask_for_ever(app.address(9501), client, answers); });
        });
        machine.run_for(lasts);
        CHECK(machine.failures().empty());
    }
    const double took = cpu_seconds() - start;
    MESSAGE(answers << " answers, " << took << " s of the processor");
    CHECK(answers >= clients * (lasts / 1s) * 9 / 10);
    if (!co::test::is_sanitized) CHECK(took < 6);  // 2 s is for the release build on a machine of its own
}
