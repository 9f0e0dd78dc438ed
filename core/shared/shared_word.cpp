#include "shared_word.h"

#include <algorithm>

#include <co/scheduler.h>

namespace co {

Kernel& kernel_here(Kernel& otherwise) {
    Scheduler* scheduler = Scheduler::current_or_null();
    return scheduler ? scheduler->kernel() : otherwise;
}

bool SharedWord::lock_slowly(Kernel& kernel, std::uint32_t self) {
    constexpr int looks_in_a_row = 200;
    constexpr Duration longest_rest = std::chrono::milliseconds(1);
    for (Duration rest = std::chrono::microseconds(1);; rest = std::min(2 * rest, longest_rest)) {
        std::uint32_t holder = 0;
        for (int look = 0; look < looks_in_a_row; ++look) {
            holder = 0;
            if (holder_.compare_exchange_weak(holder, self, std::memory_order_acquire)) return false;
        }
        bool is_dead = holder != 0 && !kernel.is_alive(ProcessId{static_cast<std::int32_t>(holder)});
        if (is_dead && holder_.compare_exchange_strong(holder, self, std::memory_order_acquire)) return true;
        kernel.hold_thread(rest, Holding::asleep);
    }
}

}  // namespace co
