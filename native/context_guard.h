// What every back end of Context does around a switch, besides the switch: keeps the C++ runtime's exception state with
// its context, and tells AddressSanitizer and ThreadSanitizer which stack is in use.
#pragma once

#include <cxxabi.h>

#include "context.h"

#if defined(__SANITIZE_ADDRESS__)
#define COSTUDIO_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COSTUDIO_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define COSTUDIO_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COSTUDIO_TSAN 1
#endif
#endif

#ifdef COSTUDIO_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef COSTUDIO_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace co {

/// Whether something must be done right after a switch, too.
#ifdef COSTUDIO_ASAN
inline constexpr bool tells_sanitizers = true;
#else
inline constexpr bool tells_sanitizers = false;
#endif

/// The layout of __cxa_eh_globals (Itanium C++ ABI, exception handling, 2.2.2).
struct ExceptionState {
    void* handled;
    unsigned int uncaught;
};

/// The thread's exception state goes to the context that leaves, and the other one's comes back in its place. A context
/// never changes its thread, so it is asked for only once where that is kept.
inline void exchange_exceptions(Context& from, Context& to) {
    if (!from.exceptions_of_thread) [[unlikely]]
        from.exceptions_of_thread = abi::__cxa_get_globals();
    to.exceptions_of_thread = from.exceptions_of_thread;
    auto& thread = *static_cast<ExceptionState*>(from.exceptions_of_thread);
    from.handled_exceptions = thread.handled;
    from.uncaught_exceptions = thread.uncaught;
    thread.handled = to.handled_exceptions;
    thread.uncaught = to.uncaught_exceptions;
}

enum class Leaving { for_a_while, for_good };

/// Right before the switch.
inline void leaving([[maybe_unused]] Context& from, Context& to, [[maybe_unused]] Leaving how) {
    exchange_exceptions(from, to);
#ifdef COSTUDIO_ASAN
    to.came_from = &from;
    const void* bottom = to.stack.bytes ? to.stack.lowest : to.known_bottom;
    std::size_t bytes = to.stack.bytes ? to.stack.bytes : to.known_bytes;
    // A null place for the fake stack tells ASan to destroy it: this context does not come back.
    __sanitizer_start_switch_fiber(how == Leaving::for_good ? nullptr : &from.fake_stack, bottom, bytes);
#endif
#ifdef COSTUDIO_TSAN
    if (!from.race_detector_fiber) from.race_detector_fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to.race_detector_fiber, 0);
#endif
}

/// Right after the switch, on the stack of `self`.
inline void arrived([[maybe_unused]] Context& self) {
#ifdef COSTUDIO_ASAN
    const void* bottom = nullptr;
    std::size_t bytes = 0;
    __sanitizer_finish_switch_fiber(self.fake_stack, &bottom, &bytes);
    self.came_from->known_bottom = bottom;
    self.came_from->known_bytes = bytes;
#endif
}

/// What a stack's last user left marked as out of bounds must not be held against the next one.
inline void forget_redzones([[maybe_unused]] const Stack& stack) {
#ifdef COSTUDIO_ASAN
    if (stack.bytes) __asan_unpoison_memory_region(stack.lowest, stack.bytes);
#endif
}

inline void prepare_context([[maybe_unused]] Context& context) {
#ifdef COSTUDIO_TSAN
    context.race_detector_fiber = __tsan_create_fiber(0);
#endif
}

inline void forget_context([[maybe_unused]] Context& context) {
    forget_redzones(context.stack);
#ifdef COSTUDIO_TSAN
    if (context.stack.bytes && context.race_detector_fiber) __tsan_destroy_fiber(context.race_detector_fiber);
    context.race_detector_fiber = nullptr;
#endif
}

}  // namespace co
