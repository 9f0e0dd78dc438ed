// WaitGroup: wait until a number of coroutines are done.
//
//     co::WaitGroup group;
//     for (auto& url : urls) group.go([&] { bodies[url] = fetch(url); });
//     group.wait();                      // captured references are safe: wait() outlives the coroutines
//
// Reusable: after wait() it can be added to again. Called from inside a coroutine. (Tutorial 1.3.16.)
#pragma once

#include <cstdint>
#include <string>

#include <co/callable.h>
#include <co/deadline.h>
#include <co/scheduler.h>
#include <co/source_place.h>
#include <co/wait_queue.h>
#include <co/wait_status.h>

namespace co {

class WaitGroup {
  public:
    /// The name is for reports and the studio.
    explicit WaitGroup(std::string name = {});
    WaitGroup(const WaitGroup&) = delete;
    WaitGroup& operator=(const WaitGroup&) = delete;

    /// Expects `count` more calls of done(). Throws std::logic_error while somebody waits, or when the count would be
    /// negative.
    void add(std::int64_t count = 1);
    /// One less; at 0 those that wait are made ready, in their order. Throws std::logic_error when the count is 0.
    void done();
    /// Waits until the count is 0.
    WaitStatus wait(Deadline deadline = forever);
    /// add(), and a coroutine that calls done() at its end, also after an exception.
    CoroutineId go(Callable body, SourcePlace where = SourcePlace::here());

    std::int64_t count() const { return count_; }
    /// Its number in traces, from 1.
    std::uint32_t number() const { return number_; }

  private:
    Scheduler& scheduler_;
    WaitQueue waiters_;
    std::string name_;
    std::int64_t count_ = 0;
    std::uint32_t number_;
};

}  // namespace co
