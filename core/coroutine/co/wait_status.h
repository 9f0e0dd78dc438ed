// WaitStatus: how a wait ended that brings no value: sleep, yield, join, a wait group, a mutex, a semaphore, a barrier.
//
//     if (group.wait(2s) == co::WaitStatus::timeout) give_up();
#pragma once

#include <cstdint>
#include <string_view>

namespace co {

enum class WaitStatus : std::uint32_t { ok, timeout, cancelled };

/// "ok", "timeout", "cancelled".
constexpr std::string_view name(WaitStatus status) {
    switch (status) {
        case WaitStatus::ok:
            return "ok";
        case WaitStatus::timeout:
            return "timeout";
        case WaitStatus::cancelled:
            return "cancelled";
    }
    return "unknown";
}

}  // namespace co
