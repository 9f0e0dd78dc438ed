#include "datagram.h"

#include <algorithm>
#include <cstring>

#include "world.h"

namespace co::sim {
namespace {

constexpr std::size_t most_in_datagram = 65507;  // UDP over IPv4
constexpr std::size_t udp_header_bytes = 28;     // IPv4 and UDP

std::string string_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

void DatagramSocket::join(DatagramSocket& first, DatagramSocket& second) {
    first.is_pair_ = second.is_pair_ = true;
    first.peer_ = second.weak_from_this();
    second.peer_ = first.weak_from_this();
}

Readiness DatagramSocket::readiness() const {
    auto peer = std::static_pointer_cast<DatagramSocket>(peer_.lock());
    bool peer_is_gone = is_pair_ && (!peer || peer->descriptors == 0);
    bool has_room = !peer || peer_is_gone || peer->waiting_.empty() || peer->has_room(1);
    return {.read = !waiting_.empty() || failure_ || peer_is_gone, .write = has_room, .hangup = peer_is_gone};
}

void DatagramSocket::closed() {
    if (is_unix_) {
        host_.unix_datagram_sockets.erase(local.path);
    } else if (auto entry = host_.datagram_sockets.find(local.port); entry != host_.datagram_sockets.end()) {
        std::erase(entry->second, this);
        if (entry->second.empty()) host_.datagram_sockets.erase(entry);
    }
    waiting_.clear();
    if (auto peer = peer_.lock()) peer->changed();
    for (auto& sender : std::exchange(held_up_, {}))
        if (auto file = sender.lock()) file->changed();
}

Result<void> DatagramSocket::bind(const Address& address) {
    if (is_unix_ != (address.family == AddressFamily::unix_socket)) return std::errc::address_family_not_supported;
    if (local != Address{}) return std::errc::invalid_argument;
    if (is_unix_) {
        if (!host_.unix_datagram_sockets.emplace(address.path, this).second) return std::errc::address_in_use;
        local = address;
        return {};
    }
    if (!is_any(address) && !is_loopback(address) && address.ip != host_.address(0).ip)
        return std::errc::address_not_available;
    auto port = address.port ? std::optional(address.port) : free_port(host_, host_.datagram_sockets);
    if (!port) return std::errc::address_in_use;
    auto& sharing = host_.datagram_sockets[*port];
    bool may_share = reuses_port && std::ranges::all_of(sharing, &DatagramSocket::reuses_port);
    if (!sharing.empty() && !may_share) return std::errc::address_in_use;
    sharing.push_back(this);
    local = address;
    local.port = *port;
    return {};
}

Result<void> DatagramSocket::connect(const Address& address) {
    if (is_unix_ != (address.family == AddressFamily::unix_socket)) return std::errc::address_family_not_supported;
    if (is_unix_ && !host_.unix_datagram_sockets.contains(address.path)) return std::errc::connection_refused;
    remote = address;
    return {};
}

Result<void> DatagramSocket::take_error() {
    if (!failure_) return {};
    return *std::exchange(failure_, std::nullopt);
}

Result<std::size_t> DatagramSocket::send(std::span<const std::byte> bytes) {
    if (is_pair_) {
        auto peer = std::static_pointer_cast<DatagramSocket>(peer_.lock());
        bool is_there = peer && peer->descriptors > 0;
        return send_unix(string_of(bytes), is_there ? peer.get() : nullptr);
    }
    if (!remote) return std::errc::destination_address_required;
    return send_to(bytes, *remote);
}

Result<std::size_t> DatagramSocket::send_to(std::span<const std::byte> bytes, const Address& to) {
    if (is_unix_ != (to.family == AddressFamily::unix_socket)) return std::errc::address_family_not_supported;
    if (auto failed = take_error(); !failed) return failed.error();
    if (is_unix_) {
        auto entry = host_.unix_datagram_sockets.find(to.path);
        return send_unix(string_of(bytes), entry == host_.unix_datagram_sockets.end() ? nullptr : entry->second);
    }
    if (bytes.size() > most_in_datagram) return std::errc::message_size;
    if (local == Address{}) {
        if (auto bound = bind({}); !bound) return bound.error();
    }
    return send_udp(string_of(bytes), to);
}

Result<std::size_t> DatagramSocket::send_unix(std::string bytes, DatagramSocket* receiver) {
    if (!receiver) return std::errc::connection_refused;
    if (bytes.size() > receiver->buffers_.receive) return std::errc::message_size;
    if (!receiver->has_room(bytes.size())) {
        receiver->held_up_.push_back(weak_from_this());
        return std::errc::operation_would_block;
    }
    std::size_t count = bytes.size();
    receiver->take_in(std::move(bytes), local);
    return count;
}

Result<std::size_t> DatagramSocket::send_udp(std::string bytes, const Address& to) {
    Computer* target = world_.network.host_at(host_, to);
    if (!target) return std::errc::network_unreachable;
    std::size_t count = bytes.size();
    bool stays_here = target == &host_;
    Address from = stays_here && is_loopback(to) ? Address::ip4(127, 0, 0, 1, local.port) : host_.address(local.port);
    auto packet = std::make_shared<Waiting>(Waiting{std::move(bytes), from});
    if (stays_here) {
        arrive(*target, *packet, to);
        return count;
    }
    note(trace::EventKind::segment_sent, *target, *packet, to);
    auto arrival = world_.network.send(host_, *target, count + udp_header_bytes);
    if (!arrival) {
        note(trace::EventKind::segment_lost, *target, *packet, to);
        return count;
    }
    world_.engine.at(*arrival, [self = std::static_pointer_cast<DatagramSocket>(shared_from_this()), target, packet,
                                to = std::make_shared<Address>(to)] {
        self->note(trace::EventKind::segment_arrived, *target, *packet, *to);
        self->arrive(*target, *packet, *to);
    });
    return count;
}

void DatagramSocket::arrive(Computer& target, Waiting& packet, const Address& to) {
    if (DatagramSocket* receiver = receiver_at(target, to, packet.from))
        return receiver->take_in(std::move(packet.bytes), packet.from);
    // The other machine answers "port unreachable" (RFC 1122, 4.1.3.1); only a connected socket is told.
    if (remote != to) return;
    failure_ = std::errc::connection_refused;
    changed();
}

void DatagramSocket::note(trace::EventKind kind, const Computer& target, const Waiting& packet,
                          const Address& to) const {
    if (!world_.traces()) return;
    std::string way = sim::text_of(packet.from) + " > " + sim::text_of(to);
    world_.record(kind, {.object = host_.number,
                         .other = target.number,
                         .value = static_cast<std::int64_t>(packet.bytes.size()),
                         .text = way});
}

void DatagramSocket::take_in(std::string bytes, const Address& from) {
    if (!has_room(bytes.size())) return;
    held_ += bytes.size();
    waiting_.push_back({std::move(bytes), from});
    changed();
}

DatagramSocket* DatagramSocket::receiver_at(Computer& target, const Address& to, const Address& from) const {
    auto entry = target.datagram_sockets.find(to.port);
    if (entry == target.datagram_sockets.end()) return nullptr;
    std::vector<DatagramSocket*> reachable;
    for (DatagramSocket* socket : entry->second) {
        if (is_loopback(socket->local) && &target != &host_) continue;
        if (!socket->remote || *socket->remote == from) reachable.push_back(socket);
    }
    if (reachable.empty()) return nullptr;
    return reachable[world_.chance.is_plain() ? target.turn++ % reachable.size()
                                              : world_.chance.choose(reachable.size())];
}

Result<Datagram> DatagramSocket::receive_from(std::span<std::byte> buffer) {
    if (waiting_.empty()) {
        if (auto failed = take_error(); !failed) return failed.error();
        auto peer = peer_.lock();
        if (is_pair_ && (!peer || peer->descriptors == 0)) return Datagram{0, {}};
        return std::errc::operation_would_block;
    }
    Waiting first = std::move(waiting_.front());
    waiting_.pop_front();
    held_ -= first.bytes.size();
    std::size_t count = std::min(buffer.size(), first.bytes.size());  // what does not fit is lost
    std::memcpy(buffer.data(), first.bytes.data(), count);
    if (auto peer = peer_.lock()) peer->changed();
    for (auto& sender : std::exchange(held_up_, {}))
        if (auto file = sender.lock()) file->changed();
    return Datagram{count, first.from};
}

}  // namespace co::sim
