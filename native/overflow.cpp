#include <co/overflow.h>

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>
#include <vector>

#include <co/scheduler.h>

namespace co {
namespace {

constexpr std::size_t signal_stack_bytes = 32 * 1024;
/// A large local variable may jump over the guard page; so far below the stack still counts as its overflow.
constexpr std::uintptr_t guard_reach = 64 * 1024;

// Only what is safe in a signal handler: no allocation, no lock, write(2).
void say(std::string_view text) {
    while (!text.empty()) {
        ssize_t written = write(STDERR_FILENO, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void say(std::uint64_t number) {
    std::array<char, 20> digits{};
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    say(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

bool is_below(const void* address, const StackOwner& stack) {
    auto fault = reinterpret_cast<std::uintptr_t>(address);
    auto lowest = reinterpret_cast<std::uintptr_t>(stack.lowest);
    return fault < lowest && lowest - fault <= guard_reach;
}

void report(const StackOwner& stack) {
    say("stack overflow in coroutine ");
    say(stack.coroutine);
    say(" (");
    say(stack.stack_bytes / 1024);
    say(" KiB");
    if (stack.started_at.is_known()) {
        say(", started at ");
        say(stack.started_at.file);
        say(":");
        say(stack.started_at.line);
    }
    say("): give it a larger stack (GoOptions::stack_bytes), or less recursion\n");
}

void on_fault(int signal_number, siginfo_t* info, void*) {
    if (const Scheduler* scheduler = Scheduler::current_or_null())
        if (auto stack = scheduler->running_stack(); stack && is_below(info->si_addr, *stack)) report(*stack);
    // The instruction runs again without this handler: the process dies of the fault, as it would have.
    signal(signal_number, SIG_DFL);
}

}  // namespace

struct OverflowReports::Before {
    struct sigaction action {};
    stack_t stack{};
    std::vector<char> memory = std::vector<char>(signal_stack_bytes);
};

OverflowReports::OverflowReports() : before_(std::make_unique<Before>()) {
    stack_t own{.ss_sp = before_->memory.data(), .ss_flags = 0, .ss_size = before_->memory.size()};
    if (sigaltstack(&own, &before_->stack) != 0)
        throw std::system_error(errno, std::generic_category(), "no stack for the report of an overflow");
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(SIGSEGV, &action, &before_->action);
}

OverflowReports::~OverflowReports() {
    sigaction(SIGSEGV, &before_->action, nullptr);
    sigaltstack(&before_->stack, nullptr);
}

}  // namespace co
