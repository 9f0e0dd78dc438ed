// DatagramSocket: UDP, or datagrams between the processes of one machine.
//
//     auto socket = co::DatagramSocket::open(co::Address::ip4(127, 0, 0, 1, 0));
//     if (socket->send_to("ping", co::Address::ip4(127, 0, 0, 1, 9502)))
//         if (auto answer = socket->receive(1s)) fmt::print("{}\n", answer->bytes);
//
// A UDP datagram arrives whole or not at all. Errors are those of co/socket.h. Called from inside a coroutine.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <co/socket.h>

namespace co {

struct DatagramOptions {
    bool reuse_port = false;  // several may be bound to one port and share what comes
};

struct Packet {
    std::string bytes;
    Address from;
};

class DatagramSocket : public Socket {
  public:
    DatagramSocket() = default;
    explicit DatagramSocket(Fd fd) : Socket(fd) {}

    /// Bound to `address`; port 0: any free one.
    static Result<DatagramSocket> open(const Address& address, DatagramOptions options = {});
    /// Sends to `peer`, and receives from there alone; connection_refused once the peer's machine says that nobody is
    /// there.
    static Result<DatagramSocket> connect(const Address& peer);
    /// Two connected ones within this machine; what is sent is never lost.
    static Result<std::pair<DatagramSocket, DatagramSocket>> pair();

    Result<Packet> receive(Deadline deadline = forever);
    Result<void> send_to(std::string_view bytes, const Address& to, Deadline deadline = forever);
    /// To the peer of a connected one.
    Result<void> send(std::string_view bytes, Deadline deadline = forever);
};

}  // namespace co
