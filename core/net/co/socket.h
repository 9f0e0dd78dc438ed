// Socket: owns a descriptor. What streams, listeners and datagram sockets have in common.
//
//     co::Socket socket(fd);
//     co::Result<co::Address> here = socket.local_address();      // closed when `socket` goes
//
// Moves, does not copy. Used from inside a coroutine. Errors: std::errc::timed_out when the deadline passed,
// std::errc::operation_canceled when the wait was cancelled or the socket closed meanwhile, else the system's own.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <co/deadline.h>
#include <co/kernel.h>
#include <co/reactor.h>

namespace co {

class Socket {
  public:
    Socket() = default;
    /// Takes over an open descriptor.
    explicit Socket(Fd fd);
    Socket(Socket&& other) noexcept : kernel_(std::exchange(other.kernel_, nullptr)), fd_(other.fd_) {}
    Socket& operator=(Socket&& other) noexcept;
    ~Socket() { close(); }

    bool is_open() const { return kernel_ != nullptr; }
    Fd fd() const { return fd_; }
    /// Gives the descriptor away, open.
    Fd release();
    /// Whoever waits for it is woken and told operation_canceled. Closing twice does nothing more.
    void close();

    Result<Address> local_address() const;
    Result<void> set_option(SocketOption option, int value);

  protected:
    /// Throws std::logic_error when it is closed.
    Kernel& kernel() const { return kernel_ ? *kernel_ : no_kernel(); }
    /// Calls `attempt` until it does not say operation_would_block, and waits in between.
    template <typename Attempt>
    auto retry(Direction direction, Deadline deadline, Attempt attempt) const -> decltype(attempt());
    /// The rest of retry(), once the first attempt has failed: not in the way of those that succeed.
    template <typename Outcome, typename Attempt>
    void try_again(Outcome& outcome, Direction direction, Deadline deadline, Attempt attempt) const;
    Result<void> wait(Direction direction, Deadline deadline) const;
    void record(trace::EventKind kind, std::int64_t value, std::string_view text) const;
    [[gnu::cold]] void record_failure(Direction direction, std::error_code why) const;

  private:
    [[noreturn, gnu::cold]] static Kernel& no_kernel();

    Kernel* kernel_ = nullptr;
    Fd fd_{};
};

template <typename Attempt>
auto Socket::retry(Direction direction, Deadline deadline, Attempt attempt) const -> decltype(attempt()) {
    auto outcome = attempt();
    if (!outcome) try_again(outcome, direction, deadline, attempt);
    return outcome;
}

template <typename Outcome, typename Attempt>
[[gnu::noinline]] void Socket::try_again(Outcome& outcome, Direction direction, Deadline deadline,
                                         Attempt attempt) const {
    // Only one who has to wait needs to know the time: the clock costs as much as a few switches.
    bool asks_the_clock = !deadline.is_forever() && !deadline.is_absolute() && !deadline.is_never();
    for (; !outcome; outcome = attempt()) {
        if (outcome.error() != std::errc::operation_would_block) return record_failure(direction, outcome.error());
        if (std::exchange(asks_the_clock, false)) deadline = deadline.expiry(kernel().now());
        if (auto waited = wait(direction, deadline); !waited) {
            outcome = waited.error();
            return;
        }
    }
}

/// The kind of socket that has such addresses.
SocketKind stream_kind(AddressFamily family);
SocketKind datagram_kind(AddressFamily family);

/// "10.0.0.1:9501", "[2001:db8:0:0:0:0:0:1]:9501", or the path of a unix socket.
std::string to_string(const Address& address);

}  // namespace co
