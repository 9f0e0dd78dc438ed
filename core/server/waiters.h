// Waiters: coroutines that wait for the same thing to change, and look again when they are woken.
//
//     while (!has_room()) if (waiters.wait(place, deadline) != WaitStatus::ok) return;   // one who waits
//     waiters.wake_all();                                                                // one who made room
#pragma once

#include <co/deadline.h>
#include <co/scheduler.h>
#include <co/wait_queue.h>

namespace co::server {

class Waiters {
  public:
    /// The trace must have been told already that the running coroutine parks.
    WaitStatus wait(const WaitPlace& place, Deadline deadline = forever) {
        Scheduler& scheduler = Scheduler::current();
        WaitNode node(scheduler.running());
        queue_.push_back(node);
        return scheduler.park(place, deadline.is_forever() ? TimePoint::max() : deadline.expiry(scheduler.now()),
                              &node);
    }
    void wake_all() {
        while (WaitNode* first = queue_.front()) {
            first->unlink();
            Scheduler::current().wake(*first->coroutine, WaitStatus::ok);
        }
    }
    bool is_empty() const { return queue_.is_empty(); }

  private:
    WaitQueue queue_;
};

}  // namespace co::server
