// HelperThreads: a few threads that make the calls that may block.
//
//     HelperThreads helpers;
//     helpers.give([] { … getaddrinfo(…) … });      // called by one of them, first come first served
//
// A thread is made when a call finds none idle, up to a few. No signal is delivered on them.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <co/result.h>

namespace co {

class HelperThreads {
  public:
    HelperThreads() = default;
    HelperThreads(const HelperThreads&) = delete;
    HelperThreads& operator=(const HelperThreads&) = delete;
    /// Waits for the calls that are being made; those that have not begun are dropped.
    ~HelperThreads();

    /// From any thread. An error when there is no thread and none can be made.
    Result<void> give(std::function<void()> call);

  private:
    void help();
    Result<void> add_thread();

    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> waiting_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool is_ending_ = false;
};

}  // namespace co
