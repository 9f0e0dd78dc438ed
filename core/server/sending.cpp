// How a role sends on a connection: bytes are counted in the shared memory before they go, so a buffer's limit holds
// whoever sends; who finds no room waits until the connection's owner says that there is some.
#include <algorithm>

#include "server_role.h"
#include "tell.h"

namespace co::server {

/// One sender at a time on each connection: what they send must not mix.
class Role::SendTurn {
  public:
    SendTurn(Role& role, SessionId session) : role_(role), session_(session) {
        while (sender().is_busy) {
            tell_send_wait(session_);
            if (sender().waiters.wait({.kind = WaitKind::write, .object = session_}) != WaitStatus::ok) return;
        }
        has_it_ = sender().is_busy = true;
    }
    SendTurn(const SendTurn&) = delete;
    SendTurn& operator=(const SendTurn&) = delete;
    ~SendTurn() {
        if (!has_it_) return;
        Sender& mine = sender();
        mine.is_busy = false;
        if (mine.waiters.is_empty())
            role_.senders_.erase(session_);
        else
            mine.waiters.wake_all();
    }
    bool was_cancelled() const { return !has_it_; }

  private:
    Sender& sender() { return role_.senders_[session_]; }

    Role& role_;
    SessionId session_;
    bool has_it_ = false;
};

[[gnu::hot]] Result<void> Role::send(SessionId session, std::string_view bytes, bool ends_answer) {
    const std::size_t begun = own_ && senders_.empty() ? own_->send_at_hand(session, bytes, ends_answer) : 0;
    if (begun > 0 && begun == bytes.size()) return {};
    bytes.remove_prefix(begun);
    // The usual case of the others: nobody else is at it, and there is room for all.
    ConnectionRow* row = board_.find(session);
    if (!row || row->is_closing) return std::error_code(ServerError::closed);
    if (bytes.empty() && !ends_answer) return {};
    if (!senders_.contains(session) && reserve(*row, bytes.size())) {
        pass_on(*row, session, bytes, ends_answer);
        return {};
    }
    if (!settings().send_yield && begun == 0) return std::error_code(ServerError::full);
    return send_in_turn(session, bytes, ends_answer);
}

Result<void> Role::send_in_turn(SessionId session, std::string_view bytes, bool ends_answer) {
    const auto held = shared_from_this();
    SendTurn turn(*this, session);
    if (turn.was_cancelled()) return std::error_code(ServerError::cancelled);
    // In pieces, so that the connection is never without work while the rest waits.
    const std::size_t piece = std::max<std::size_t>(settings().output_buffer / 4, 1);
    std::size_t start = 0;
    do {
        const bool is_last = start + piece >= bytes.size();
        if (auto sent = send_piece(session, bytes.substr(start, piece), ends_answer && is_last); !sent) return sent;
        start += piece;
    } while (start < bytes.size());
    return {};
}

Result<void> Role::send_piece(SessionId session, std::string_view piece, bool ends_answer) {
    for (;;) {
        ConnectionRow* row = board_.find(session);
        if (!row || row->is_closing) return std::error_code(ServerError::closed);
        if (reserve(*row, piece.size())) {
            pass_on(*row, session, piece, ends_answer);
            return {};
        }
        // The owner must know that somebody waits before it is looked again: else its word could come too early.
        row->waiting |= std::uint64_t{1} << place() % 64;
        row = board_.find(session);
        if (!row || row->is_closing || row->pending + piece.size() <= settings().output_buffer) continue;
        tell_send_wait(session);
        Waiters& waiters = senders_[session].waiters;
        if (waiters.wait({.kind = WaitKind::write, .object = session}) != WaitStatus::ok)
            return std::error_code(ServerError::cancelled);
    }
}

/// Counts the bytes, if there is room for them.
bool Role::reserve(ConnectionRow& row, std::size_t bytes) const {
    const std::uint64_t before = row.pending.fetch_add(bytes);
    if (before + bytes <= settings().output_buffer) return true;
    row.pending -= bytes;
    return false;
}

void Role::room(SessionId session) {
    auto found = senders_.find(session);
    if (found != senders_.end()) found->second.waiters.wake_all();
}

/// Bytes that are counted already.
void Role::pass_on(const ConnectionRow& row, SessionId session, std::string_view bytes, bool ends_answer) {
    if (is_own(row))
        own_->send(session, bytes, ends_answer);
    else
        hand_over(row, {.kind = MessageKind::send, .session = session, .tag = ends_answer, .body = std::string(bytes)});
}

/// Whether this process, in BASE mode, has the connection's descriptor.
bool Role::is_own(const ConnectionRow& row) const {
    return settings().mode == ServerMode::base && own_ && self_ == RoleId{RoleKind::worker, row.owner};
}

/// To whoever has the connection's descriptor.
void Role::hand_over(const ConnectionRow& row, Message message) {
    const std::uint16_t owner = row.owner;
    if (settings().mode == ServerMode::process)
        return post_.send({RoleKind::reactor, owner}, Lane::work, std::move(message));
    if (!is_own(row)) return post_.send({RoleKind::worker, owner}, Lane::control, std::move(message));
    own_->close(message.session, message.tag != 0);
}

Result<void> Role::close(SessionId session, bool reset) {
    ConnectionRow* row = board_.find(session);
    if (!row) return std::error_code(ServerError::closed);
    const bool was_closing = row->is_closing.exchange(1) != 0;
    if (was_closing && !reset) return std::error_code(ServerError::closed);
    hand_over(*row, {.kind = MessageKind::close, .session = session, .tag = reset ? 1 : 0});
    return {};
}

Result<void> Role::send_to(const DatagramFrom& receiver, std::string_view bytes) {
    if (receiver.port >= plan().ports.size()) return std::error_code(ServerError::closed);
    const Fd socket = stage_->listener(receiver.port, self_.index);
    // A datagram that finds no room is lost, as any may be.
    auto sent =
        kernel().send_to(socket, std::as_bytes(std::span<const char>(bytes.data(), bytes.size())), receiver.sender);
    if (!sent) return sent.error();
    return {};
}

}  // namespace co::server
