// Context: a point of execution with a stack of its own. Three back ends implement these functions, each in one file
// outside core (fcontext, ucontext, Emscripten fiber), and one suite tests them all.
//
//     Context loop, worker;                            // `loop` stands for the code that runs now
//     make_context(worker, stack, entry, argument);
//     switch_context(loop, worker);                    // runs entry(argument) until it switches back
//     destroy_context(worker);
//
// The exception that a context is handling stays with it (the C++ runtime keeps that state per thread).
#pragma once

#include <cstddef>

#include "stack.h"

namespace co {

struct Context {
    Stack stack;              // none for the thread's own context
    void* machine = nullptr;  // the back end's own: saved stack pointer, ucontext_t, …
    void (*entry)(void*) = nullptr;
    void* argument = nullptr;
    Context* came_from = nullptr;  // who switched here last

    // What the C++ runtime and the sanitizers keep for each stack.
    void* exceptions_of_thread = nullptr;  // where it keeps them
    void* handled_exceptions = nullptr;
    unsigned int uncaught_exceptions = 0;
    void* fake_stack = nullptr;
    const void* known_bottom = nullptr;
    std::size_t known_bytes = 0;
    void* race_detector_fiber = nullptr;
};

/// `context` will run entry(argument) at the first switch to it. `entry` must never return.
void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument);
/// Leaves the running context, which is `from`, and runs `to`.
void switch_context(Context& from, Context& to);
/// The same for the last time: `from` is never switched to again.
void leave_context(Context& from, Context& to);
/// Frees what the back end holds, also for a thread's own context. The stack stays its owner's.
void destroy_context(Context& context);
/// "fcontext", "ucontext", "fiber".
const char* context_back_end();

}  // namespace co
