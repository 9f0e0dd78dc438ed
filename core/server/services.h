// Services: the coroutines that a server runs for itself, told apart from those of the program.
//
//     services.go("heartbeat", [&] { … });
//     services.others();     // how many coroutines of the program are alive
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <co/coroutine.h>

namespace co::server {

class Services {
  public:
    /// What its coroutines refer to: it lives as long as any of them, also when they are unwound.
    void keep_alive(std::weak_ptr<void> what) { kept_ = std::move(what); }
    std::shared_ptr<void> kept() const { return kept_.lock(); }
    /// Runs `body` as co::go() does, on a small stack: there may be many.
    CoroutineId go(std::string name, Callable body);
    /// Of the coroutines that are alive those that the program started, or events for it. The caller is a service.
    std::size_t others() const { return co::stats().alive - *count_ - 1; }
    /// They have been told to end: waits until they have.
    void wait_for_all() const {
        while (*count_ > 0 && co::sleep(look_again) == WaitStatus::ok) {
        }
    }

    /// One service, until its coroutine is gone.
    class Counted {
      public:
        explicit Counted(std::shared_ptr<std::size_t> count) : count_(std::move(count)) {}
        Counted(Counted&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
        Counted& operator=(Counted&&) = delete;
        ~Counted() {
            if (count_) --*count_;
        }

      private:
        std::shared_ptr<std::size_t> count_;
    };
    /// For a coroutine that go() did not begin.
    Counted one_more() {
        ++*count_;
        return Counted(count_);
    }

  private:
    static constexpr Duration look_again = std::chrono::milliseconds(1);
    static constexpr std::size_t stack_bytes = 64 * 1024;

    std::weak_ptr<void> kept_;
    std::shared_ptr<std::size_t> count_ = std::make_shared<std::size_t>(0);
};

}  // namespace co::server
