#include "stream.h"

#include <algorithm>
#include <cstring>

#include "listener.h"
#include "world.h"

namespace co::sim {
namespace {

/// In one case of eight a machine with a seed takes fewer bytes than it could.
std::size_t maybe_fewer(Chance& chance, std::size_t bytes) {
    constexpr std::size_t one_in = 8;
    if (chance.is_plain() || bytes < 2 || chance.choose(one_in) != 0) return bytes;
    return 1 + chance.choose(bytes - 1);
}

}  // namespace

void ByteQueue::drop(std::size_t count) {
    start_ += count;
    if (start_ == bytes_.size()) {
        bytes_.clear();
        start_ = 0;
    } else if (start_ > bytes_.size() / 2) {
        bytes_.erase(0, start_);
        start_ = 0;
    }
}

void StreamEnd::join(const std::shared_ptr<StreamEnd>& first, const std::shared_ptr<StreamEnd>& second) {
    auto connection = std::make_shared<Connection>(first->world_, first->host_, second->host_);
    StreamEnd* ends[] = {first.get(), second.get()};
    for (int side : {0, 1}) {
        ends[side]->connection_ = connection;
        ends[side]->side_ = side;
        connection->flow_from(side).from = ends[side];
        connection->flow_from(side).to = ends[1 - side];
    }
}

std::size_t StreamEnd::send_room() const {
    std::size_t used = outgoing().unacknowledged;
    return used < buffers_.send ? buffers_.send - used : 0;
}

Readiness StreamEnd::readiness() const {
    if (is_broken_) return {.read = true, .write = true, .hangup = true};
    if (!connection_ || is_connecting_) return {};
    const Flow &in = incoming(), &out = outgoing();
    bool nothing_more = reads_no_more_ || in.has_ended;
    // Like Linux: not writable for a handful of bytes, but when a third of the buffer is free.
    bool has_room = send_room() * 3 >= buffers_.send;
    bool peer_is_gone = out.is_shut || (is_unix_ && !out.to);
    return {.read = nothing_more || !in.received.is_empty(),
            .write = has_room || peer_is_gone,
            .hangup = nothing_more && peer_is_gone};
}

std::optional<std::error_code> StreamEnd::take_failure() {
    if (!failure_) return std::nullopt;
    std::errc why = *failure_;
    failure_.reset();
    return std::make_error_code(why);
}

Result<void> StreamEnd::take_error() {
    if (auto failure = take_failure()) return *failure;
    return {};
}

Result<std::size_t> StreamEnd::read(std::span<std::byte> buffer) {
    if (is_connecting_) return std::errc::operation_would_block;
    if (!connection_) {
        if (auto failure = take_failure()) return *failure;
        return std::errc::not_connected;
    }
    Flow& in = incoming();
    if (reads_no_more_) return std::size_t{0};
    if (in.received.is_empty()) {
        if (auto failure = take_failure()) return *failure;
        if (in.has_ended || is_broken_) return std::size_t{0};
        return std::errc::operation_would_block;
    }
    if (buffer.empty()) return std::size_t{0};
    std::size_t count = maybe_fewer(world_.chance, std::min(buffer.size(), in.received.size()));
    std::memcpy(buffer.data(), in.received.front(count).data(), count);
    in.received.drop(count);
    connection_->acknowledge_read(1 - side_);
    return count;
}

Result<std::size_t> StreamEnd::write(std::span<const std::byte> bytes) {
    if (is_connecting_) return std::errc::operation_would_block;
    if (auto failure = take_failure()) return *failure;
    if (is_broken_) return std::errc::broken_pipe;
    if (!connection_) return std::errc::not_connected;
    Flow& out = outgoing();
    if (out.is_shut) return std::errc::broken_pipe;
    // A Unix socket knows at once that the other end is gone; TCP is told by a reset.
    if (is_unix_ && !out.to) return std::errc::broken_pipe;
    if (bytes.empty()) return std::size_t{0};
    std::size_t room = send_room();
    if (room == 0) return std::errc::operation_would_block;
    std::size_t count = maybe_fewer(world_.chance, std::min(room, bytes.size()));
    out.unsent.append({reinterpret_cast<const char*>(bytes.data()), count});
    out.unacknowledged += count;
    connection_->pump(side_);
    return count;
}

Result<void> StreamEnd::shut_down(ShutdownHow how) {
    if (!connection_ || is_broken_) return std::errc::not_connected;
    if (how != ShutdownHow::write) reads_no_more_ = true;
    if (how != ShutdownHow::read && !std::exchange(outgoing().is_shut, true)) connection_->pump(side_);
    changed();
    return {};
}

bool StreamEnd::is_cut_off() const {
    return connection_ && world_.network.link(host_, connection_->host(1 - side_)).is_cut;
}

bool StreamEnd::peer_is_gone() const { return connection_ && !outgoing().to && !incoming().has_ended; }

void StreamEnd::tell_probe() const {
    connection_->note(trace::EventKind::segment_sent, side_, {});
    connection_->note(trace::EventKind::segment_lost, side_, {});
}

void StreamEnd::failed(std::errc why) {
    is_connecting_ = false;
    stop_knocking();
    keep_alive_.stop();
    is_broken_ = true;
    failure_ = why;
    changed();
}

void StreamEnd::closed() {
    is_closed_ = true;
    stop_knocking();
    keep_alive_.stop();
    if (bound_) bound_->closed();
    if (!connection_) return;
    auto connection = connection_;  // outlives this end
    Flow &in = incoming(), &out = outgoing();
    bool has_unread = !in.received.is_empty();
    in.to = nullptr;
    out.from = nullptr;
    in.received.clear();
    if (is_broken_) return;
    // RFC 1122, 4.2.2.13: closing with unread bytes tells the peer that they are lost.
    if (resets_at_close_ || has_unread) return connection->reset(1 - side_, std::errc::connection_reset);
    if (!std::exchange(out.is_shut, true)) connection->pump(side_);
    if (is_unix_ && out.to) out.to->changed();
}

}  // namespace co::sim
