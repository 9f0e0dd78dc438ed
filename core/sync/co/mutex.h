// Mutex: one coroutine at a time, also across its waits.
//
//     co::Mutex account;
//     {
//         co::MutexLock lock(account);
//         auto balance = read();       // may wait: nobody else is in here
//         write(balance - 10);
//     }
//
// Coroutines of one thread never run at the same time, so a mutex is needed only where one waits half-way. Waiters are
// served first come, first served. Called from inside a coroutine.
#pragma once

#include <optional>

#include <co/gate.h>

namespace co {

class Mutex : public Gate {
  public:
    /// The name is for reports and the studio.
    explicit Mutex(std::string name = {}) : Gate(GateKind::mutex, 1, std::move(name)) {}

    /// Throws std::logic_error when the running coroutine holds it already: it would wait for itself.
    WaitStatus lock(Deadline deadline = forever);
    bool try_lock();
    /// Hands it to the first of those that wait. Throws std::logic_error when the running coroutine does not hold it.
    void unlock();
    bool is_locked() const { return owner_.has_value(); }

  private:
    std::optional<CoroutineId> owner_;  // an id, not a pointer: an ended owner's record is somebody else's
};

/// Holds a Mutex as long as it lives. Throws std::runtime_error when its wait was cancelled.
class MutexLock {
  public:
    explicit MutexLock(Mutex& mutex);
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;
    ~MutexLock() { mutex_.unlock(); }

  private:
    Mutex& mutex_;
};

}  // namespace co
