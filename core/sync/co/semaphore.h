// Semaphore: at most n at once.
//
//     co::Semaphore connections(10);
//     connections.acquire();
//     co::defer([&] { connections.release(); });
//
// Waiters are served first come, first served. Called from inside a coroutine.
#pragma once

#include <co/gate.h>

namespace co {

class Semaphore : public Gate {
  public:
    /// `places` may be 0: then release() comes first. Throws std::invalid_argument when negative.
    explicit Semaphore(std::int64_t places, std::string name = {});

    WaitStatus acquire(Deadline deadline = forever);
    bool try_acquire();
    /// Frees one place, or hands it to the first of those that wait. By any coroutine.
    void release();
    std::int64_t places_left() const { return places_; }

  private:
    std::int64_t places_;
};

}  // namespace co
