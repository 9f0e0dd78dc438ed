#include <co/atomic.h>

#include <co/scheduler.h>

#include "shared_waiters.h"

namespace co {

using trace::EventKind;

AtomicLong::AtomicLong(std::int64_t value, std::string name)
    : AtomicLong(Scheduler::current().kernel(), value, std::move(name)) {}

Atomic::Atomic(std::uint32_t value, std::string name) : Atomic(Scheduler::current().kernel(), value, std::move(name)) {}

Atomic::Atomic(Kernel& kernel, std::uint32_t value, std::string name)
    : SharedNumber(kernel, value, std::move(name)),
      waiting_(kernel, sizeof(SharedWaiters::State)),
      waiters_(std::make_unique<SharedWaiters>(kernel, *waiting_.as<SharedWaiters::State>())) {}

Atomic::~Atomic() = default;

bool Atomic::take_one() {
    std::uint32_t expected = 1;
    return number().compare_exchange_strong(expected, 0);
}

WaitStatus Atomic::wait(Deadline deadline) {
    bool has_taken = take_one();
    WaitStatus status = WaitStatus::ok;
    if (!has_taken) {
        const TimePoint expiry = deadline.expiry(Scheduler::current().now());
        const WaitCause cause{
            .event = EventKind::shared_wait,
            .place = {.kind = WaitKind::shared_number, .object = probe().number(), .name = probe().name()},
            .expiry = expiry};
        status = waiters_->wait(deadline, cause, [&] { return has_taken = take_one(); });
        if (status == WaitStatus::ok && !has_taken) take_one();  // what wake() set for this one
    }
    if (SharedProbe::traces())
        probe().tell(EventKind::shared_pass,
                     {.value = number().load(), .text = status == WaitStatus::ok ? "" : name(status)});
    return status;
}

void Atomic::wake(std::uint32_t most) {
    std::uint32_t expected = 0;
    number().compare_exchange_strong(expected, 1);
    const std::uint32_t count = waiters_->wake(most);
    if (SharedProbe::traces()) probe().tell(EventKind::shared_open, {.other = count, .value = number().load()});
}

}  // namespace co
