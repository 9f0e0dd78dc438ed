#include <co/datagram_socket.h>

#include "first_bytes.h"
#include "way.h"

namespace co {

using trace::EventKind;

namespace {

constexpr std::size_t most_in_datagram = 64 * 1024;

Result<Fd> open_for(const Address& address) {
    return Scheduler::current().kernel().open_socket(datagram_kind(address.family));
}

}  // namespace

Result<DatagramSocket> DatagramSocket::open(const Address& address, DatagramOptions options) {
    auto opened = open_for(address);
    if (!opened) return opened.error();
    DatagramSocket socket(*opened);
    if (options.reuse_port)
        if (auto done = socket.set_option(SocketOption::reuse_port, 1); !done) return done.error();
    if (auto bound = socket.kernel().bind(socket.fd(), address); !bound) return bound.error();
    return socket;
}

Result<DatagramSocket> DatagramSocket::connect(const Address& peer) {
    auto opened = open_for(peer);
    if (!opened) return opened.error();
    DatagramSocket socket(*opened);
    if (auto done = socket.kernel().connect(socket.fd(), peer); !done) return done.error();
    tell_way(EventKind::connect, socket.fd(), 0, " > ", peer);
    return socket;
}

Result<std::pair<DatagramSocket, DatagramSocket>> DatagramSocket::pair() {
    auto opened = Scheduler::current().kernel().open_socket_pair(SocketKind::unix_datagram);
    if (!opened) return opened.error();
    return std::pair(DatagramSocket(opened->first), DatagramSocket(opened->second));
}

Result<Packet> DatagramSocket::receive(Deadline deadline) {
    std::string bytes(most_in_datagram, '\0');
    auto room = std::as_writable_bytes(std::span(bytes));
    auto got = retry(Direction::read, deadline, [&] { return kernel().receive_from(fd(), room); });
    if (!got) return got.error();
    bytes.resize(got->bytes);
    record(EventKind::read, static_cast<std::int64_t>(got->bytes), first_bytes(bytes_of(bytes)));
    return Packet{std::move(bytes), std::move(got->from)};
}

Result<void> DatagramSocket::send_to(std::string_view bytes, const Address& to, Deadline deadline) {
    auto content = bytes_of(bytes);
    auto sent = retry(Direction::write, deadline, [&] { return kernel().send_to(fd(), content, to); });
    if (!sent) return sent.error();
    record(EventKind::write, static_cast<std::int64_t>(bytes.size()), first_bytes(content));
    return {};
}

Result<void> DatagramSocket::send(std::string_view bytes, Deadline deadline) {
    auto content = bytes_of(bytes);
    auto sent = retry(Direction::write, deadline, [&] { return kernel().write(fd(), content); });
    if (!sent) return sent.error();
    record(EventKind::write, static_cast<std::int64_t>(bytes.size()), first_bytes(content));
    return {};
}

}  // namespace co
