#include "dispatch.h"

#include <map>
#include <vector>

#include <doctest/doctest.h>

namespace co::server {

TEST_CASE("dispatch: round robin is exactly even") {
    std::map<std::uint32_t, int> counts;
    for (std::uint64_t turn = 0; turn < 400; ++turn)
        ++counts[schedule_worker({.policy = DispatchPolicy::round_robin, .workers = 4, .turn = turn})];
    CHECK(counts == std::map<std::uint32_t, int>{{0, 100}, {1, 100}, {2, 100}, {3, 100}});
}

TEST_CASE("dispatch: one connection always meets the same worker") {
    for (std::uint32_t session = 1; session < 50; ++session) {
        Dispatch question{.policy = DispatchPolicy::by_connection, .workers = 4, .session = session};
        const std::uint32_t worker = schedule_worker(question);
        CHECK(worker < 4);
        question.turn = session * 7;
        CHECK(schedule_worker(question) == worker);
    }
}

TEST_CASE("dispatch: the worker that has least to do, and equals share the work") {
    std::vector<std::uint32_t> busy = {3, 1, 2, 1};
    auto at_turn = [&](std::uint64_t turn) {
        return schedule_worker({.policy = DispatchPolicy::by_idle, .workers = 4, .turn = turn, .busy = busy});
    };
    CHECK(at_turn(0) == 1);
    CHECK(at_turn(2) == 3);
    busy = {0, 0, 0, 0};
    for (std::uint32_t turn = 0; turn < 8; ++turn) CHECK(at_turn(turn) == turn % 4);
}

TEST_CASE("dispatch: one address always meets the same worker, whatever its port") {
    std::map<std::uint32_t, int> counts;
    for (std::uint8_t host = 0; host < 200; ++host) {
        const Address peer = Address::ip4(10, 0, 0, host, 4000);
        const Address same = Address::ip4(10, 0, 0, host, 5001);
        Dispatch question{.policy = DispatchPolicy::by_address, .workers = 4, .peer = &peer};
        const std::uint32_t worker = schedule_worker(question);
        question.peer = &same;
        CHECK(schedule_worker(question) == worker);
        ++counts[worker];
    }
    CHECK(counts.size() == 4);
    for (const auto& [worker, count] : counts) CHECK(count > 20);
}

TEST_CASE("dispatch: a function of the user decides, and cannot leave the range") {
    const std::function<std::uint32_t(std::uint32_t, std::string_view)> choose =
        [](std::uint32_t, std::string_view packet) { return static_cast<std::uint32_t>(packet.size()); };
    Dispatch question{.policy = DispatchPolicy::by_function, .workers = 4, .packet = "abc", .choose = &choose};
    CHECK(schedule_worker(question) == 3);
    question.packet = "abcdefghij";
    CHECK(schedule_worker(question) == 2);
}

}  // namespace co::server
