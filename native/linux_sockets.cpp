// The socket calls of LinuxKernel.
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include <co/linux_kernel.h>

#include "native/linux_address.h"
#include "native/linux_error.h"
#include "native/linux_fd.h"
#include "native/linux_poll.h"

namespace co {
namespace {

struct SystemKind {
    int family;
    int type;
};

SystemKind system_kind(SocketKind kind) {
    switch (kind) {
        case SocketKind::tcp4:
            return {AF_INET, SOCK_STREAM};
        case SocketKind::tcp6:
            return {AF_INET6, SOCK_STREAM};
        case SocketKind::udp4:
            return {AF_INET, SOCK_DGRAM};
        case SocketKind::udp6:
            return {AF_INET6, SOCK_DGRAM};
        case SocketKind::unix_stream:
            return {AF_UNIX, SOCK_STREAM};
        case SocketKind::unix_datagram:
            return {AF_UNIX, SOCK_DGRAM};
    }
    return {AF_UNSPEC, 0};
}

constexpr int ours = SOCK_NONBLOCK | SOCK_CLOEXEC;

template <typename Value>
Result<void> set(Fd fd, int level, int option, const Value& value) {
    if (setsockopt(number(fd), level, option, &value, sizeof(value)) != 0) return last_error();
    return {};
}

int int_option(Fd fd, int option) {
    int value = 0;
    socklen_t size = sizeof(value);
    return getsockopt(number(fd), SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

Result<std::size_t> counted(ssize_t bytes) {
    if (bytes < 0) return last_error();
    return static_cast<std::size_t>(bytes);
}

/// write(2) to a pipe whose reader is gone sends SIGPIPE, and no flag prevents it: so it is held off, and taken back.
ssize_t write_without_signal(Fd fd, std::span<const std::byte> bytes) {
    sigset_t pipe_signal, before, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t written = uninterrupted([&] { return ::write(number(fd), bytes.data(), bytes.size()); });
    const int why = errno;
    if (written < 0 && why == EPIPE && !was_pending) {
        const timespec at_once{};
        sigtimedwait(&pipe_signal, nullptr, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = why;
    return written;
}

/// Whether nobody listens at a path: its file was left by somebody who died.
bool is_abandoned(const SystemAddress& address, int type) {
    const int probe = ::socket(AF_UNIX, type | ours, 0);
    if (probe < 0) return false;
    const bool refused = ::connect(probe, address.pointer(), address.size) != 0 && errno == ECONNREFUSED;
    ::close(probe);
    return refused;
}

}  // namespace

// -- opening ---------------------------------------------------------------------------------------------------------

Result<Fd> LinuxKernel::open_socket(SocketKind kind) {
    const SystemKind wanted = system_kind(kind);
    const int fd = ::socket(wanted.family, wanted.type | ours, 0);
    if (fd < 0) return last_error();
    // A port of IPv6 is not one of IPv4 too, whatever net.ipv6.bindv6only says.
    if (wanted.family == AF_INET6) static_cast<void>(set(Fd{fd}, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    return Fd{fd};
}

Result<std::pair<Fd, Fd>> LinuxKernel::open_socket_pair(SocketKind kind) {
    const SystemKind wanted = system_kind(kind);
    std::array<int, 2> ends{};
    if (::socketpair(wanted.family, wanted.type | ours, 0, ends.data()) != 0) return last_error();
    return std::pair(Fd{ends[0]}, Fd{ends[1]});
}

Result<void> LinuxKernel::bind(Fd fd, const Address& address) {
    auto there = to_system(address);
    if (!there) return there.error();
    const int type = int_option(fd, SO_TYPE);
    const bool is_path = address.family == AddressFamily::unix_socket;
    // A port whose last connections are in TIME_WAIT is free again (tcp(7)); two listeners still cannot have it.
    if (!is_path && type == SOCK_STREAM)
        if (auto done = set(fd, SOL_SOCKET, SO_REUSEADDR, 1); !done) return done;
    int failed = ::bind(number(fd), there->pointer(), there->size);
    if (failed && is_path && errno == EADDRINUSE) {
        if (!is_abandoned(*there, type)) return std::errc::address_in_use;
        ::unlink(address.path.c_str());
        failed = ::bind(number(fd), there->pointer(), there->size);
    }
    if (failed) return last_error();
    if (is_path) paths_[fd] = address.path;
    return {};
}

Result<void> LinuxKernel::listen(Fd fd, int backlog) {
    if (::listen(number(fd), backlog) != 0) return last_error();
    return {};
}

Result<Accepted> LinuxKernel::accept(Fd fd) {
    for (;;) {
        SystemAddress peer;
        const int accepted = ::accept4(number(fd), peer.pointer(), &peer.size, ours);
        if (accepted >= 0) return Accepted{Fd{accepted}, from_system(peer)};
        // A connection that broke before it was taken is no failure of this call: accept(2).
        if (errno != EINTR && errno != ECONNABORTED && errno != EPROTO) return last_error();
    }
}

Result<void> LinuxKernel::connect(Fd fd, const Address& address) {
    auto there = to_system(address);
    if (!there) return there.error();
    if (::connect(number(fd), there->pointer(), there->size) == 0) return {};
    if (errno == EINTR) return std::errc::operation_in_progress;
    return last_error();
}

Result<void> LinuxKernel::take_error(Fd fd) {
    const int why = int_option(fd, SO_ERROR);
    if (why < 0) return last_error();
    if (why > 0) return std::error_code(why, std::generic_category());
    return {};
}

// -- reading, writing ------------------------------------------------------------------------------------------------

[[gnu::hot]] Result<std::size_t> LinuxKernel::read(Fd fd, std::span<std::byte> buffer) {
    // What read(2) does with a socket, without the way through the file system.
    const ssize_t got = uninterrupted([&] { return ::recv(number(fd), buffer.data(), buffer.size(), 0); });
    if (got < 0 && errno == ENOTSOCK)
        return counted(uninterrupted([&] { return ::read(number(fd), buffer.data(), buffer.size()); }));
    return counted(got);
}

[[gnu::hot]] Result<std::size_t> LinuxKernel::write(Fd fd, std::span<const std::byte> bytes) {
    const ssize_t sent = uninterrupted([&] { return ::send(number(fd), bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    if (sent < 0 && errno == ENOTSOCK) return counted(write_without_signal(fd, bytes));
    return counted(sent);
}

Result<Datagram> LinuxKernel::receive_from(Fd fd, std::span<std::byte> buffer) {
    SystemAddress from;
    const auto got = counted(uninterrupted([&] {
        from.size = sizeof(from.storage);
        return ::recvfrom(number(fd), buffer.data(), buffer.size(), 0, from.pointer(), &from.size);
    }));
    if (!got) return got.error();
    return Datagram{*got, from_system(from)};
}

Result<std::size_t> LinuxKernel::send_to(Fd fd, std::span<const std::byte> bytes, const Address& to) {
    auto there = to_system(to);
    if (!there) return there.error();
    return counted(uninterrupted(
        [&] { return ::sendto(number(fd), bytes.data(), bytes.size(), MSG_NOSIGNAL, there->pointer(), there->size); }));
}

Result<void> LinuxKernel::shut_down(Fd fd, ShutdownHow how) {
    constexpr std::array system_how = {SHUT_RD, SHUT_WR, SHUT_RDWR};
    if (::shutdown(number(fd), system_how[static_cast<std::size_t>(how)]) != 0) return last_error();
    return {};
}

Result<void> LinuxKernel::close(Fd fd) {
    poll_->forget(fd);
    if (auto bound = paths_.find(fd); bound != paths_.end()) {
        ::unlink(bound->second.c_str());
        paths_.erase(bound);
    }
    // After EINTR the descriptor is gone all the same: close(2).
    if (::close(number(fd)) != 0 && errno != EINTR) return last_error();
    return {};
}

// -- options, names --------------------------------------------------------------------------------------------------

Result<void> LinuxKernel::set_option(Fd fd, SocketOption option, int value) {
    switch (option) {
        case SocketOption::reuse_port:
            return set(fd, SOL_SOCKET, SO_REUSEPORT, value);
        case SocketOption::no_delay:
            return set(fd, IPPROTO_TCP, TCP_NODELAY, value);
        case SocketOption::keep_alive:
            return set(fd, SOL_SOCKET, SO_KEEPALIVE, value);
        case SocketOption::keep_alive_idle:
            return set(fd, IPPROTO_TCP, TCP_KEEPIDLE, value);
        case SocketOption::keep_alive_interval:
            return set(fd, IPPROTO_TCP, TCP_KEEPINTVL, value);
        case SocketOption::keep_alive_probes:
            return set(fd, IPPROTO_TCP, TCP_KEEPCNT, value);
        case SocketOption::send_buffer:
            return set(fd, SOL_SOCKET, SO_SNDBUF, value);
        case SocketOption::receive_buffer:
            return set(fd, SOL_SOCKET, SO_RCVBUF, value);
        case SocketOption::linger:
            return set(fd, SOL_SOCKET, SO_LINGER, ::linger{.l_onoff = value >= 0, .l_linger = value});
    }
    return std::errc::invalid_argument;
}

Result<Address> LinuxKernel::local_address(Fd fd) {
    SystemAddress here;
    if (::getsockname(number(fd), here.pointer(), &here.size) != 0) return last_error();
    return from_system(here);
}

Result<Address> LinuxKernel::peer_address(Fd fd) {
    SystemAddress there;
    if (::getpeername(number(fd), there.pointer(), &there.size) != 0) return last_error();
    return from_system(there);
}

}  // namespace co
