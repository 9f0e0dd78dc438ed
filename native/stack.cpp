// Stacks from mmap(), each with a guard page below it: an overflow is a fault at a known place, never silent damage.
#include "stack.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "native/context_guard.h"

namespace co {
namespace {

std::size_t page_bytes() {
    static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return bytes;
}

[[noreturn]] void no_stack(int error, std::size_t bytes) {
    std::string what = "no stack of " + std::to_string(bytes / 1024) + " KiB for another coroutine";
    if (error == ENOMEM) what += " (memory, or the number of mappings: see sysctl vm.max_map_count)";
    throw std::system_error(error, std::generic_category(), what);
}

}  // namespace

Stack map_stack(std::size_t bytes) {
    std::size_t page = page_bytes();
    std::size_t usable = (bytes + page - 1) / page * page;
    void* memory = mmap(nullptr, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) no_stack(errno, usable);
    if (mprotect(memory, page, PROT_NONE) != 0) {
        int error = errno;
        munmap(memory, usable + page);
        no_stack(error, usable);
    }
    Stack stack{static_cast<std::byte*>(memory) + page, usable};
    forget_redzones(stack);
    return stack;
}

void unmap_stack(Stack stack) {
    std::size_t page = page_bytes();
    munmap(stack.lowest - page, stack.bytes + page);
}

}  // namespace co
