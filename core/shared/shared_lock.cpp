#include <co/shared_lock.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include <co/scheduler.h>

#include "shared_waiters.h"
#include "shared_word.h"

namespace co {
namespace {

/// So often one who waits asks whether the holder is alive: its death wakes nobody.
constexpr Duration look_again = std::chrono::milliseconds(100);

std::uint32_t number(ProcessId process) { return static_cast<std::uint32_t>(process); }

}  // namespace

struct SharedLock::State {
    std::atomic<std::uint32_t> holder;     // a process, or 0
    std::atomic<std::uint32_t> coroutine;  // of the holder
    SharedWaiters::State waiters;
};

std::string_view name(LockStatus status) {
    switch (status) {
        case LockStatus::ok:
            return "ok";
        case LockStatus::recovered:
            return "recovered";
        case LockStatus::timeout:
            return "timeout";
        case LockStatus::cancelled:
            return "cancelled";
    }
    return "unknown";
}

SharedLock::SharedLock() : SharedLock(Scheduler::current().kernel()) {}

SharedLock::SharedLock(Kernel& kernel)
    : memory_(kernel, sizeof(State)), waiters_(std::make_unique<SharedWaiters>(kernel, state().waiters)) {}

SharedLock::~SharedLock() = default;

SharedLock::State& SharedLock::state() const { return *memory_.as<State>(); }

bool SharedLock::is_mine() const {
    Scheduler& scheduler = Scheduler::current();
    return state().holder.load() == number(scheduler.kernel().process_id()) &&
           state().coroutine.load() == scheduler.id();
}

/// Takes it when it is free, or its holder is dead.
bool SharedLock::take(LockStatus& how) {
    Kernel& kernel = Scheduler::current().kernel();
    const std::uint32_t self = number(kernel.process_id());
    std::uint32_t holder = 0;
    how = LockStatus::ok;
    bool is_taken = state().holder.compare_exchange_strong(holder, self);
    if (!is_taken && holder != self && !kernel.is_alive(ProcessId{static_cast<std::int32_t>(holder)})) {
        how = LockStatus::recovered;
        is_taken = state().holder.compare_exchange_strong(holder, self);
    }
    if (is_taken) state().coroutine.store(Scheduler::current().id());
    return is_taken;
}

LockStatus SharedLock::lock(Deadline deadline) {
    if (is_mine()) throw std::logic_error("lock(): this coroutine holds it already");
    LockStatus how = LockStatus::ok;
    if (take(how)) return how;
    Scheduler& scheduler = Scheduler::current();
    const TimePoint expiry = deadline.expiry(scheduler.now());
    bool has_it = false;
    auto try_again = [&] { return has_it = take(how); };
    while (!has_it) {
        // One of this process lets go of it, or all of them end together.
        bool may_die = state().holder.load() != number(scheduler.kernel().process_id());
        TimePoint until = may_die ? std::min(expiry, scheduler.now() + look_again) : expiry;
        Deadline limit = until == TimePoint::max() ? Deadline(forever) : Deadline(until);
        WaitStatus status = waiters_->wait(limit, try_again);
        if (has_it) break;
        if (status == WaitStatus::cancelled) return LockStatus::cancelled;
        if (status == WaitStatus::timeout && scheduler.now() >= expiry) return LockStatus::timeout;
    }
    return how;
}

void SharedLock::unlock() {
    if (!is_mine()) throw std::logic_error("unlock(): this coroutine does not hold it");
    state().holder.store(0);
    waiters_->wake(1);
}

}  // namespace co
