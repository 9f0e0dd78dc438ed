// Listener: takes connections, TCP or Unix.
//
//     auto door = co::Listener::open(co::Address::ip4(127, 0, 0, 1, 0));
//     while (auto visitor = door->accept())
//         co::go([stream = std::move(*visitor)]() mutable {
//             if (auto written = stream.write_all("hello\n"); !written) report(written.error().message());
//         });
//
// Errors are those of co/socket.h. Called from inside a coroutine.
#pragma once

#include <co/socket.h>
#include <co/stream.h>

namespace co {

struct ListenOptions {
    int backlog = 511;        // connections that may wait to be accepted
    bool reuse_port = false;  // several may listen on one port and share what comes
};

class Listener : public Socket {
  public:
    Listener() = default;
    /// Takes over the descriptor of a listening socket, as a process does that was forked.
    explicit Listener(Fd fd) : Socket(fd) {}

    /// Port 0: any free one; local_address() says which.
    static Result<Listener> open(const Address& address, ListenOptions options = {});

    /// too_many_files_open: the connection stays in the backlog; close something, then accept again.
    Result<Stream> accept(Deadline deadline = forever);
};

}  // namespace co
