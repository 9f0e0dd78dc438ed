#include <co/gate.h>

namespace co {

using trace::EventKind;

namespace {
WaitKind wait_kind(GateKind kind) {
    switch (kind) {
        case GateKind::mutex:
            return WaitKind::lock;
        case GateKind::semaphore:
            return WaitKind::acquire;
        case GateKind::barrier:
            break;
    }
    return WaitKind::barrier;
}
}  // namespace

Gate::Gate(GateKind kind, std::int64_t places, std::string name)
    : scheduler_(Scheduler::current()), name_(std::move(name)), number_(scheduler_.next_gate_id()), kind_(kind) {
    scheduler_.record(EventKind::gate,
                      {.object = number_, .other = static_cast<std::uint32_t>(kind), .value = places, .text = name_});
}

WaitStatus Gate::wait_to_pass(Deadline deadline) {
    WaitNode waiter(scheduler_.running());
    std::optional<TimePoint> expiry = scheduler_.wait_until(deadline);
    if (!expiry) {
        passed(0, name(WaitStatus::timeout));
        return WaitStatus::timeout;
    }
    scheduler_.record(EventKind::gate_wait, {.object = number_, .value = event_time(*expiry)});
    waiters_.push_back(waiter);
    return scheduler_.park({.kind = wait_kind(kind_), .object = number_, .name = name_}, *expiry, &waiter);
}

void Gate::passed(std::int64_t places_left, std::string_view refusal) {
    scheduler_.record(EventKind::gate_pass, {.object = number_, .value = places_left, .text = refusal});
}

Coroutine* Gate::let_through(std::int64_t places_left) {
    WaitNode* first = waiters_.front();
    Coroutine* coroutine = first ? first->coroutine : nullptr;
    scheduler_.record(
        EventKind::gate_open,
        {.object = number_, .other = coroutine ? id_of(*coroutine) : trace::nobody, .value = places_left});
    if (coroutine) scheduler_.wake(*coroutine, WaitStatus::ok);
    return coroutine;
}

}  // namespace co
