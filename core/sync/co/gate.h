// Gate: what a mutex, a semaphore and a barrier share: a queue of those that wait to pass, and what the trace is told.
//
//     co::Mutex door("front door");
//     co::Gate& gate = door;
//     fmt::print("gate {} in the trace\n", gate.number());
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <co/deadline.h>
#include <co/scheduler.h>
#include <co/wait_queue.h>
#include <co/wait_status.h>

namespace co {

enum class GateKind : std::uint8_t { mutex, semaphore, barrier };

class Gate {
  public:
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    /// Its number in traces, from 1.
    std::uint32_t number() const { return number_; }

  protected:
    Gate(GateKind kind, std::int64_t places, std::string name);
    ~Gate() = default;

    /// Parks until let_through() or the deadline; without waiting when the deadline has passed already.
    WaitStatus wait_to_pass(Deadline deadline);
    void passed(std::int64_t places_left, std::string_view refusal = {});
    /// Makes the first of those that wait ready and returns it; null when nobody does.
    Coroutine* let_through(std::int64_t places_left);

    Scheduler& scheduler_;
    WaitQueue waiters_;

  private:
    std::string name_;
    std::uint32_t number_;
    GateKind kind_;
};

}  // namespace co
