// Which kernel the tests run on that are written against co::Kernel alone: the simulated one; tests/native compiles the
// same files once more, for the real one.
#pragma once

#ifdef COSTUDIO_KERNEL_UNDER_TEST
#include COSTUDIO_KERNEL_UNDER_TEST
#else

#include <co/sim_kernel.h>

/// What the names of the tests begin with.
#define ON_KERNEL ""

namespace co::test {

using KernelUnderTest = SimKernel;
/// Time is exact, and what different processes do comes in one order always.
inline constexpr bool is_simulated = true;

}  // namespace co::test

#endif
