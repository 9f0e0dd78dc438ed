#include <co/semaphore.h>

#include <stdexcept>

namespace co {

Semaphore::Semaphore(std::int64_t places, std::string name)
    : Gate(GateKind::semaphore, places, std::move(name)), places_(places) {
    if (places < 0) throw std::invalid_argument("Semaphore: the number of places must not be negative");
}

WaitStatus Semaphore::acquire(Deadline deadline) {
    scheduler_.running();
    if (try_acquire()) return WaitStatus::ok;
    return wait_to_pass(deadline);
}

bool Semaphore::try_acquire() {
    if (places_ == 0) return false;
    passed(--places_);
    return true;
}

void Semaphore::release() {
    scheduler_.running();
    if (waiters_.is_empty()) ++places_;
    let_through(places_);
}

}  // namespace co
