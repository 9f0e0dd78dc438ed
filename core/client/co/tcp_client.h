// TcpClient: asks a server over TCP or a Unix socket, and cuts its answers into packets.
//
//     co::TcpClient client({.framing = co::framing::eof("\r\n")});
//     if (!client.connect("app", 9501, 1s) || !client.send("PING\r\n")) return;
//     auto answer = client.receive(2s);                          // "PONG\r\n"; empty: the server has closed
//
// The framing settings are those of servers. One coroutine at a time may connect, send or receive: a second one that
// calls the same meanwhile gets a std::logic_error that names both. One may send while another receives. Errors are
// those of co/socket.h, and bad_message when the framing refuses what came. Called from inside a coroutine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <co/client_timeouts.h>
#include <co/framing.h>
#include <co/one_user.h>
#include <co/stream.h>

namespace co {

struct TcpClientOptions {
    Framing framing{};
    ClientTimeouts timeouts{};
};

class TcpClient {
  public:
    /// Throws std::invalid_argument for framing settings that cannot be used.
    explicit TcpClient(TcpClientOptions options = {});
    TcpClient(const TcpClient&) = delete;
    TcpClient& operator=(const TcpClient&) = delete;

    /// A name is looked up first. An open connection is closed before.
    Result<void> connect(std::string_view host, std::uint16_t port, std::optional<Deadline> deadline = std::nullopt);
    Result<void> connect(const Address& address, std::optional<Deadline> deadline = std::nullopt);
    /// From now on send() does not wait: what does not fit into the send buffer is sent by receive(). So that several
    /// servers can be asked before the first answer is awaited.
    void set_defer(bool defers = true) { defers_ = defers; }

    Result<void> send(std::string_view bytes, std::optional<Deadline> deadline = std::nullopt);
    /// The next packet; empty when the server has closed after a whole one, connection_aborted when within one.
    Result<std::string> receive(std::optional<Deadline> deadline = std::nullopt);
    /// Exactly so many bytes, 1 or more, of a client without framing; empty when the server has closed before the first
    /// of them, connection_aborted when after it. After a timeout receive() and peek() have what came.
    Result<std::string> receive_exactly(std::size_t bytes, std::optional<Deadline> deadline = std::nullopt);
    /// The next packet, which receive() will return again.
    Result<std::string> peek(std::optional<Deadline> deadline = std::nullopt);

    bool is_connected() const { return stream_.is_open(); }
    /// Why the framing refused what came; empty when it did not.
    const std::string& refusal() const { return refusal_; }
    void close();

  private:
    Result<void> open(const Address& address, Deadline deadline);
    Result<void> send_deferred(Deadline deadline);
    Result<std::string> next_packet(Deadline deadline);
    Result<std::string> refuse(std::string reason);

    TcpClientOptions options_;
    Framer framer_;
    Stream stream_;
    OneUser sending_;
    OneUser receiving_;
    std::optional<std::string> peeked_;
    std::string deferred_;  // what send() left for receive() to send
    std::string refusal_;
    bool defers_ = false;
};

}  // namespace co
