#include <co/barrier.h>

#include <stdexcept>

namespace co {

Barrier::Barrier(std::int64_t parties, std::string name)
    : Gate(GateKind::barrier, parties, std::move(name)), parties_(parties) {
    if (parties < 1) throw std::invalid_argument("Barrier: needs at least one party");
}

WaitStatus Barrier::wait(Deadline deadline) {
    scheduler_.running();
    auto waiting = static_cast<std::int64_t>(waiters_.size());
    if (waiting + 1 < parties_) return wait_to_pass(deadline);
    passed(parties_);
    while (!waiters_.is_empty()) let_through(0);
    return WaitStatus::ok;
}

}  // namespace co
