// What the system's last call said went wrong, and calls that are made again when a signal interrupts them.
//
//     ssize_t got = uninterrupted([&] { return ::read(fd, buffer, size); });
//     if (got < 0) return last_error();
#pragma once

#include <cerrno>
#include <system_error>

namespace co {

inline std::error_code last_error() { return {errno, std::generic_category()}; }

template <typename Call>
auto uninterrupted(Call call) {
    for (;;) {
        auto outcome = call();
        if (outcome >= 0 || errno != EINTR) return outcome;
    }
}

}  // namespace co
