#include <co/run_order.h>

#include <doctest/doctest.h>

#include <co/coroutine.h>

#include "tests/core/simulated.h"

using namespace co;
using namespace co::test;

namespace {

/// Takes the position that it is told, each time, and notes who was ready.
struct AlwaysAt final : RunOrder {
    explicit AlwaysAt(std::size_t chosen) : position(chosen) {}
    std::size_t next(std::span<const CoroutineId> ready) override {
        most_ready = std::max(most_ready, ready.size());
        return position;
    }
    std::size_t position;
    std::size_t most_ready = 0;
};

Words order_with(AlwaysAt order) {
    const Simulated run(
        [](Words& said) {
            for (int i = 1; i <= 3; ++i) {
                go([&said, i] {
                    for (int turn = 0; turn < 2; ++turn) {
                        sleep(0ms);
                        said.push_back(std::to_string(i));
                    }
                });
            }
        },
        {.run_order = &order});
    CHECK(run.report.ok());
    CHECK(order.most_ready == 3);
    return run.said;
}

}  // namespace

TEST_CASE("run_order: the position decides, each time, and the others keep their order") {
    CHECK(order_with(AlwaysAt(0)) == Words{"1", "2", "3", "1", "2", "3"});
    CHECK(order_with(AlwaysAt(2)) == Words{"3", "3", "2", "2", "1", "1"});
}

TEST_CASE("run_order: a position beyond the last is the last") { CHECK(order_with(AlwaysAt(99)).front() == "3"); }
