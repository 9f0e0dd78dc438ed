#include "native/signal_watch.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>

// ThreadSanitizer puts a handler off until its thread calls something that it knows: it does not know epoll_pwait2(),
// and it remembers the signal for the coroutine that ran when it came, so one that waits for long, or has ended, loses
// it. Under this name of sigaction() it sees nothing; in turn the handler uses nothing that it has to see.
extern "C" int __sigaction(int number, const struct sigaction* next, struct sigaction* before);

namespace co {
namespace {

constexpr std::size_t signal_count = 64;
constexpr std::array watchable = {Signal::hangup, Signal::interrupt, Signal::user1,
                                  Signal::user2,  Signal::terminate, Signal::child};

// A handler is told nothing but the number, and any thread may run it: so this one table is the process's own.
SignalWatch* signal_watchers[signal_count];

#ifdef __SANITIZE_THREAD__
constexpr auto set_action = &__sigaction;
#else
constexpr auto set_action = &sigaction;
#endif

}  // namespace

struct SignalWatch::Before {
    struct sigaction action {};
};

sigset_t watchable_signals() {
    sigset_t all;
    sigemptyset(&all);
    for (Signal signal : watchable) sigaddset(&all, static_cast<int>(signal));
    return all;
}

SignalWatch::SignalWatch(int wake_up) : wake_up_(wake_up) {}

SignalWatch::~SignalWatch() {
    for (const auto& [signal, before] : watched_) {
        auto number = static_cast<int>(signal);
        SignalWatch*& watcher = signal_watchers[static_cast<std::size_t>(number)];
        if (__atomic_load_n(&watcher, __ATOMIC_SEQ_CST) != this) continue;
        __atomic_store_n(&watcher, nullptr, __ATOMIC_SEQ_CST);
        set_action(number, &before->action, nullptr);
    }
}

Result<void> SignalWatch::watch(Signal signal) {
    auto number = static_cast<int>(signal);
    SignalWatch*& watcher = signal_watchers[static_cast<std::size_t>(number)];
    __atomic_store_n(&watcher, this, __ATOMIC_SEQ_CST);
    auto before = std::make_unique<Before>();
    struct sigaction ours {};
    ours.sa_handler = &SignalWatch::handle;
    ours.sa_flags = SA_RESTART | SA_ONSTACK;  // on whatever stack a coroutine has there may be no room
    sigfillset(&ours.sa_mask);
    if (set_action(number, &ours, &before->action) != 0) {
        __atomic_store_n(&watcher, nullptr, __ATOMIC_SEQ_CST);
        return std::error_code(errno, std::generic_category());
    }
    watched_.try_emplace(signal, std::move(before));
    return {};
}

std::optional<Signal> SignalWatch::take() {
    const std::uint64_t came = __atomic_load_n(&came_, __ATOMIC_RELAXED);
    if (came == 0) return std::nullopt;
    int first = std::countr_zero(came);
    __atomic_fetch_and(&came_, ~(std::uint64_t{1} << first), __ATOMIC_SEQ_CST);
    return static_cast<Signal>(first);
}

void SignalWatch::leave_to_system() {
    for (Signal signal : watchable) {
        const auto number = static_cast<int>(signal);
        struct sigaction now {};
        set_action(number, nullptr, &now);
        SignalWatch*& watcher = signal_watchers[static_cast<std::size_t>(number)];
        const SignalWatch* watch = __atomic_exchange_n(&watcher, nullptr, __ATOMIC_SEQ_CST);
        if (watch) now = watch->watched_.at(signal)->action;
        struct sigaction next {};
        next.sa_handler = now.sa_handler == SIG_IGN ? SIG_IGN : SIG_DFL;
        set_action(number, &next, nullptr);
    }
}

// Only what is safe in a signal handler: atomics that take no lock, write(2) (past ThreadSanitizer, see above).
__attribute__((no_sanitize("thread"))) void SignalWatch::handle(int number) {
    static_assert(__atomic_always_lock_free(sizeof(SignalWatch*), nullptr) &&
                  __atomic_always_lock_free(sizeof(std::uint64_t), nullptr));
    SignalWatch* watch = __atomic_load_n(&signal_watchers[number], __ATOMIC_SEQ_CST);
    if (!watch) return;
    int error_before = errno;
    __atomic_fetch_or(&watch->came_, std::uint64_t{1} << number, __ATOMIC_SEQ_CST);
    const std::uint64_t one = 1;
    [[maybe_unused]] const long written = syscall(SYS_write, watch->wake_up_, &one, sizeof(one));
    errno = error_before;
}

}  // namespace co
