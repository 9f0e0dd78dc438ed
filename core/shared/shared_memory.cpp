#include <co/shared_memory.h>

#include <system_error>

#include "shared_word.h"

namespace co {

SharedMemory::SharedMemory(Kernel& kernel, std::size_t bytes) : kernel_(&kernel) {
    auto mapped = kernel.map_shared(bytes);
    if (!mapped) throw std::system_error(mapped.error(), "shared memory");
    bytes_ = *mapped;
}

SharedMemory::~SharedMemory() {
    if (!bytes_.empty()) static_cast<void>(kernel_here(*kernel_).unmap_shared(bytes_));
}

}  // namespace co
