#include <co/mutex.h>

#include <stdexcept>

namespace co {

WaitStatus Mutex::lock(Deadline deadline) {
    if (owner_ == scheduler_.id())
        throw std::logic_error("Mutex::lock(): this coroutine holds it already and would wait for itself");
    if (try_lock()) return WaitStatus::ok;
    return wait_to_pass(deadline);  // unlock() makes this coroutine the owner before it is woken
}

bool Mutex::try_lock() {
    if (owner_) return false;
    owner_ = scheduler_.id();
    passed(0);
    return true;
}

void Mutex::unlock() {
    if (owner_ != scheduler_.id()) throw std::logic_error("Mutex::unlock(): this coroutine does not hold it");
    Coroutine* next = let_through(waiters_.is_empty() ? 1 : 0);
    owner_ = next ? std::optional(id_of(*next)) : std::nullopt;
}

MutexLock::MutexLock(Mutex& mutex) : mutex_(mutex) {
    if (mutex.lock() != WaitStatus::ok) throw std::runtime_error("the wait for a mutex was cancelled");
}

}  // namespace co
