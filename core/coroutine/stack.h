// Stack: memory for a coroutine's stack, with a guard page below it, and a pool that reuses what ended coroutines left.
//
//     StackPool pool(256 * 1024);
//     Stack stack = pool.take();
//     …
//     pool.give_back(stack);
//
// Stacks come in slabs of up to `most_in_slab`, so that a million of them need few mappings where the kernel has guard
// regions that do not split one.
#pragma once

#include <cstddef>
#include <vector>

namespace co {

struct Stack {
    std::byte* lowest = nullptr;  // first usable byte, above the guard page
    std::size_t bytes = 0;        // usable

    std::byte* top() const { return lowest + bytes; }
};

/// Neighbouring stacks that were mapped in one piece.
struct StackSlab {
    std::byte* memory = nullptr;
    std::size_t bytes = 0;
    std::vector<unsigned> names;  // what a tool that watches stacks calls them
};

// -- implemented by the platform -----------------------------------------------------------------------------------

/// Maps `count` stacks of at least `stack_bytes`, each above a guard page, and appends them to `stacks`. Throws
/// std::system_error that says which limit was hit.
StackSlab map_slab(std::size_t stack_bytes, std::size_t count, std::vector<Stack>& stacks);
void unmap_slab(const StackSlab& slab);
/// Gives the stack's memory back to the system; it reads as zero when it is used again.
void discard(Stack stack);
/// From the top to the lowest byte that is not zero.
std::size_t used_bytes(Stack stack);
/// `bytes` rounded up to what the machine can map.
std::size_t whole_pages(std::size_t bytes);

class StackPool {
  public:
    static constexpr std::size_t most_in_slab = 256;
    /// So many unused stacks keep their memory; what comes back beyond them is discarded.
    static constexpr std::size_t most_warm = 1024;

    explicit StackPool(std::size_t stack_bytes) : stack_bytes_(stack_bytes) {}
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;
    ~StackPool();

    /// The one that was given back last: it is warm in the cache.
    Stack take() {
        if (free_.empty()) grow();
        Stack stack = free_.back();
        free_.pop_back();
        return stack;
    }
    void give_back(Stack stack) {
        if (free_.size() >= most_warm) discard(stack);
        free_.push_back(stack);
    }
    std::size_t stack_bytes() const { return stack_bytes_; }

  private:
    void grow();

    std::size_t stack_bytes_;
    std::vector<StackSlab> slabs_;
    std::vector<Stack> free_;
    std::size_t next_count_ = 4;  // doubles up to most_in_slab: a small program maps little
};

}  // namespace co
