// Context for x86-64 (System V ABI), in assembly: saves the six registers that a function call must preserve, and
// nothing else.
//
// It leaves by a jump to where the other context was left, never by `ret`: the processor predicts that a return goes to
// where the last call came from, and here it does not. The floating-point modes (MXCSR, the x87 control word) are the
// thread's, not a context's: saving them would cost 1.7 ns, and hardly a program changes them. One that does must put
// them back before it waits.
#include <cstdint>

#include "context.h"
#include "native/context_guard.h"

namespace {
using co::Answer;
using co::Context;
}  // namespace

extern "C" {
/// Pushes the registers, keeps the stack pointer in `*left`, takes the other one and continues there with `answer`.
Answer co_jump(void** left, void* target, Answer answer);
/// The same, but calls action(context) there first, as though the code there had called it itself.
Answer co_jump_and_call(void** left, void* target, Context* context, Answer (*action)(Context&));
/// Where a fresh context begins: rbx(r12).
void co_begin();
}

asm(R"(
    .macro co_leave_stack
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    .endm

    .macro co_take_registers
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    .endm

    .section .text.hot, "ax", @progbits
    .p2align 4
    .globl co_jump
    .hidden co_jump
    .type co_jump, @function
co_jump:
    .cfi_startproc
    co_leave_stack
    movl %edx, %eax
    co_take_registers
    popq %rcx
    jmpq *%rcx
    .cfi_endproc
    .size co_jump, .-co_jump

    .p2align 4
    .globl co_jump_and_call
    .hidden co_jump_and_call
    .type co_jump_and_call, @function
co_jump_and_call:
    .cfi_startproc
    co_leave_stack
    movq %rdx, %rdi
    co_take_registers
    jmpq *%rcx
    .cfi_endproc
    .size co_jump_and_call, .-co_jump_and_call

    .p2align 4
    .globl co_begin
    .hidden co_begin
    .type co_begin, @function
co_begin:
    .cfi_startproc
    .cfi_undefined rip
    movq %r12, %rdi
    jmpq *%rbx
    .cfi_endproc
    .size co_begin, .-co_begin
    .section .note.GNU-stack, "", @progbits
    .text
)");

namespace co {
namespace {

/// What co_jump() finds on a stack that it goes to, from the saved stack pointer upwards.
struct Saved {
    std::uint64_t r15 = 0;
    std::uint64_t r14 = 0;
    std::uint64_t r13 = 0;
    void* r12 = nullptr;
    void (*rbx)(void*) = nullptr;
    std::uint64_t rbp = 0;
    void (*continues_at)() = nullptr;
    std::uint64_t returns_to = 0;  // nowhere: the outermost function of this stack
};

[[gnu::hot]] void run_entry(void* argument) {
    Context& self = *static_cast<Context*>(argument);
    arrived(self);
    self.entry(self.argument);
}

}  // namespace

[[gnu::hot]] void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument) {
    context.stack = stack;
    context.entry = entry;
    context.argument = argument;
    // The ABI: where a function begins, the stack pointer is 8 below a multiple of 16.
    auto top = reinterpret_cast<std::uintptr_t>(stack.top()) & ~std::uintptr_t{15};
    auto* saved = reinterpret_cast<Saved*>(top) - 1;  // its last 8 bytes are where run_entry() begins
    static_assert(sizeof(Saved) % 16 == 0);
    *saved = {.r12 = &context, .rbx = run_entry, .continues_at = co_begin};
    context.machine = saved;
    prepare_context(context);
}

[[gnu::hot]] Answer switch_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_a_while);
    if constexpr (tells_sanitizers) {
        co_jump(&from.machine, to.machine, 0);
        arrived(from);
        return answer_of(from);
    }
    if (to.on_arrival) [[unlikely]]
        return co_jump_and_call(&from.machine, to.machine, &to, std::exchange(to.on_arrival, nullptr));
    return co_jump(&from.machine, to.machine, to.answer);
}

[[gnu::hot]] void leave_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_good);
    co_jump(&from.machine, to.machine, to.answer);
}

void destroy_context(Context& context) { forget_context(context); }

const char* context_back_end() { return "x86_64"; }

}  // namespace co
