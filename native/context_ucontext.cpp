// Context over POSIX ucontext: for machines that Boost.Context does not know. Each switch makes a system call.
#include <ucontext.h>

#include <cstdint>

#include "context.h"
#include "native/context_guard.h"

namespace co {
namespace {

ucontext_t& machine_of(Context& context) {
    if (!context.machine) context.machine = new ucontext_t;
    return *static_cast<ucontext_t*>(context.machine);
}

/// makecontext() passes ints: the pointer comes in two halves.
void run_entry(unsigned int high, unsigned int low) {
    auto address = static_cast<std::uintptr_t>((std::uint64_t{high} << 32) | low);
    Context& self = *reinterpret_cast<Context*>(address);
    arrived(self);
    self.entry(self.argument);
}

}  // namespace

void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument) {
    context.stack = stack;
    context.entry = entry;
    context.argument = argument;
    prepare_context(context);
    ucontext_t& machine = machine_of(context);
    getcontext(&machine);
    machine.uc_stack = {.ss_sp = stack.lowest, .ss_flags = 0, .ss_size = stack.bytes};
    machine.uc_link = nullptr;
    std::uint64_t address = reinterpret_cast<std::uintptr_t>(&context);
    makecontext(&machine, reinterpret_cast<void (*)()>(run_entry), 2, static_cast<unsigned int>(address >> 32),
                static_cast<unsigned int>(address));
}

Answer switch_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_a_while);
    swapcontext(&machine_of(from), &machine_of(to));
    arrived(from);
    return answer_of(from);
}

void leave_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_good);
    setcontext(&machine_of(to));
}

void destroy_context(Context& context) {
    forget_context(context);
    delete static_cast<ucontext_t*>(context.machine);
    context.machine = nullptr;
}

const char* context_back_end() { return "ucontext"; }

}  // namespace co
