// Stacks from the heap: WebAssembly has no pages to guard. The memory of a stack that was never used costs nothing, the
// system gives it at the first touch; an overflow is found by -sSTACK_OVERFLOW_CHECK=2, which the modules are linked
// with.
#include "stack.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>

namespace co {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t cookie_bytes = 16;  // at a stack's lowest end, Emscripten's own

}  // namespace

StackSlab map_slab(std::size_t stack_bytes, std::size_t count, std::vector<Stack>& stacks) {
    const std::size_t usable = whole_pages(stack_bytes);
    void* memory = count > SIZE_MAX / usable ? nullptr : std::aligned_alloc(page_bytes, count * usable);
    if (!memory)
        throw std::system_error(ENOMEM, std::generic_category(),
                                "no stack of " + std::to_string(usable / 1024) +
                                    " KiB for another coroutine (the browser's memory for a run is used up)");
    StackSlab slab{static_cast<std::byte*>(memory), count * usable, {}};
    for (std::size_t i = 0; i < count; ++i) stacks.push_back({slab.memory + i * usable, usable});
    return slab;
}

void unmap_slab(const StackSlab& slab) { std::free(slab.memory); }

void discard(Stack stack) { std::fill(stack.lowest, stack.top(), std::byte{0}); }

std::size_t whole_pages(std::size_t bytes) { return (bytes + page_bytes - 1) / page_bytes * page_bytes; }

std::size_t used_bytes(Stack stack) {
    const std::byte* lowest =
        std::find_if(stack.lowest + cookie_bytes, stack.top(), [](std::byte byte) { return byte != std::byte{0}; });
    return static_cast<std::size_t>(stack.top() - lowest);
}

}  // namespace co
