// LinuxPoll: what one thread watches and waits for: an epoll instance, and an eventfd that ends its wait.
//
//     LinuxPoll poll;
//     poll.watch(fd, {.read = true});
//     std::array<ReadyFd, 64> ready;
//     auto found = poll.wait(ready, 10ms);        // level-triggered: what is still ready is reported again
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <co/kernel.h>

namespace co {

class LinuxPoll {
  public:
    /// Throws std::system_error when the process has no descriptor left.
    LinuxPoll();
    LinuxPoll(const LinuxPoll&) = delete;
    LinuxPoll& operator=(const LinuxPoll&) = delete;
    ~LinuxPoll();

    Result<void> watch(Fd fd, Readiness interest);
    Result<void> unwatch(Fd fd);
    /// It is about to be closed. A copy of it in another process would keep its entry alive.
    void forget(Fd fd);
    /// Without a limit until something is ready; 0 after an interrupt, a signal or the limit.
    Result<std::size_t> wait(std::span<ReadyFd> ready, std::optional<Duration> limit);
    /// Safe in a signal handler, and from any thread.
    int wake_up() const { return wake_up_; }

  private:
    bool is_watched(Fd fd) const;
    void set_watched(Fd fd, bool watched);

    int epoll_;
    int wake_up_;
    std::vector<bool> watched_;  // by descriptor
};

}  // namespace co
