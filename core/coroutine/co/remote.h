// Remote: how other threads reach a scheduler.
//
//     co::Remote home;                                  // made inside a coroutine, handed to another thread
//     std::thread worker([home] { home.post([] { fmt::print("back on the scheduler's thread\n"); }); });
//
// As long as a Remote is alive the scheduler waits for it: the run does not end, and parked coroutines are no deadlock.
// A copy is cheap and means the same scheduler. Needs a kernel with threads (LinuxKernel).
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include <co/scheduler.h>

namespace co {

/// What another thread wants of a scheduler.
struct RemoteWork {
    Callable call;
    bool is_for_loop;  // the loop itself calls it: it must not wait
};

/// What a scheduler and the Remotes that reach it share.
class RemoteQueue {
  public:
    explicit RemoteQueue(Kernel& kernel) : kernel_(&kernel) {}

    /// From any thread.
    bool post(RemoteWork work);
    void opened();
    void closed();

    /// For the scheduler's thread.
    std::vector<RemoteWork> take();
    bool is_open();
    /// The scheduler has ended: what comes from now on is refused.
    void shut();

  private:
    std::mutex mutex_;
    std::vector<RemoteWork> work_;
    std::size_t open_ = 0;
    Kernel* kernel_;  // null when the scheduler has ended
};

class Remote {
  public:
    /// For the scheduler of this thread; from inside a coroutine.
    Remote() : Remote(Scheduler::current().remote_queue()) {}
    Remote(const Remote& other) : Remote(other.queue_) {}
    Remote& operator=(const Remote&) = delete;
    ~Remote() { queue_->closed(); }

    /// From any thread: runs `work` in a fresh coroutine of the scheduler, in the order of posting. False when that
    /// scheduler has ended; `work` is then dropped.
    bool post(Callable work) const { return queue_->post({std::move(work), false}); }
    /// For those who build primitives: the same, but the event loop itself calls `work`, to wake somebody.
    bool post_to_loop(Callable work) const { return queue_->post({std::move(work), true}); }

  private:
    explicit Remote(std::shared_ptr<RemoteQueue> queue) : queue_(std::move(queue)) { queue_->opened(); }

    std::shared_ptr<RemoteQueue> queue_;
};

}  // namespace co
