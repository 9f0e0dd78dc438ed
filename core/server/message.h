// Message: what the roles of a server tell each other, and how it travels: in datagrams, each a header and a piece of
// the body. A datagram arrives whole or not at all, so a process that dies half way through cannot garble the next one.
//
//     Message message{.kind = MessageKind::packet, .from = me, .session = 7, .body = "hello"};
//     for (Pieces pieces(message, serial); pieces.next(datagram);) write(fd, datagram);
//
//     Assembly assembly(most_bytes);
//     if (Assembled got = assembly.take(datagram); got.message) handle(*std::move(got.message));
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <co/address.h>

#include "role.h"

namespace co::server {

enum class MessageKind : std::uint8_t {
    // -- from who owns a connection to a worker ----------------------------------------------------------------
    connected,     // session
    packet,        // session, port, number: the request's; body
    closed,        // session
    datagram,      // number: the request's; port; body: sender and data, see pack()
    buffer_full,   // session
    buffer_empty,  // session
    room,          // session: whoever waits to send may go on
    // -- from a worker to who owns a connection ----------------------------------------------------------------
    send,       // session; tag: 1 when an answer ends with it; body
    close,      // session; tag: 1 to reset
    send_to,    // port; body: receiver and data, see pack()
    give_back,  // session: the worker that served it died, what it asked is not answered: close it
    // -- tasks -------------------------------------------------------------------------------------------------
    task,         // number: the task's; session: 1 when somebody waits; tag: the program's; body. To a task worker
    finish,       // the same back to the worker, with the result as its body
    task_failed,  // the same back to the worker; port: a ServerError
    // -- between workers -----------------------------------------------------------------------------------------
    pipe_message,  // body
    // -- running the server --------------------------------------------------------------------------------------
    adopt,     // session; tag: the descriptor. To a reactor, from the one that accepts
    stop,      // to everybody: end in good order. tag to the manager: 1: restart the worker `number` alone
    retire,    // a worker has served enough and wants to be replaced
    reload,    // to the manager. tag: 1 for task workers alone
    shutdown,  // to the master: stop the server
};
inline constexpr std::size_t message_kinds = static_cast<std::size_t>(MessageKind::shutdown) + 1;

/// The enumerator's own name: "packet".
std::string_view name(MessageKind kind);

struct Message {
    MessageKind kind = MessageKind::packet;
    RoleId from{};
    std::uint16_t port = 0;
    std::uint32_t session = 0;
    std::uint32_t number = 0;
    std::int64_t tag = 0;
    std::string body{};

    friend bool operator==(const Message&, const Message&) = default;
};

/// Most bytes of one datagram.
inline constexpr std::size_t piece_bytes = 32 * 1024;

/// Cuts a message into datagrams. The message must outlive it.
class Pieces {
  public:
    /// `serial` tells this message from the ones that its sender sent before.
    Pieces(const Message& message, std::uint32_t serial) : message_(message), serial_(serial) {}

    /// Writes the next datagram; false when there is none left.
    bool next(std::string& datagram);

  private:
    const Message& message_;
    std::uint32_t serial_;
    std::size_t offset_ = 0;
    bool is_done_ = false;
};

/// What came of a datagram: a message, or why the datagram was dropped, or neither: more pieces are to come.
struct Assembled {
    std::optional<Message> message{};
    std::string dropped{};
};

/// Puts datagrams together again. A sender's pieces come in their order; those of different senders may mix.
class Assembly {
  public:
    explicit Assembly(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    Assembled take(std::string_view datagram);

    /// Messages of which some pieces are there.
    std::size_t incomplete() const { return incomplete_.size(); }

  private:
    struct Incomplete {
        std::uint32_t serial = 0;
        std::size_t bytes = 0;
        Message message;
    };

    std::size_t most_bytes_;
    std::map<RoleId, Incomplete> incomplete_;
};

/// An address and data as one body, and apart again; none when the bytes are no such thing.
std::string pack(const Address& address, std::string_view data);
struct Packed {
    Address address;
    std::string_view data;  // in the body that was given
};
std::optional<Packed> unpack(std::string_view body);

}  // namespace co::server
