// Stream: a connection, TCP or Unix, whose calls park the coroutine and never the thread.
//
//     if (auto server = co::Stream::connect(co::Address::ip4(127, 0, 0, 1, 9501), 2s)) {
//         if (!server->write_all("hello\n")) return;
//         auto answer = server->read_some();      // empty: the peer has sent all that it will
//     }
//
// One coroutine may read while another writes. Errors are those of co/socket.h. Called from inside a coroutine.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <co/socket.h>

namespace co {

class Stream : public Socket {
  public:
    Stream() = default;
    /// Takes over the descriptor of a connection.
    explicit Stream(Fd fd) : Socket(fd) {}

    static Result<Stream> connect(const Address& address, Deadline deadline = forever);
    /// Two ends of a connection within this machine.
    static Result<std::pair<Stream, Stream>> pair();

    /// Waits until there is something. 0 bytes: the peer has sent all that it will.
    Result<std::size_t> read(std::span<std::byte> buffer, Deadline deadline = forever);
    /// The same as a string of at most so many bytes.
    Result<std::string> read_some(Deadline deadline = forever, std::size_t most = 64 * 1024);
    /// Waits until the send buffer takes something; how many bytes it took.
    Result<std::size_t> write_some(std::string_view bytes, Deadline deadline = forever);
    /// Waits until all has been taken into the send buffer. After an error part of it may have been.
    Result<void> write_all(std::string_view bytes, Deadline deadline = forever);
    /// Writing: the peer reads to the end of what was sent, then that it is all. Reading goes on.
    Result<void> shut_down(ShutdownHow how);

    Result<Address> peer_address() const { return kernel().peer_address(fd()); }
};

}  // namespace co
