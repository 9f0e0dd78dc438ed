#include "message.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>
#include <type_traits>
#include <utility>

namespace co::server {
namespace {

// Both ends are the same program on the same machine, so numbers travel as the machine has them.
struct Header {
    std::uint16_t mark;
    MessageKind kind;
    RoleKind from_kind;
    std::uint16_t from_index;
    std::uint16_t port;
    std::uint32_t session;
    std::uint32_t number;
    std::int64_t tag;
    std::uint32_t serial;
    std::uint32_t bytes;   // of the whole body
    std::uint32_t offset;  // of this piece in it
    std::uint32_t unused;
};
static_assert(sizeof(Header) == 40 && std::is_trivially_copyable_v<Header>);

constexpr std::uint16_t right_mark = 0xC057;
constexpr std::size_t most_in_piece = piece_bytes - sizeof(Header);

/// Why a header cannot be believed; empty when it can.
std::string distrust(const Header& header, std::size_t piece, std::size_t most_bytes) {
    if (header.mark != right_mark) return "a datagram of somebody else";
    if (static_cast<std::size_t>(header.kind) >= message_kinds) return "a message of an unknown kind";
    if (header.from_kind > RoleKind::task_worker) return "a message of an unknown role";
    if (header.bytes > most_bytes) return "a message of " + std::to_string(header.bytes) + " bytes";
    if (header.offset > header.bytes || piece > header.bytes - header.offset) return "a piece outside of its message";
    if (piece == 0 && header.bytes != 0) return "an empty piece of a message";
    return {};
}

Message without_body(const Header& header) {
    return {.kind = header.kind,
            .from = {header.from_kind, header.from_index},
            .port = header.port,
            .session = header.session,
            .number = header.number,
            .tag = header.tag};
}

}  // namespace

std::string_view name(MessageKind kind) {
    constexpr std::string_view names[] = {"connected",    "packet", "closed", "datagram",    "buffer_full",
                                          "buffer_empty", "room",   "send",   "close",       "send_to",
                                          "give_back",    "task",   "finish", "task_failed", "pipe_message",
                                          "adopt",        "stop",   "retire", "reload",      "shutdown"};
    static_assert(std::size(names) == message_kinds);
    return names[static_cast<std::size_t>(kind)];
}

std::string to_string(RoleId role) {
    const std::string number = ' ' + std::to_string(role.index);
    switch (role.kind) {
        case RoleKind::master:
            return "master";
        case RoleKind::manager:
            return "manager";
        case RoleKind::reactor:
            return "reactor" + number;
        case RoleKind::worker:
            return "worker" + number;
        case RoleKind::task_worker:
            return "task worker" + number;
    }
    return "nobody";
}

bool Pieces::next(std::string& datagram) {
    if (is_done_) return false;
    const std::string_view piece = std::string_view(message_.body).substr(offset_, most_in_piece);
    Header header{.mark = right_mark,
                  .kind = message_.kind,
                  .from_kind = message_.from.kind,
                  .from_index = message_.from.index,
                  .port = message_.port,
                  .session = message_.session,
                  .number = message_.number,
                  .tag = message_.tag,
                  .serial = serial_,
                  .bytes = static_cast<std::uint32_t>(message_.body.size()),
                  .offset = static_cast<std::uint32_t>(offset_),
                  .unused = 0};
    datagram.assign(reinterpret_cast<const char*>(&header), sizeof(header));
    datagram.append(piece);
    offset_ += piece.size();
    is_done_ = offset_ == message_.body.size();
    return true;
}

Assembled Assembly::take(std::string_view datagram) {
    if (datagram.size() < sizeof(Header)) return {.dropped = "a datagram without a header"};
    Header header;
    std::memcpy(&header, datagram.data(), sizeof(header));
    const std::string_view piece = datagram.substr(sizeof(header));
    if (std::string why = distrust(header, piece.size(), most_bytes_); !why.empty()) return {.dropped = std::move(why)};

    const RoleId from{header.from_kind, header.from_index};
    auto known = incomplete_.find(from);
    if (header.offset == 0) {
        // A new message; an unfinished older one will never be finished: its sender died over it.
        if (known != incomplete_.end()) incomplete_.erase(known);
        Message message = without_body(header);
        message.body = piece;
        if (piece.size() == header.bytes) return {.message = std::move(message)};
        incomplete_[from] = {.serial = header.serial, .bytes = header.bytes, .message = std::move(message)};
        return {};
    }
    if (known == incomplete_.end() || known->second.serial != header.serial || known->second.bytes != header.bytes ||
        known->second.message.body.size() != header.offset)
        return {.dropped = "a piece whose beginning is missing"};
    known->second.message.body.append(piece);
    if (known->second.message.body.size() < header.bytes) return {};
    Assembled whole{.message = std::move(known->second.message)};
    incomplete_.erase(known);
    return whole;
}

std::string pack(const Address& address, std::string_view data) {
    std::string body;
    body.push_back(static_cast<char>(address.family));
    for (std::uint8_t byte : address.ip) body.push_back(static_cast<char>(byte));
    body.push_back(static_cast<char>(address.port >> 8));
    body.push_back(static_cast<char>(address.port & 0xFF));
    const auto path_bytes = static_cast<std::uint16_t>(std::min<std::size_t>(address.path.size(), 0xFFFF));
    body.push_back(static_cast<char>(path_bytes >> 8));
    body.push_back(static_cast<char>(path_bytes & 0xFF));
    body.append(address.path, 0, path_bytes);
    body.append(data);
    return body;
}

std::optional<Packed> unpack(std::string_view body) {
    constexpr std::size_t fixed = 1 + 16 + 2 + 2;
    if (body.size() < fixed) return std::nullopt;
    auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(body[at]); };
    auto pair = [&](std::size_t at) { return static_cast<std::uint16_t>(byte(at) << 8 | byte(at + 1)); };
    if (byte(0) > static_cast<std::uint8_t>(AddressFamily::unix_socket)) return std::nullopt;
    Packed packed;
    packed.address.family = static_cast<AddressFamily>(byte(0));
    for (std::size_t i = 0; i < 16; ++i) packed.address.ip[i] = byte(1 + i);
    packed.address.port = pair(17);
    const std::size_t path_bytes = pair(19);
    if (body.size() - fixed < path_bytes) return std::nullopt;
    packed.address.path = body.substr(fixed, path_bytes);
    packed.data = body.substr(fixed + path_bytes);
    return packed;
}

}  // namespace co::server
