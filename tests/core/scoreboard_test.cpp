#include "scoreboard.h"

#include <set>
#include <vector>

#include <doctest/doctest.h>

namespace co::server {
namespace {

struct Board {
    explicit Board(Scoreboard::Shape shape)
        : memory((Scoreboard::bytes(shape) + 15) / 16), board(std::as_writable_bytes(std::span(memory)), shape) {}

    std::uint32_t open() {
        return board.open_session({.owner = 2, .peer = Address::ip4(10, 0, 0, 1, 99)}, TimePoint());
    }

    struct alignas(64) Line {
        std::byte bytes[16];
    };
    std::vector<Line> memory;
    Scoreboard board;
};

}  // namespace

TEST_CASE("scoreboard: sessions count up, and one that is closed is not found any more") {
    Board all({.connections = 4, .workers = 1, .at_once = 1});
    CHECK(all.open() == 1);
    CHECK(all.open() == 2);
    ConnectionRow* row = all.board.find(1);
    REQUIRE(row != nullptr);
    CHECK(row->peer() == Address::ip4(10, 0, 0, 1, 99));
    CHECK(row->owner == 2);
    all.board.close_session(1);
    CHECK(all.board.find(1) == nullptr);
    all.board.close_session(1);
    CHECK(all.board.totals().closed == 1);
    CHECK(all.board.totals().connections == 1);
}

TEST_CASE("scoreboard: a number is not given again before all others were, and at the limit there is none") {
    Board all({.connections = 3, .workers = 1, .at_once = 1});
    std::set<std::uint32_t> seen;
    for (int round = 0; round < 100; ++round) {
        const std::uint32_t session = all.open();
        CHECK(seen.insert(session).second);
        all.board.close_session(session);
    }
    CHECK(all.open() != 0);
    CHECK(all.open() != 0);
    const std::uint32_t third = all.open();
    CHECK(third != 0);
    CHECK(all.open() == 0);
    all.board.close_session(third);
    const std::uint32_t again = all.open();
    CHECK(again != 0);
    CHECK(again != third);
}

TEST_CASE("scoreboard: numbers go round after the last of 32 bits, and 0 is nobody's") {
    Board all({.connections = 3, .workers = 1, .at_once = 1});
    all.board.totals().next_session = 0xFFFFFFFE;
    CHECK(all.open() == 0xFFFFFFFF);
    CHECK(all.open() == 1);
    CHECK(all.board.find(0) == nullptr);
}

TEST_CASE("scoreboard: what a worker had in progress is told once after its death") {
    Board all({.connections = 1, .workers = 2, .task_workers = 2, .at_once = 4});
    all.board.worker(1).busy = 3;
    all.board.begin(1, 0, {.whose = 7, .number = 100});
    all.board.begin(1, 3, {.whose = 8, .number = 101});
    all.board.begin(1, 2, {.whose = 9, .number = 102});
    all.board.end(1, 0);
    CHECK(all.board.worker(1).finished == 1);
    std::vector<std::uint32_t> told;
    auto tell = [&](Scoreboard::InProgress what) { told.push_back(what.whose * 1000 + what.number); };
    all.board.clear_in_progress(1, tell);
    CHECK(told == std::vector<std::uint32_t>{9102, 8101});
    CHECK(all.board.worker(1).busy == 0);
    all.board.clear_in_progress(1, tell);
    CHECK(told.size() == 2);
    all.board.task_worker(1).busy = 1;
    all.board.begin(all.board.task_worker_place(1), 0, {.whose = 1, .number = 5});
    all.board.clear_in_progress(all.board.task_worker_place(0), tell);
    CHECK(told.size() == 2);
    all.board.clear_in_progress(all.board.task_worker_place(1), tell);
    CHECK(told.back() == 1005);
    CHECK(all.board.task_worker(1).busy == 0);
}

}  // namespace co::server
