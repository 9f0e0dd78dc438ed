#include "stack.h"

namespace co {

StackPool::~StackPool() {
    for (Stack stack : free_) unmap_stack(stack);
}

Stack StackPool::take() {
    if (free_.empty()) return map_stack(stack_bytes_);
    Stack stack = free_.back();
    free_.pop_back();
    return stack;
}

void StackPool::give_back(Stack stack) {
    if (free_.size() < most_kept)
        free_.push_back(stack);
    else
        unmap_stack(stack);
}

}  // namespace co
