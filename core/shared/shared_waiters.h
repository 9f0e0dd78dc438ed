// SharedWaiters: coroutines of several processes that wait at one place. For those who build a primitive on shared
// memory.
//
//     co::SharedWaiters waiters(kernel, memory);                   // before the processes are started
//     auto status = waiters.wait(1s, cause, [&] { return has_come(); });  // parks until it has come, or it is woken
//     waiters.wake(1);                                             // from any process
//
// They wait for a descriptor that all of the processes have, so their loops go on meanwhile.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include <co/deadline.h>
#include <co/kernel.h>
#include <co/reactor.h>
#include <co/wait_status.h>

namespace co {

class SharedWaiters {
  public:
    /// What lies in shared memory; zeros: nobody waits.
    struct State {
        std::atomic<std::uint64_t> counts{0};  // who waits, and in the upper half how many of them may go on
    };

    /// Throws std::system_error when there are no descriptors.
    SharedWaiters(Kernel& kernel, State& state);
    SharedWaiters(const SharedWaiters&) = delete;
    SharedWaiters& operator=(const SharedWaiters&) = delete;
    ~SharedWaiters();

    /// Parks until `has_come()`, which is asked at first and whenever this coroutine is woken, or until it is let go on
    /// by wake(). From inside a coroutine.
    WaitStatus wait(Deadline deadline, const WaitCause& cause, const std::function<bool()>& has_come);
    /// Lets at most so many that wait go on; how many. A waiter whose process died may be counted among them: then the
    /// next one that comes goes on at once.
    std::uint32_t wake(std::uint32_t most);
    /// Whoever waits looks again when this process has ended. False: the kernel cannot tell them.
    bool look_at_end_of(ProcessId process) const;
    bool is_waited_at() const { return static_cast<std::uint32_t>(state_.counts.load()) > 0; }

  private:
    bool take_turn();
    void leave(bool was_let_go);

    Kernel& kernel_;
    State& state_;
    Fd waiting_end_;
    Fd waking_end_;
};

}  // namespace co
