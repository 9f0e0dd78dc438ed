// Acceptor: takes what comes in at the listening ports: connections, until there are as many as allowed, and datagrams.
//
//     Acceptor acceptor(role, {.owner = …, .opened = …, .datagram = …});
//     acceptor.start();       // a coroutine for each port
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <co/listener.h>

#include "server_role.h"

namespace co::server {

class Acceptor {
  public:
    struct Calls {
        std::function<std::uint16_t()> owner;  // who will have the next connection
        std::function<void(Stream, SessionId, std::uint16_t owner)> opened;
        std::function<void(DatagramFrom, std::string)> datagram;
    };

    Acceptor(Role& role, Calls calls) : role_(role), calls_(std::move(calls)) {}

    void start();
    void stop();

  private:
    void accept_from(Fd socket, std::uint16_t port);
    void take_in(Stream stream, std::uint16_t port);
    bool has_room();
    bool is_too_many_of(const Address& peer);
    void receive_from(Fd socket, std::uint16_t port);

    Role& role_;
    Calls calls_;
    bool is_stopping_ = false;
};

}  // namespace co::server
