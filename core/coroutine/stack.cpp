#include "stack.h"

#include <algorithm>

namespace co {

StackPool::~StackPool() {
    for (const StackSlab& slab : slabs_) unmap_slab(slab);
}

void StackPool::grow() {
    slabs_.push_back(map_slab(stack_bytes_, next_count_, free_));
    next_count_ = std::min(next_count_ * 2, most_in_slab);
}

}  // namespace co
