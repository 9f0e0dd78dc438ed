// The kernel-level tests and the server's on the machine that you sit at: see tests/core/kernel_under_test.h.
#pragma once

#include <co/linux_kernel.h>
#include <doctest/doctest.h>

#include "tests/native/forked_checks.h"

#define ON_KERNEL "linux: "

namespace co::test {

/// At its end, what its children checked was right.
class KernelUnderTest final {
  public:
    ~KernelUnderTest() { CHECK(forked_checks_that_failed() == failed_before_); }
    operator Kernel&() { return kernel_; }

  private:
    std::uint32_t failed_before_ = forked_checks_that_failed();
    LinuxKernel kernel_;
};
inline constexpr bool is_simulated = false;

}  // namespace co::test
