// Stack: memory for a coroutine's stack, with a guard page below it, and a pool that reuses what ended coroutines left.
//
//     StackPool pool(256 * 1024);
//     Stack stack = pool.take();
//     …
//     pool.give_back(stack);
#pragma once

#include <cstddef>
#include <vector>

namespace co {

struct Stack {
    std::byte* lowest = nullptr;  // first usable byte, above the guard page
    std::size_t bytes = 0;        // usable

    std::byte* top() const { return lowest + bytes; }
};

/// Maps a stack of at least `bytes` with a guard page. Throws std::system_error that says which limit was hit.
/// Implemented by the platform.
Stack map_stack(std::size_t bytes);
void unmap_stack(Stack stack);

/// Keeps up to `most_kept` stacks for reuse; the last one given back is the first one taken, it is warm in the cache.
class StackPool {
  public:
    static constexpr std::size_t most_kept = 1024;

    explicit StackPool(std::size_t stack_bytes) : stack_bytes_(stack_bytes) {}
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;
    ~StackPool();

    Stack take();
    void give_back(Stack stack);
    std::size_t stack_bytes() const { return stack_bytes_; }

  private:
    std::size_t stack_bytes_;
    std::vector<Stack> free_;
};

}  // namespace co
