// Tells valgrind which memory is a coroutine's stack, so that it takes a switch for one. Without valgrind's header at
// compile time nothing is told; where no valgrind runs, it is asked once for each slab of stacks.
#pragma once

#include <vector>

#include "stack.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define COSTUDIO_VALGRIND 1
#endif

namespace co {

inline bool runs_on_valgrind() {
#ifdef COSTUDIO_VALGRIND
    return RUNNING_ON_VALGRIND != 0;
#else
    return false;
#endif
}

/// Appends valgrind's name for it to `names`.
inline void show_to_valgrind([[maybe_unused]] Stack stack, [[maybe_unused]] std::vector<unsigned>& names) {
#ifdef COSTUDIO_VALGRIND
    names.push_back(static_cast<unsigned>(VALGRIND_STACK_REGISTER(stack.lowest, stack.top())));
#endif
}

inline void hide_from_valgrind([[maybe_unused]] const std::vector<unsigned>& names) {
#ifdef COSTUDIO_VALGRIND
    for (unsigned name : names) VALGRIND_STACK_DEREGISTER(name);
#endif
}

}  // namespace co
