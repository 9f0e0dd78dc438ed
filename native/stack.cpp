// Stacks from mmap(), each with a guard page below it: an overflow is a fault at a known place, never silent damage.
#include "stack.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "native/context_guard.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102  // Linux 6.13; older headers do not name it
#endif

namespace co {
namespace {

std::size_t page_bytes() {
    static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return bytes;
}

[[noreturn]] void no_stack(int error, std::size_t bytes) {
    std::string what = "no stack of " + std::to_string(bytes / 1024) + " KiB for another coroutine";
    if (error == ENOMEM) what += " (out of memory, or at the limit of mappings: see sysctl vm.max_map_count)";
    throw std::system_error(error, std::generic_category(), what);
}

/// A guard region where the kernel has them: it does not split the mapping. Else a page without access, which does.
bool guard(std::byte* page) {
    return madvise(page, page_bytes(), MADV_GUARD_INSTALL) == 0 || mprotect(page, page_bytes(), PROT_NONE) == 0;
}

}  // namespace

StackSlab map_slab(std::size_t stack_bytes, std::size_t count, std::vector<Stack>& stacks) {
    std::size_t page = page_bytes();
    std::size_t usable = whole_pages(stack_bytes);
    std::size_t bytes = count * (page + usable);
    void* memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) no_stack(errno, usable);
    StackSlab slab{static_cast<std::byte*>(memory), bytes};
    // Huge pages would make a parked coroutine cost 2 MiB instead of the page or two that it touches.
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    forget_redzones({slab.memory, bytes});
    for (std::size_t i = 0; i < count; ++i) {
        std::byte* lowest = slab.memory + i * (page + usable);
        if (!guard(lowest)) {
            int error = errno;
            stacks.resize(stacks.size() - i);
            unmap_slab(slab);
            no_stack(error, usable);
        }
        stacks.push_back({lowest + page, usable});
    }
    return slab;
}

void unmap_slab(StackSlab slab) { munmap(slab.memory, slab.bytes); }

void discard(Stack stack) { madvise(stack.lowest, stack.bytes, MADV_DONTNEED); }

std::size_t whole_pages(std::size_t bytes) { return (bytes + page_bytes() - 1) / page_bytes() * page_bytes(); }

std::size_t used_bytes(Stack stack) {
    std::size_t page = page_bytes();
    std::vector<unsigned char> is_resident(stack.bytes / page);
    if (mincore(stack.lowest, stack.bytes, is_resident.data()) != 0) return 0;
    // A page that nobody touched must not be read: reading would make it count.
    for (std::size_t i = 0; i < is_resident.size(); ++i) {
        if (!(is_resident[i] & 1)) continue;
        for (const std::byte* byte = stack.lowest + i * page; byte < stack.lowest + (i + 1) * page; ++byte)
            if (*byte != std::byte{0}) return static_cast<std::size_t>(stack.top() - byte);
    }
    return 0;
}

}  // namespace co
