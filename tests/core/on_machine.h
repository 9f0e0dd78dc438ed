// on_machine(): a test as the only process of a simulated machine, which leaves nothing behind.
#pragma once

#include <co/machine.h>
#include <doctest/doctest.h>

#include <cstdint>

#include "tests/core/simulated.h"

namespace co::test {

template <typename Test>
void on_machine(Test test, std::uint64_t seed = 0) {
    sim::Machine machine({.seed = seed});
    machine.host("app").start(test);
    machine.run();
    CHECK(machine.failures() == Words{});
    CHECK(machine.stats().shared_segments == 0);
    CHECK(machine.stats().descriptors == 0);
    CHECK(machine.stats().alive == 0);
}

}  // namespace co::test
