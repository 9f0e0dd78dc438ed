#include "native/helper_threads.h"

#include <signal.h>

#include <system_error>

namespace co {
namespace {

constexpr std::size_t most_threads = 4;

/// Threads that are made meanwhile take no signals: those are for the scheduler's thread.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_{};
};

}  // namespace

HelperThreads::~HelperThreads() {
    {
        std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    has_work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

Result<void> HelperThreads::give(std::function<void()> call) {
    std::lock_guard lock(mutex_);
    bool all_are_busy = waiting_.size() >= idle_;
    if (all_are_busy && threads_.size() < most_threads) {
        auto added = add_thread();
        if (!added && threads_.empty()) return added;
    }
    waiting_.push_back(std::move(call));
    has_work_.notify_one();
    return {};
}

Result<void> HelperThreads::add_thread() {
    try {
        const SignalsBlocked blocked;
        threads_.emplace_back([this] { help(); });
        return {};
    } catch (const std::system_error& error) {
        return error.code();
    }
}

void HelperThreads::help() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        has_work_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
        --idle_;
        if (is_ending_) return;
        std::function<void()> call = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        call();
        call = nullptr;  // what it holds is let go of before the lock is taken
        lock.lock();
    }
}

}  // namespace co
