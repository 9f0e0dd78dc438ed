#include <co/fd_events.h>
#include <co/stream.h>
#include <doctest/doctest.h>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("event.add: called each time that there is something, one call after the other") {
    Simulated run([](Words& said) {
        auto [left, right] = *co::Stream::pair();
        co::event::add(left.fd(), [&, left = &left] {
            auto bytes = left->read_some();
            said.push_back(*bytes);
            co::sleep(10ms);  // what comes meanwhile waits for its turn
            if (*bytes == "last") CHECK(co::event::del(left->fd()));
        });
        for (const char* word : {"one", "two", "last"}) {
            CHECK(right.write_all(word));
            co::sleep(15ms);
        }
        CHECK_FALSE(co::event::del(left.fd()));
    });
    CHECK(run.report.text() == "");
    CHECK(run.said == Words{"one", "two", "last"});
}

TEST_CASE("event.add: on_write while there is room, and both directions are apart") {
    Simulated run([](Words& said) {
        auto [left, right] = *co::Stream::pair();
        int writes = 0;
        co::event::add(
            left.fd(), [&, left = &left] { said.push_back(*left->read_some()); },
            [&, left = &left] {
                if (++writes == 3) co::event::del(left->fd());
            });
        CHECK(right.write_all("hello"));
        co::sleep(1ms);
        CHECK(writes == 3);
    });
    CHECK(run.report.text() == "");
    CHECK(run.said.size() <= 1);
}

TEST_CASE(
    "event.add: closing the descriptor ends it, and while it waits the run goes on, with nobody to write: a deadlock") {
    Simulated closed([](Words&) {
        auto [left, right] = *co::Stream::pair();
        co::event::add(left.fd(), [] { FAIL("nothing was written"); });
        left.close();
    });
    CHECK(closed.report.text() == "");
    Simulated open([](Words&) {
        auto ends = std::make_shared<std::pair<co::Stream, co::Stream>>(*co::Stream::pair());
        co::event::add(
            ends->first.fd(), [ends] {}, {}, "listen");
    });
    CHECK(open.report.end == co::RunEnd::deadlock);
    CHECK(open.report.survivors.at(0).name == "listen");
}

TEST_CASE("event.add: misuse is refused, and a callback that throws is reported and not called again") {
    Simulated run([](Words& said) {
        auto [left, right] = *co::Stream::pair();
        CHECK_THROWS_AS(co::event::add(left.fd(), {}), std::logic_error);
        CHECK_THROWS_AS(co::event::add(co::Fd{77}, [] {}), std::system_error);
        co::event::add(left.fd(), [&] {
            said.push_back("called");
            throw std::runtime_error("as the test wants it");
        });
        CHECK_THROWS_AS(co::event::add(left.fd(), [] {}), std::logic_error);
        CHECK(right.write_all("x"));
        co::sleep(1ms);
    });
    CHECK(run.said == Words{"called"});
    CHECK(run.report.failures.size() == 1);
}
