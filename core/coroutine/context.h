// Context: a point of execution with a stack of its own. Each back end implements these functions in one file outside
// core (x86_64, fcontext, ucontext, Emscripten fiber), and one suite tests them all.
//
//     Context loop, worker;                            // `loop` stands for the code that runs now
//     make_context(worker, stack, entry, argument);
//     switch_context(loop, worker);                    // runs entry(argument) until it switches back
//     destroy_context(worker);
//
// The exception that a context is handling stays with it (the C++ runtime keeps that state per thread).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "stack.h"

namespace co {

/// What a switch brings back: a WaitStatus, or the id of the coroutine that was started. As wide as a register, so that
/// a function can end in a switch.
using Answer = std::uint32_t;

struct Context {
    void* machine = nullptr;  // the back end's own: saved stack pointer, ucontext_t, …
    Answer answer = 0;        // what its switch_context() returns
    /// Called instead, once, on its stack, as though by the code that waits there; it may throw.
    Answer (*on_arrival)(Context&) = nullptr;

    // What the C++ runtime keeps for each stack.
    void* exceptions_of_thread = nullptr;  // where it keeps them
    void* handled_exceptions = nullptr;
    unsigned int uncaught_exceptions = 0;

    Context* came_from = nullptr;  // who switched here last, where the back end must know
    Stack stack;                   // none for the thread's own context
    void (*entry)(void*) = nullptr;
    void* argument = nullptr;

    // What the sanitizers keep for each stack.
    void* fake_stack = nullptr;
    const void* known_bottom = nullptr;
    std::size_t known_bytes = 0;
    void* race_detector_fiber = nullptr;
};

/// `context`, a fresh one, will run entry(argument) at the first switch to it. `entry` must never return.
void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument);
/// Leaves the running context, which is `from`, and runs `to`. Returns from.answer when somebody switches back.
///
/// A caller that does nothing afterwards but to return costs least: the compiler makes a jump of the call, and the
/// x86_64 back end goes from one coroutine's code straight to the other's, without a return that the processor would
/// predict wrongly, 5 ns each.
Answer switch_context(Context& from, Context& to);
/// The same for the last time: `from` is never switched to again.
void leave_context(Context& from, Context& to);
/// Frees what the back end holds, also for a thread's own context. The stack stays its owner's.
void destroy_context(Context& context);
/// "x86_64", "fcontext", "ucontext", "fiber".
const char* context_back_end();

/// How a back end ends switch_context(), on the stack of `self`, unless it does the same by other means.
inline Answer answer_of(Context& self) {
    if (self.on_arrival) [[unlikely]]
        return std::exchange(self.on_arrival, nullptr)(self);
    return self.answer;
}

}  // namespace co
