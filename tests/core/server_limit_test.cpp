// Limits that have no file of their own: at each the last one that is allowed passes, and the next one does not.
#include <algorithm>

#include "launch.h"
#include "tests/core/served.h"

namespace co::test {
namespace {

/// The line that says so comes from another process; a sanitizer may take its time over many bytes.
bool is_logged(Served& served, std::string_view words) {
    const TimePoint until = co::now() + 60s;
    const auto has = [&] {
        return std::ranges::any_of(served.log, [&](const std::string& line) { return line.find(words) != line.npos; });
    };
    while (!has() && co::now() < until) co::sleep(1ms);
    return has();
}

}  // namespace

TEST_CASE(ON_KERNEL "server: as many connections as are asked for, and as a process has descriptors for") {
    const ServerSettings usual{};
    CHECK(server::connections_allowed(usual, std::nullopt) == 10'000);
    CHECK(server::connections_allowed(usual, 10'063) == 9'999);
    CHECK(server::connections_allowed(usual, 10'064) == 10'000);
    CHECK(server::connections_allowed(usual, 10'065) == 10'000);
    CHECK(server::connections_allowed(usual, 1'024) == 960);
    CHECK(server::connections_allowed(usual, 64) == 32);
    CHECK(server::connections_allowed({.mode = ServerMode::base, .workers = 4}, 1'024) == 3'840);
}

SERVER_TEST("max_connections_of_address: one more is closed and logged, and when one leaves there is room") {
    Served served;
    served.server.set({.max_connections_of_address = 2});
    served.server.on_connect([](Connection from) { from.send("welcome"); });
    served.visit([&] {
        Visitor first = served.connect();
        Visitor second = served.connect();
        CHECK(first.hear() == "welcome");
        CHECK(second.hear() == "welcome");
        CHECK(served.connect().hear() != "welcome");
        CHECK(is_logged(served, "it has 2 (max_connections_of_address)"));
        first.close();
        const TimePoint until = co::now() + 10s;
        while (served.connect().hear() != "welcome") REQUIRE(co::now() < until);
    });
}

SERVER_TEST("send_timeout: who takes nothing for so long is let go, with a line in the log") {
    Served served;
    constexpr std::size_t too_much = is_simulated ? 4 << 20 : 40 << 20;
    served.server.set({.output_buffer = 2 * too_much, .send_timeout = Duration(300ms)});
    served.server.on_receive([&](Connection from, std::string_view) { from.send(std::string(too_much, 'x')); });
    served.visit([&] {
        Visitor visitor = served.connect();
        visitor.say("?");
        CHECK(is_logged(served, "closed connection 1 of "));
        CHECK(visitor.hear_all().size() < too_much);
    });
}

SERVER_TEST("max_coroutines: one request more than may run costs its connection, and the others are answered") {
    Served served;
    served.server.set({.mode = ServerMode::base, .max_coroutines = 2});
    served.server.on_receive([&](Connection from, std::string_view) {
        served.say("begun");
        while (served.server.stats().closed == 0) co::sleep(1ms);
        from.send("done");
    });
    served.visit([&] {
        Visitor first = served.connect();
        Visitor second = served.connect();
        first.say("?");
        second.say("?");
        served.await_said(2);
        Visitor third = served.connect();
        third.say("?");
        CHECK(third.hear() == "reset");
        CHECK(first.hear() == "done");
        CHECK(second.hear() == "done");
        CHECK(is_logged(served, "2 events are running (max_coroutines)"));
    });
}

}  // namespace co::test
