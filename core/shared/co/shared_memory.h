// SharedMemory: a piece of memory that the processes started afterwards share with this one.
//
//     co::SharedMemory memory(kernel, 4096);        // zeros
//     auto* counter = memory.as<std::atomic<int>>();
//
// Moves, does not copy. Each process has the memory until its own SharedMemory goes, or it ends.
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <co/kernel.h>

namespace co {

class SharedMemory {
  public:
    /// Throws std::system_error when there is none left.
    SharedMemory(Kernel& kernel, std::size_t bytes);
    SharedMemory(SharedMemory&& other) noexcept
        : kernel_(other.kernel_), bytes_(std::exchange(other.bytes_, std::span<std::byte>())) {}
    SharedMemory& operator=(SharedMemory&&) = delete;
    ~SharedMemory();

    std::span<std::byte> bytes() const { return bytes_; }
    /// What lies at the start of it; its bytes begin as zeros.
    template <typename Value>
    Value* as() const {
        return reinterpret_cast<Value*>(bytes_.data());
    }

  private:
    Kernel* kernel_;
    std::span<std::byte> bytes_;
};

}  // namespace co
