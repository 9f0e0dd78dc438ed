#include <co/udp_client.h>

#include <utility>

#include <co/resolve.h>

namespace co {

Result<void> UdpClient::connect(std::string_view host, std::uint16_t port) {
    OneUser::Turn turn(receiving_, "connect()");
    const auto address = look_up(host, port, timeouts_.connect.value_or(default_connect_timeout));
    if (!address) return address.error();
    return open(*address);
}

Result<void> UdpClient::connect(const Address& address) {
    OneUser::Turn turn(receiving_, "connect()");
    return open(address);
}

Result<void> UdpClient::open(const Address& address) {
    auto opened = DatagramSocket::connect(address);
    if (!opened) return opened.error();
    socket_ = *std::move(opened);
    peeked_.reset();
    return {};
}

Result<void> UdpClient::send(std::string_view bytes, std::optional<Deadline> deadline) {
    if (!socket_.is_open()) return std::errc::not_connected;
    return socket_.send(bytes, deadline.value_or(timeouts_.send.value_or(default_io_timeout)));
}

Result<std::string> UdpClient::receive(std::optional<Deadline> deadline) {
    OneUser::Turn turn(receiving_, "receive()");
    if (peeked_) return *std::exchange(peeked_, std::nullopt);
    return next(deadline);
}

Result<std::string> UdpClient::peek(std::optional<Deadline> deadline) {
    OneUser::Turn turn(receiving_, "peek()");
    if (!peeked_) {
        auto packet = next(deadline);
        if (!packet) return packet;
        peeked_ = *std::move(packet);
    }
    return *peeked_;
}

Result<std::string> UdpClient::next(std::optional<Deadline> deadline) {
    if (!socket_.is_open()) return std::errc::not_connected;
    auto packet = socket_.receive(deadline.value_or(timeouts_.receive.value_or(default_io_timeout)));
    if (!packet) return packet.error();
    return std::move(packet->bytes);
}

}  // namespace co
