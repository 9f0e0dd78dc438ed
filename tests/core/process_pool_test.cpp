#include <co/machine.h>
#include <co/process_pool.h>
#include <co/shared_memory.h>
#include <doctest/doctest.h>

#include <atomic>

#include "tests/core/simulated.h"

using namespace co::test;

TEST_CASE(
    "process pool: so many processes, and one that ends is replaced under the same id, and messages find their "
    "worker") {
    for (std::uint64_t seed : {0u, 1u, 2u, 3u}) {
        co::sim::Machine machine({.seed = seed});
        Words said;
        machine.host("app").start([&] {
            auto memory = std::make_shared<co::SharedMemory>(co::Scheduler::current().kernel(), 64);
            auto* starts = memory->as<std::atomic<std::uint32_t>>();
            co::ProcessPool pool(3);
            pool.on_worker_start([=](co::PoolWorker& self) {
                starts[0].fetch_add(1);
                // Not worker 2: what is sent to one that fails may be lost with it.
                if (self.id() == 0 && starts[1].fetch_add(1) == 0) throw std::runtime_error("spilled");
                if (self.id() == 1) CHECK(bool(self.send("tea", 2)));
                CHECK(self.send("milk", 7).error() == std::errc::invalid_argument);
            });
            pool.on_message([&](co::PoolWorker& self, std::uint32_t from, std::string_view data) {
                said.push_back(std::to_string(from) + " to " + std::to_string(self.id()) + ' ' + std::string(data));
                co::sleep(1s);
                self.shutdown();
            });
            CHECK_THROWS_AS(pool.shutdown(), std::logic_error);
            pool.start();
            CHECK(starts[0].load() == 4);
        });
        machine.run_for(20s);
        CHECK(machine.failures() == Words{});
        CHECK(said == Words{"1 to 2 tea"});
        CHECK(machine.stats().alive == 0);
        CHECK(machine.stats().zombies == 0);
        CHECK(machine.stats().descriptors == 0);
    }
    CHECK_THROWS_AS(co::ProcessPool(0), std::invalid_argument);
}
