// SignalWatch: signals as something to wait for, instead of what the system would do with them.
//
//     SignalWatch signals(wake_up);                     // an eventfd that poll() watches
//     signals.watch(Signal::terminate);
//     …                                                 // poll() returns when one comes
//     while (auto signal = signals.take()) …
//
// Signals belong to a process: who watched one last gets it, on whichever of its threads the system delivers it.
#pragma once

#include <signal.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <system_error>

#include <co/kernel.h>

namespace co {

/// Every signal that a kernel may watch.
sigset_t watchable_signals();

class SignalWatch {
  public:
    explicit SignalWatch(int wake_up);
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;
    /// What happened before when one of its signals came, happens again.
    ~SignalWatch();

    /// An error for a signal that no program can catch.
    Result<void> watch(Signal signal);
    /// One that came, each kind once however often it came meanwhile, the lowest number first.
    std::optional<Signal> take();

    /// In a process that was just forked: nothing is watched there. As after exec(), what was handled does again what
    /// the system does, and what was ignored stays so.
    static void leave_to_system();

  private:
    struct Before;  // what the system did before
    static void handle(int number);

    int wake_up_;
    std::uint64_t came_ = 0;  // bit n: signal n; the handler sets them, so atomically
    std::map<Signal, std::unique_ptr<Before>> watched_;
};

}  // namespace co
