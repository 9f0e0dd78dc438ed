// UdpClient: sends datagrams to one server and receives what it answers.
//
//     co::UdpClient client;
//     if (!client.connect("app", 9502) || !client.send("ping")) return;
//     auto answer = client.receive(100ms);       // std::errc::timed_out when it, or the question, was lost
//
// One coroutine at a time may receive; a second one gets a std::logic_error that names both. Errors are those of
// co/socket.h. Called from inside a coroutine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <co/client_timeouts.h>
#include <co/datagram_socket.h>
#include <co/one_user.h>

namespace co {

class UdpClient {
  public:
    explicit UdpClient(ClientTimeouts timeouts = {}) : timeouts_(timeouts) {}
    UdpClient(const UdpClient&) = delete;
    UdpClient& operator=(const UdpClient&) = delete;

    /// Asks nobody: a datagram has no connection. Only the name is looked up.
    Result<void> connect(std::string_view host, std::uint16_t port);
    Result<void> connect(const Address& address);
    Result<void> send(std::string_view bytes, std::optional<Deadline> deadline = std::nullopt);
    Result<std::string> receive(std::optional<Deadline> deadline = std::nullopt);
    /// The next datagram, which receive() will return again.
    Result<std::string> peek(std::optional<Deadline> deadline = std::nullopt);
    void close() { socket_.close(); }

  private:
    Result<void> open(const Address& address);
    Result<std::string> next(std::optional<Deadline> deadline);

    ClientTimeouts timeouts_;
    DatagramSocket socket_;
    OneUser receiving_;
    std::optional<std::string> peeked_;
};

}  // namespace co
