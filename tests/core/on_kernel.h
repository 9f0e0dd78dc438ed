// Fixture: a test of kernel calls alone, without a scheduler. It is written against co::Kernel&, and run on every
// kernel: see kernel_under_test.h.
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/core/kernel_under_test.h"

namespace co::test {

using namespace std::chrono_literals;

/// A value of the success that a test takes for granted.
template <typename T>
T must(Result<T> result) {
    INFO(result.error().message());
    REQUIRE(result.has_value());
    return *std::move(result);
}
inline void must(const Result<void>& result) {
    INFO(result.error().message());
    REQUIRE(result.has_value());
}

/// Waits until one watched descriptor is ready; what it is ready for. Nothing when none is within `most`.
Readiness wait_for(Kernel& kernel, Fd fd, Readiness interest, Duration most = 10s);
inline bool readable(Kernel& kernel, Fd fd, Duration most = 10s) {
    return wait_for(kernel, fd, {.read = true}, most).read;
}
inline bool writable(Kernel& kernel, Fd fd, Duration most = 10s) {
    return wait_for(kernel, fd, {.write = true}, most).write;
}

/// Everything that can be read now.
std::string read_now(Kernel& kernel, Fd fd);
/// Writes until nothing more is taken; how many bytes were.
std::size_t fill(Kernel& kernel, Fd fd);
void write_all(Kernel& kernel, Fd fd, std::string_view bytes);
std::error_code read_error(Kernel& kernel, Fd fd);
std::error_code write_error(Kernel& kernel, Fd fd);

/// A listening socket on a free port of 127.0.0.1, and where it is.
struct Door {
    Fd fd;
    Address address;
};
Door open_door(Kernel& kernel, int backlog = 16);
/// The two ends of a TCP connection through `door`.
struct Ends {
    Fd caller;
    Fd called;
};
Ends connect_through(Kernel& kernel, const Door& door);
Fd start_to_connect(Kernel& kernel, const Address& address);

}  // namespace co::test

/// `KERNEL_TEST("rule: what it says") { … kernel … }`
#define KERNEL_TEST_NAMED(function, text)     \
    static void function(co::Kernel& kernel); \
    TEST_CASE(ON_KERNEL "kernel: " text) {    \
        co::test::KernelUnderTest kernel;     \
        function(kernel);                     \
    }                                         \
    static void function(co::Kernel& kernel)
#define KERNEL_TEST_JOIN(name, line) name##line
#define KERNEL_TEST_NAME(name, line) KERNEL_TEST_JOIN(name, line)
#define KERNEL_TEST(text) KERNEL_TEST_NAMED(KERNEL_TEST_NAME(kernel_test_, __LINE__), text)
