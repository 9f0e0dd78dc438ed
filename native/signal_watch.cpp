#include "native/signal_watch.h"

#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>

namespace co {
namespace {

constexpr std::size_t signal_count = 64;
constexpr std::array watchable = {Signal::hangup, Signal::interrupt, Signal::user1,
                                  Signal::user2,  Signal::terminate, Signal::child};

// A handler is told nothing but the number, and any thread may run it: so this one table is the process's own.
std::array<std::atomic<SignalWatch*>, signal_count> signal_watchers;

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
        SignalWatch* self = this;
        auto number = static_cast<int>(signal);
        if (signal_watchers[static_cast<std::size_t>(number)].compare_exchange_strong(self, nullptr))
            sigaction(number, &before->action, nullptr);
    }
}

Result<void> SignalWatch::watch(Signal signal) {
    auto number = static_cast<int>(signal);
    signal_watchers[static_cast<std::size_t>(number)] = this;
    auto before = std::make_unique<Before>();
    struct sigaction ours {};
    ours.sa_handler = &SignalWatch::handle;
    ours.sa_flags = SA_RESTART | SA_ONSTACK;  // on whatever stack a coroutine has there may be no room
    sigfillset(&ours.sa_mask);
    if (sigaction(number, &ours, &before->action) != 0) {
        signal_watchers[static_cast<std::size_t>(number)] = nullptr;
        return std::error_code(errno, std::generic_category());
    }
    watched_.try_emplace(signal, std::move(before));
    return {};
}

std::optional<Signal> SignalWatch::take() {
    std::uint64_t came = came_.load(std::memory_order_relaxed);
    if (came == 0) return std::nullopt;
    int first = std::countr_zero(came);
    came_.fetch_and(~(std::uint64_t{1} << first));
    return static_cast<Signal>(first);
}

void SignalWatch::leave_to_system() {
    for (Signal signal : watchable) {
        const auto number = static_cast<int>(signal);
        struct sigaction now {};
        sigaction(number, nullptr, &now);
        const SignalWatch* watch = signal_watchers[static_cast<std::size_t>(number)].exchange(nullptr);
        if (watch) now = watch->watched_.at(signal)->action;
        struct sigaction next {};
        next.sa_handler = now.sa_handler == SIG_IGN ? SIG_IGN : SIG_DFL;
        sigaction(number, &next, nullptr);
    }
}

// Only what is safe in a signal handler: atomics that take no lock, write(2).
void SignalWatch::handle(int number) {
    static_assert(std::atomic<SignalWatch*>::is_always_lock_free && std::atomic<std::uint64_t>::is_always_lock_free);
    SignalWatch* watch = signal_watchers[static_cast<std::size_t>(number)];
    if (!watch) return;
    int error_before = errno;
    watch->came_.fetch_or(std::uint64_t{1} << number);
    const std::uint64_t one = 1;
    [[maybe_unused]] ssize_t written = write(watch->wake_up_, &one, sizeof(one));
    errno = error_before;
}

}  // namespace co
