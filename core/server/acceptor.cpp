#include "acceptor.h"

#include <co/coroutine.h>
#include <co/datagram_socket.h>

#include "tell.h"

namespace co::server {
namespace {

using namespace std::chrono_literals;

// While there are as many connections as allowed, or no descriptors left: others close them, in other threads and
// processes, and none of these tells.
constexpr Duration look_again = 10ms;

}  // namespace

void Acceptor::start() {
    for (std::uint16_t port = 0; port < role_.plan().ports.size(); ++port) {
        const PortPlan& plan = role_.plan().ports[port];
        const Fd socket = role_.stage().listener(port, role_.self().index);
        if (plan.transport == Transport::tcp)
            role_.services().go("accept", [this, socket, port] { accept_from(socket, port); });
        else
            role_.services().go("datagrams", [this, socket, port] { receive_from(socket, port); });
    }
}

/// The sockets stay open: they belong to whoever opened them, and perhaps to other threads.
void Acceptor::stop() {
    is_stopping_ = true;
    for (std::size_t port = 0; port < role_.plan().ports.size(); ++port)
        Reactor::current().forget(role_.stage().listener(port, role_.self().index));
}

void Acceptor::accept_from(Fd socket, std::uint16_t port) {
    Listener listener(socket);
    while (!is_stopping_) {
        if (!has_room()) {
            role_.log().line("connections", "accepting pauses: there are " +
                                                std::to_string(role_.settings().max_connections) +
                                                " connections (max_connections)");
            while (!is_stopping_ && !has_room()) co::sleep(look_again);
            continue;
        }
        auto stream = listener.accept();
        if (stream) {
            take_in(*std::move(stream), port);
        } else if (!is_stopping_) {
            role_.log().line("accept", "cannot accept: " + stream.error().message());
            co::sleep(look_again);
        }
    }
    listener.release();
}

void Acceptor::take_in(Stream stream, std::uint16_t port) {
    auto peer = stream.peer_address();
    if (!peer) return;  // it went again at once
    if (is_too_many_of(*peer)) {
        role_.log().line("address", "closed a connection of " + to_string(*peer) + ": it has " +
                                        std::to_string(*role_.settings().max_connections_of_address) +
                                        " (max_connections_of_address)");
        return;
    }
    const std::uint16_t owner = calls_.owner();
    const SessionId session =
        role_.board().open_session({.owner = owner, .port = port, .peer = *peer}, role_.kernel().now());
    if (session == 0) return;  // another process took the last place
    tell_opened(session, to_string(*peer));
    calls_.opened(std::move(stream), session, owner);
}

bool Acceptor::has_room() { return role_.board().totals().connections < role_.settings().max_connections; }

bool Acceptor::is_too_many_of(const Address& peer) {
    const auto most = role_.settings().max_connections_of_address;
    if (!most || peer.family == AddressFamily::unix_socket) return false;
    std::uint32_t count = 0;
    for (const ConnectionRow& row : role_.board().connections())
        if (row.session != 0 && row.family == peer.family && row.peer_ip == peer.ip) ++count;
    return count >= *most;
}

void Acceptor::receive_from(Fd socket, std::uint16_t port) {
    DatagramSocket datagrams(socket);
    while (!is_stopping_) {
        auto got = datagrams.receive();
        if (got) {
            calls_.datagram({.sender = std::move(got->from), .port = port}, std::move(got->bytes));
        } else if (!is_stopping_) {
            role_.log().line("datagram", "cannot receive: " + got.error().message());
            co::sleep(look_again);
        }
    }
    datagrams.release();
}

}  // namespace co::server
