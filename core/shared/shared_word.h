// SharedWord: a lock in shared memory, held for moments: the number of the process that holds it, or 0.
//
//     bool is_left_over = word.lock(kernel, self);   // true: its holder died in the middle; put in order what it
//     guards … word.unlock(self);
//
// Locking is one atomic exchange without a system call. Only who finds it taken for long asks the kernel whether the
// holder is alive, and lets the thread sleep for some microseconds.
#pragma once

#include <atomic>
#include <cstdint>

#include <co/kernel.h>

namespace co {

/// The kernel of whoever calls: a table may have been made by another process.
Kernel& kernel_here(Kernel& otherwise);

class SharedWord {
  public:
    bool lock(Kernel& kernel, ProcessId process) {
        std::uint32_t free = 0;
        const auto self = static_cast<std::uint32_t>(process);
        if (holder_.compare_exchange_strong(free, self, std::memory_order_acquire)) return false;
        return lock_slowly(kernel, self);
    }
    /// Does nothing when somebody else has taken it over, who took this process for dead.
    void unlock(ProcessId process) {
        if (holder_.load(std::memory_order_relaxed) == static_cast<std::uint32_t>(process))
            holder_.store(0, std::memory_order_release);
    }

  private:
    bool lock_slowly(Kernel& kernel, std::uint32_t self);

    std::atomic<std::uint32_t> holder_{0};
};

}  // namespace co
