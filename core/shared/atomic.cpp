#include <co/atomic.h>

#include <co/scheduler.h>

#include "shared_waiters.h"

namespace co {

AtomicLong::AtomicLong(std::int64_t value) : AtomicLong(Scheduler::current().kernel(), value) {}

Atomic::Atomic(std::uint32_t value) : Atomic(Scheduler::current().kernel(), value) {}

Atomic::Atomic(Kernel& kernel, std::uint32_t value)
    : SharedNumber(kernel, value),
      waiting_(kernel, sizeof(SharedWaiters::State)),
      waiters_(std::make_unique<SharedWaiters>(kernel, *waiting_.as<SharedWaiters::State>())) {}

Atomic::~Atomic() = default;

WaitStatus Atomic::wait(Deadline deadline) {
    bool has_taken = cmpset(1, 0);
    if (has_taken) return WaitStatus::ok;
    WaitStatus status = waiters_->wait(deadline, [&] { return has_taken = cmpset(1, 0); });
    if (status == WaitStatus::ok && !has_taken) cmpset(1, 0);  // what wake() set for this one
    return status;
}

void Atomic::wake(std::uint32_t most) {
    cmpset(0, 1);
    waiters_->wake(most);
}

}  // namespace co
