#include <co/socket.h>

#include <stdexcept>

#include "failure_text.h"
namespace co {

using trace::EventKind;

Socket::Socket(Fd fd) : kernel_(&Scheduler::current().kernel()), fd_(fd) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this == &other) return *this;
    close();
    kernel_ = std::exchange(other.kernel_, nullptr);
    fd_ = other.fd_;
    return *this;
}

Fd Socket::release() {
    kernel_ = nullptr;
    return fd_;
}

void Socket::close() {
    if (!kernel_) return;
    Kernel& kernel = *std::exchange(kernel_, nullptr);
    Scheduler* scheduler = Scheduler::current_or_null();
    if (scheduler && scheduler->descriptors()) {
        Reactor::current().forget(fd_);
        scheduler->record(EventKind::fd_close, {.object = static_cast<std::uint32_t>(fd_)});
    }
    static_cast<void>(kernel.close(fd_));  // it is gone, whatever close(2) says
}

Kernel& Socket::no_kernel() { throw std::logic_error("this socket is closed, or was moved from"); }

Result<Address> Socket::local_address() const { return kernel().local_address(fd_); }

Result<void> Socket::set_option(SocketOption option, int value) { return kernel().set_option(fd_, option, value); }

Result<void> Socket::wait(Direction direction, Deadline deadline) const {
    Kernel* before = kernel_;
    WaitStatus status = Reactor::current().wait(fd_, direction, deadline);
    std::error_code why;
    if (status == WaitStatus::timeout) why = std::make_error_code(std::errc::timed_out);
    if (status == WaitStatus::cancelled || kernel_ != before) why = std::make_error_code(std::errc::operation_canceled);
    if (why) record_failure(direction, why);
    return why ? Result<void>(why) : Result<void>();
}

void Socket::record(EventKind kind, std::int64_t value, std::string_view text) const {
    Scheduler::current().record(kind, {.object = static_cast<std::uint32_t>(fd_), .value = value, .text = text});
}

void Socket::record_failure(Direction direction, std::error_code why) const {
    Scheduler& scheduler = Scheduler::current();
    if (scheduler.traces()) record(EventKind::io_failed, direction == Direction::write, failure_text(why));
}

SocketKind stream_kind(AddressFamily family) {
    switch (family) {
        case AddressFamily::ip4:
            return SocketKind::tcp4;
        case AddressFamily::ip6:
            return SocketKind::tcp6;
        case AddressFamily::unix_socket:
            break;
    }
    return SocketKind::unix_stream;
}

SocketKind datagram_kind(AddressFamily family) {
    switch (family) {
        case AddressFamily::ip4:
            return SocketKind::udp4;
        case AddressFamily::ip6:
            return SocketKind::udp6;
        case AddressFamily::unix_socket:
            break;
    }
    return SocketKind::unix_datagram;
}

namespace {
std::string ip6_text(const Address& address) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t part = 0; part < 16; part += 2) {
        const unsigned value = unsigned{address.ip[part]} << 8 | address.ip[part + 1];
        std::string group;
        for (int shift = 12; shift >= 0; shift -= 4)
            if (const unsigned digit = value >> shift & 15; digit || !group.empty() || shift == 0)
                group += digits[digit];
        text += (part ? ":" : "") + group;
    }
    return '[' + text + "]:" + std::to_string(address.port);
}
}  // namespace

std::string to_string(const Address& address) {
    if (address.family == AddressFamily::unix_socket) return address.path;
    if (address.family == AddressFamily::ip6) return ip6_text(address);
    std::string text;
    for (std::size_t part = 0; part < 4; ++part) text += (part ? "." : "") + std::to_string(address.ip[part]);
    return text + ':' + std::to_string(address.port);
}

}  // namespace co
