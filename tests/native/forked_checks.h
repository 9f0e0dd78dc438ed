// A CHECK that fails in a forked process says so, and nobody counts it: so all processes count together.
//
//     const std::uint32_t before = forked_checks_that_failed();
//     …                                                         // forks, and waits for the children
//     CHECK(forked_checks_that_failed() == before);
#pragma once

#include <cstdint>

namespace co::test {

/// In children of the process that runs the tests, since it began.
std::uint32_t forked_checks_that_failed();

}  // namespace co::test
