#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE("wait_group: waits for the slowest, and can be used again") {
    Simulated run([](Words& said) {
        co::WaitGroup group;
        for (int round = 0; round < 2; ++round) {
            for (auto delay : {100ms, 150ms, 80ms}) group.go([delay] { co::sleep(delay); });
            CHECK(group.wait() == co::WaitStatus::ok);
            said.push_back(std::to_string(co::now().time_since_epoch() / 1ms));
        }
    });
    CHECK(run.said == Words{"150", "300"});
}

TEST_CASE("wait_group: a negative count, add while somebody waits, and one done too many are errors") {
    Simulated run([](Words& said) {
        co::WaitGroup group;
        CHECK_THROWS_AS(group.add(-1), std::logic_error);
        CHECK_THROWS_WITH_AS(group.done(), doctest::Contains("more often than add()"), std::logic_error);
        group.add();
        co::go([&] {
            CHECK(group.wait() == co::WaitStatus::ok);
            said.push_back("waited");
        });
        CHECK_THROWS_WITH_AS(group.add(), doctest::Contains("while somebody waits"), std::logic_error);
        group.done();
    });
    CHECK(run.said == Words{"waited"});
    CHECK(run.report.ok());
}

TEST_CASE("wait_group: done inside a defer counts, also after an exception") {
    Simulated run([](Words& said) {
        co::WaitGroup group;
        group.go([] { throw std::runtime_error("lost"); });
        CHECK(group.wait(1s) == co::WaitStatus::ok);
        said.push_back(std::to_string(group.count()));
    });
    CHECK(run.said == Words{"0"});
    CHECK(run.ended_at == 0ms);
}

TEST_CASE("wait_group: wait with a deadline says timeout and the group stays usable") {
    Simulated run([](Words&) {
        co::WaitGroup group;
        group.go([] { co::sleep(1s); });
        CHECK(group.wait(10ms) == co::WaitStatus::timeout);
        CHECK(group.wait(0ms) == co::WaitStatus::timeout);
        CHECK(group.wait() == co::WaitStatus::ok);
        CHECK(group.wait() == co::WaitStatus::ok);
    });
    CHECK(run.ended_at == 1000ms);
}
