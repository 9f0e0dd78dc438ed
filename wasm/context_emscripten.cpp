// Context over Emscripten's fibers: Asyncify unwinds the WebAssembly call stack into memory and winds it up again.
//
// A coroutine's stack holds both: its upper quarter what was unwound, below it the C++ stack.
#include <emscripten.h>
#include <emscripten/fiber.h>

#include <vector>

#include "context.h"

namespace co {
namespace {

constexpr std::size_t own_unwound_bytes = 64 * 1024;  // of the code that no coroutine runs
constexpr std::size_t alignment = 16;

struct Machine {
    emscripten_fiber_t fiber{};
    std::vector<std::byte> unwound;  // of a context without a stack of ours
};

// The C++ runtime keeps in JavaScript which exceptions are being handled: what natively is __cxa_eh_globals.
EM_JS(void, exchange_exceptions, (void* from, void* to), {
    var kept = Module["exceptionsOfContexts"] || (Module["exceptionsOfContexts"] = new Map());
    if (exceptionCaught.length || uncaughtExceptionCount) {
        kept.set(from, [ exceptionCaught, uncaughtExceptionCount, exceptionLast ]);
    }
    var other = kept.size ? kept.get(to) : undefined;
    if (other) kept.delete(to);
    exceptionCaught = other ? other[0] : [];
    uncaughtExceptionCount = other ? other[1] : 0;
    exceptionLast = other ? other[2] : 0;
});
EM_JS(void, forget_exceptions, (void* context), {
    if (Module["exceptionsOfContexts"]) Module["exceptionsOfContexts"].delete(context);
});

emscripten_fiber_t& fiber_of(Context& context) {
    if (!context.machine) {
        auto* machine = new Machine;
        machine->unwound.resize(own_unwound_bytes);
        emscripten_fiber_init_from_current_context(&machine->fiber, machine->unwound.data(), machine->unwound.size());
        context.machine = machine;
    }
    return static_cast<Machine*>(context.machine)->fiber;
}

void run_entry(void* argument) {
    Context& self = *static_cast<Context*>(argument);
    self.entry(self.argument);
}

}  // namespace

void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument) {
    context.stack = stack;
    context.entry = entry;
    context.argument = argument;
    auto* machine = new Machine;
    context.machine = machine;
    const std::size_t unwound = stack.bytes / 4 / alignment * alignment;
    const std::size_t usable = (stack.bytes - unwound) / alignment * alignment;
    emscripten_fiber_init(&machine->fiber, run_entry, &context, stack.lowest, usable, stack.lowest + usable, unwound);
}

Answer switch_context(Context& from, Context& to) {
    exchange_exceptions(&from, &to);
    emscripten_fiber_swap(&fiber_of(from), &fiber_of(to));
    return answer_of(from);
}

void leave_context(Context& from, Context& to) { switch_context(from, to); }

void destroy_context(Context& context) {
    forget_exceptions(&context);
    delete static_cast<Machine*>(context.machine);
    context.machine = nullptr;
}

const char* context_back_end() { return "fiber"; }

}  // namespace co
