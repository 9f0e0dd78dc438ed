#include "connections.h"

#include <utility>
#include <vector>

#include <co/coroutine.h>

#include "protocol.h"
#include "tell.h"

namespace co::server {
namespace {

using namespace std::chrono_literals;

// After the last byte was written the peer has so long to read it: a close with unread input would reset the
// connection and take that byte back (RFC 1122, 4.2.2.13).
constexpr Duration linger_time = 1s;

}  // namespace

void Connections::adopt(Stream stream, SessionId session) {
    ConnectionRow* row = board_.find(session);
    if (!row) return;
    if (is_stopping_) return board_.close_session(session);
    const PortPlan& port = plan_.ports[row->port];
    std::unique_ptr<Cutter> cutter =
        port.protocol ? port.protocol->cutter(spares_) : std::make_unique<FramingCutter>(port.framing);
    keep_alive(stream);
    auto connection = std::make_shared<Open>(*this, std::move(stream), session, *row, std::move(cutter));
    open_.emplace(session, connection);
    all_.add();
    if (is_led(*connection)) {
        listener_.connected(session);
        if (!connection->ended) make_due(*connection, Next::read);
        return;
    }
    services_.go("connection " + std::to_string(session), [this, connection] {
        listener_.connected(connection->session);
        serve(*connection);
    });
}

/// A connection whose peer is gone without a word is noticed by the system.
void Connections::keep_alive(Stream& stream) const {
    const ServerSettings& settings = plan_.settings;
    if (!settings.keep_alive) return;
    auto seconds = [](Duration duration) { return static_cast<int>(duration / 1s); };
    static_cast<void>(stream.set_option(SocketOption::keep_alive, 1));
    if (const auto idle = settings.keep_alive_idle)
        static_cast<void>(stream.set_option(SocketOption::keep_alive_idle, seconds(*idle)));
    if (const auto interval = settings.keep_alive_interval)
        static_cast<void>(stream.set_option(SocketOption::keep_alive_interval, seconds(*interval)));
    if (const auto probes = settings.keep_alive_probes)
        static_cast<void>(stream.set_option(SocketOption::keep_alive_probes, static_cast<int>(*probes)));
}

void Connections::refuse(const Open& open, const Cut& cut) {
    const SessionId session = open.session;
    if (!cut.refused) return close(session, false);
    if (const std::string& reason = cut.refused->reason; !reason.empty())
        log("packet", "closed connection " + whose(session) + ": " + reason);
    dismiss(session, cut.refused->farewell);
}

void Connections::log(std::string_view about, std::string line) {
    if constexpr (Thrift::is_possible) {
        if (are_led_here()) {
            services_.go("log", [this, about, line = std::move(line)] { log_.line(about, line); });
            return;
        }
    }
    log_.line(about, line);
}

// -- writing ---------------------------------------------------------------------------------------------------------

void Connections::say(SessionId session, std::string_view bytes) {
    ConnectionRow* row = bytes.empty() ? nullptr : board_.find(session);
    if (!row) return;
    row->pending += bytes.size();
    send(session, bytes);
}

[[gnu::hot]] std::size_t Connections::send_at_hand(SessionId session, std::string_view bytes, bool ends_answer) {
    if (!is_thrifty_ || !at_hand_ || at_hand_->session != session || bytes.empty()) return 0;
    Open& open = *at_hand_;
    if (open.ended || open.closing || open.writes || open.row.is_closing) return 0;
    const bool has_room =
        open.row.pending.load(std::memory_order_relaxed) + bytes.size() <= plan_.settings.output_buffer;
    if (!has_room) return 0;
    const std::size_t taken = take_at_hand(open, bytes);
    if (ends_answer && taken == bytes.size()) open.awaits_answer = false;
    return taken;
}

/// Which of the bytes need nobody's care any more.
[[gnu::hot]] std::size_t Connections::take_at_hand(Open& open, std::string_view bytes) {
    if constexpr (Thrift::is_possible) {
        if (may_put_off(open) && put_off_.add(open, bytes)) return bytes.size();
        write_put_off();
        if (open.ended || open.closing || open.writes) return 0;
    }
    auto taken = open.stream.write_some(bytes, Duration::zero());
    return taken.value_or(0);  // who waits for room finds out why there is none
}

bool Connections::send(SessionId session, std::string_view bytes, bool ends_answer) {
    write_put_off();
    Handle connection = find(session);
    if (connection && ends_answer) {
        connection->awaits_answer = false;
        connection->answered.wake_all();
        if (is_led(*connection) && connection->next == Next::answer) make_due(*connection, Next::cut);
    }
    if (!connection || connection->closing) {
        if (ConnectionRow* row = board_.find(session)) row->pending -= bytes.size();
        return false;
    }
    bytes.remove_prefix(write_at_once(*connection, bytes));
    if (bytes.empty() || connection->ended) return true;
    connection->output.append(bytes);
    write_later(connection);
    return true;
}

/// What the system did not take at once.
void Connections::write_later(const Handle& connection) {
    const SessionId session = connection->session;
    if (!connection->writes) {
        connection->writes = true;
        services_.go("write to " + std::to_string(session), [this, connection] { write(connection); });
    }
    const std::size_t high_water = plan_.settings.output_buffer / 5 * 4;
    if (connection->is_full || connection->row.pending < high_water) return;
    connection->is_full = true;
    listener_.buffer_full(session);
}

/// What the system takes at once needs neither a buffer nor a coroutine.
std::size_t Connections::write_at_once(Open& open, std::string_view bytes) {
    if (!is_thrifty_ || open.writes || bytes.empty()) return 0;
    auto taken = open.stream.write_some(bytes, Duration::zero());
    if (!taken) return 0;  // who waits for room finds out why
    wrote(open, *taken);
    return *taken;
}

/// Writes until nothing is left. New bytes gather in the other buffer meanwhile: these must not move.
void Connections::write(const Handle& connection) {
    Open& open = *connection;
    while (!open.ended && !open.output.is_empty()) {
        ByteBuffer batch = std::exchange(open.output, ByteBuffer());
        while (!open.ended && !batch.is_empty()) {
            auto taken = open.stream.write_some(batch.bytes(), plan_.settings.send_timeout);
            if (open.ended) return;
            if (!taken) {
                log_.line("send", "closed connection " + whose(open.session) + ": " + taken.error().message());
                return end(connection);
            }
            batch.drop(*taken);
            wrote(open, *taken);
        }
    }
    open.writes = false;
    if (open.closing && !open.ended) end(connection);
}

void Connections::wrote(Open& open, std::size_t bytes) {
    const std::uint64_t left = open.row.pending -= bytes;
    const std::size_t low_water = plan_.settings.output_buffer / 2;
    if (left > low_water) return;
    if (open.row.waiting != 0) listener_.room(open.session, open.row.waiting.exchange(0));
    if (std::exchange(open.is_full, false)) listener_.buffer_empty(open.session);
}

// -- closing ---------------------------------------------------------------------------------------------------------

void Connections::dismiss(SessionId session, std::string_view farewell) {
    say(session, farewell);
    close(session, false);
}

void Connections::close(SessionId session, bool reset) {
    write_put_off();
    Handle connection = find(session);
    if (!connection || connection->ended) return;
    connection->closing = true;
    if (ConnectionRow* row = board_.find(session)) {
        row->is_closing = 1;
        if (std::uint64_t waiting = row->waiting.exchange(0)) listener_.room(session, waiting);  // in vain, then
    }
    if (reset) {
        static_cast<void>(connection->stream.set_option(SocketOption::linger, 0));  // the close resets it
        connection->peer_is_done = true;
        connection->output.clear();
    } else if (connection->writes) {
        return;  // its writer ends it
    }
    end(connection);
}

void Connections::end(const Handle& connection) {
    write_put_off();
    if (std::exchange(connection->ended, true)) return;
    open_.erase(connection->session);
    connection->answered.wake_all();
    if (is_led(*connection)) {
        patience_.remove(connection->patience);
        ended_.push_back(connection);
    }
    ConnectionRow* row = board_.find(connection->session);
    board_.close_session(connection->session);
    const std::uint64_t waiting = row ? row->waiting.exchange(0) : 0;
    if (connection->peer_is_done || is_stopping_)
        connection->stream.close();
    else
        linger(std::move(connection->stream));
    if (waiting) listener_.room(connection->session, waiting);
    listener_.closed(connection->session);
    all_.done();
}

/// Tells the peer that this is all, and waits for it to say the same.
void Connections::linger(Stream stream) {
    Fd fd = stream.fd();
    Reactor::current().forget(fd);  // the coroutine that reads for packets is done
    static_cast<void>(stream.shut_down(ShutdownHow::write));
    services_.go("linger", [stream = std::move(stream)]() mutable {
        std::byte unread[4096];
        const Deadline deadline = co::deadline_in(linger_time);
        for (;;) {
            auto got = stream.read(unread, deadline);
            if (!got || *got == 0) return;
        }
    });
}

void Connections::close_all(Deadline deadline) {
    is_stopping_ = true;
    std::vector<SessionId> sessions;
    for (const auto& [session, connection] : open_) sessions.push_back(session);
    for (SessionId session : sessions) close(session, false);
    all_.wait(deadline);
    sessions.clear();
    for (const auto& [session, connection] : open_) sessions.push_back(session);
    for (SessionId session : sessions) close(session, true);
    if (is_thrifty_ && relay_) relay_->wake();  // it is over
}

void Connections::close_idle(Duration limit) {
    const std::int64_t newest = (co::now() - limit).time_since_epoch().count();
    std::vector<SessionId> idle;
    for (const auto& [session, connection] : open_) {
        ConnectionRow* row = board_.find(session);
        if (row && row->last_received_at < newest) idle.push_back(session);
    }
    for (SessionId session : idle) close(session, false);
}

Connections::Handle Connections::find(SessionId session) const {
    auto found = open_.find(session);
    return found == open_.end() ? nullptr : found->second;
}

std::string Connections::whose(SessionId session) {
    const ConnectionRow* row = board_.find(session);
    return std::to_string(session) + (row ? " of " + to_string(row->peer()) : std::string());
}

}  // namespace co::server
