// ClientTimeouts: how long a client's calls may take: what the call says, else what the client says, else the default.
//
//     co::ClientTimeouts patient{.connect = 5s, .receive = co::forever};
//     co::TcpClient client({.timeouts = patient});               // of this client
//     auto answer = client.receive(1s);                          // of this call
//
// (Tutorial 2.2: global, per client, per call.)
#pragma once

#include <chrono>
#include <optional>

#include <co/deadline.h>

namespace co {

struct ClientTimeouts {
    std::optional<Deadline> connect{};
    std::optional<Deadline> send{};
    std::optional<Deadline> receive{};
};

/// Of clients that say nothing themselves. Swoole's socket_connect_timeout and socket_timeout.
inline constexpr std::chrono::seconds default_connect_timeout{2};
inline constexpr std::chrono::seconds default_io_timeout{60};

}  // namespace co
