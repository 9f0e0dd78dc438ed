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
// ThreadSanitizer reports no race in a server of several processes, but some of them do not end under it: forked
// processes that start threads miss signals there. The simulated machine runs the same tests under it.
#ifdef __SANITIZE_THREAD__
inline constexpr bool skips_servers = true;
#else
inline constexpr bool skips_servers = false;
#endif

}  // namespace co::test
