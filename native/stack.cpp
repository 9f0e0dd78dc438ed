// Stacks from mmap(), each with a guard page below it: an overflow is a fault at a known place, never silent damage.
#include "stack.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "native/context_guard.h"
#include "native/valgrind.h"

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

/// Neighbouring stacks, each above its guard page.
struct Stacks {
    std::byte* memory;
    std::size_t count;
    std::size_t usable;

    std::byte* guard_page(std::size_t i) const { return memory + i * (page_bytes() + usable); }
};

/// Guard regions where the kernel has them (Linux 6.13): they do not split the mapping. Many at a call: that takes
/// 0.3 µs less for each than one by one.
bool install_guards(const Stacks& stacks) {
    std::array<iovec, StackPool::most_in_slab> pages;
    int process = static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0));
    if (process < 0) return false;
    std::size_t done = 0;
    while (done < stacks.count) {
        std::size_t some = std::min(pages.size(), stacks.count - done);
        for (std::size_t i = 0; i < some; ++i) pages[i] = {stacks.guard_page(done + i), page_bytes()};
        long advised = syscall(SYS_process_madvise, process, pages.data(), some, MADV_GUARD_INSTALL, 0);
        if (advised <= 0) break;
        done += static_cast<std::size_t>(advised) / page_bytes();
    }
    ::close(process);
    return done == stacks.count;
}

/// The same in the old way: pages without access, each of which splits the mapping. Sets errno.
bool protect_guards(const Stacks& stacks) {
    for (std::size_t i = 0; i < stacks.count; ++i)
        if (mprotect(stacks.guard_page(i), page_bytes(), PROT_NONE) != 0) return false;
    return true;
}

}  // namespace

StackSlab map_slab(std::size_t stack_bytes, std::size_t count, std::vector<Stack>& stacks) {
    std::size_t page = page_bytes();
    std::size_t usable = whole_pages(stack_bytes);
    std::size_t bytes = count * (page + usable);
    void* memory =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) no_stack(errno, usable);
    StackSlab slab{static_cast<std::byte*>(memory), bytes, {}};
    // Huge pages would make a parked coroutine cost 2 MiB instead of the page or two that it touches.
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    forget_redzones({slab.memory, bytes});
    Stacks fresh{slab.memory, count, usable};
    bool is_watched = runs_on_valgrind();  // which does not know guard regions
    if ((is_watched || !install_guards(fresh)) && !protect_guards(fresh)) {
        int error = errno;
        unmap_slab(slab);
        no_stack(error, usable);
    }
    for (std::size_t i = 0; i < count; ++i) {
        stacks.push_back({fresh.guard_page(i) + page, usable});
        if (is_watched) show_to_valgrind(stacks.back(), slab.names);
    }
    return slab;
}

void unmap_slab(const StackSlab& slab) {
    hide_from_valgrind(slab.names);
    munmap(slab.memory, slab.bytes);
}

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
