#include <co/shared_lock.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include <co/scheduler.h>

#include "shared_waiters.h"
#include "shared_word.h"

namespace co {

using trace::EventKind;

namespace {

/// So often one who waits asks whether the holder is alive, where its death wakes nobody.
constexpr Duration look_again = std::chrono::milliseconds(100);

std::uint32_t number(ProcessId process) { return static_cast<std::uint32_t>(process); }

}  // namespace

struct SharedLock::State {
    std::atomic<std::uint32_t> holder;     // a process, or 0
    std::atomic<std::uint32_t> coroutine;  // of the holder
    std::atomic<std::uint32_t> line;       // of its source, at which it took it; 0: unknown
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

SharedLock::SharedLock(std::string name) : SharedLock(Scheduler::current().kernel(), std::move(name)) {}

SharedLock::SharedLock(Kernel& kernel, std::string name)
    : memory_(kernel, sizeof(State)),
      probe_(SharedKind::lock, std::move(name), 0),
      waiters_(std::make_unique<SharedWaiters>(kernel, state().waiters)) {}

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
    if (is_taken) state().line.store(Scheduler::current().line());
    if (is_taken && waiters_->is_waited_at()) waiters_->look_at_end_of(kernel.process_id());
    return is_taken;
}

/// ", which co#2 holds, taken at line 7": who keeps others waiting.
std::string SharedLock::who_holds(const void* lock) {
    const State& state = static_cast<const SharedLock*>(lock)->state();
    const std::uint32_t holder = state.holder.load(), coroutine = state.coroutine.load(), line = state.line.load();
    if (holder == 0) return "";
    Scheduler& scheduler = Scheduler::current();
    const std::string who = coroutine == 0 ? "main" : "co#" + std::to_string(coroutine);
    const std::string where = line == 0 ? "" : ", taken at line " + std::to_string(line);
    if (holder != number(scheduler.kernel().process_id()))
        return ", which " + who + " of process " + std::to_string(holder) + " holds" + where;
    const bool has_ended = !scheduler.exists(coroutine);
    return ", which " + who + (has_ended ? " still held when it ended" : " holds") + where;
}

LockStatus SharedLock::lock(Deadline deadline) {
    if (is_mine()) throw std::logic_error("lock(): this coroutine holds it already");
    LockStatus how = LockStatus::ok;
    if (!take(how)) how = wait(deadline.expiry(Scheduler::current().now()));
    if (SharedProbe::traces())
        probe_.tell(EventKind::shared_pass,
                    {.value = how <= LockStatus::recovered, .text = how == LockStatus::ok ? "" : name(how)});
    return how;
}

LockStatus SharedLock::wait(TimePoint expiry) {
    Scheduler& scheduler = Scheduler::current();
    LockStatus how = LockStatus::timeout;
    bool has_it = false;
    const WaitCause cause{.event = EventKind::shared_wait,
                          .place = {.kind = WaitKind::shared_lock,
                                    .object = probe_.number(),
                                    .name = probe_.name(),
                                    .remark = &who_holds,
                                    .about = this},
                          .expiry = expiry};
    auto try_again = [&] { return has_it = take(how); };
    while (!has_it) {
        // One of this process lets go of it, or all of them end together.
        const std::uint32_t holder = state().holder.load();
        const bool may_die = holder != number(scheduler.kernel().process_id());
        const bool must_look = may_die && !waiters_->look_at_end_of(ProcessId{static_cast<std::int32_t>(holder)});
        TimePoint until = must_look ? std::min(expiry, scheduler.now() + look_again) : expiry;
        Deadline limit = until == TimePoint::max() ? Deadline(forever) : Deadline(until);
        WaitStatus status = waiters_->wait(limit, cause, try_again);
        if (has_it) break;
        if (status == WaitStatus::cancelled) return LockStatus::cancelled;
        if (status == WaitStatus::timeout && scheduler.now() >= expiry) return LockStatus::timeout;
    }
    return how;
}

void SharedLock::unlock() {
    if (!is_mine()) throw std::logic_error("unlock(): this coroutine does not hold it");
    state().holder.store(0);
    const std::uint32_t count = waiters_->wake(1);
    if (SharedProbe::traces()) probe_.tell(EventKind::shared_open, {.other = count});
}

}  // namespace co
