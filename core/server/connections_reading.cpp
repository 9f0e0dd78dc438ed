// How what comes on connections is read, cut and handed out: by a coroutine of each connection; or, where calls of the
// kernel cost and nobody watches, by one for all of them, to which the loop tells whose turn it is: then an idle
// connection has no stack, and a request that is served without waiting needs no switch.
#include "connections.h"

#include <exception>
#include <system_error>
#include <utility>

#include "tell.h"

namespace co::server {
namespace {

constexpr std::size_t read_bytes = 16 * 1024;  // room for one read

// A handler that takes longer, on the average of a turn, is one of those that hold the thread.
constexpr Duration quick_handler = std::chrono::microseconds(50);
constexpr Duration until_judged_again = std::chrono::milliseconds(100);

}  // namespace

// -- by its own coroutine ------------------------------------------------------------------------------------------

/// Reads until the peer has sent all, something failed, or the connection was closed here.
[[gnu::hot, gnu::noinline]] void Connections::serve(Open& open) {
    while (!open.closing && !open.ended) {
        auto got = read(open);
        if (!got || *got == 0) [[unlikely]] {
            if (got.error() == std::errc::timed_out)
                refuse(open, open.cutter->out_of_patience());
            else
                open.peer_is_done = true;
            break;
        }
        took(open, *got);
        if (hand_out_packets(open) == Next::none) break;
    }
    if (!open.ended && !open.closing) close(open.session, false);
}

/// When the last read took all that was there, the next one waits first: it would be a call in vain.
Result<std::size_t> Connections::read(Open& open) {
    const std::span<std::byte> room = open.cutter->room(read_bytes);
    const TimePoint now = scheduler_.turn_began();
    const Deadline deadline = open.cutter->patience(now).expiry(now);
    if (open.is_read_empty) {
        const WaitStatus waited = Reactor::current().wait(open.stream.fd(), Direction::read, deadline);
        if (waited != WaitStatus::ok || open.ended) [[unlikely]]
            return waited == WaitStatus::timeout ? std::errc::timed_out : std::errc::operation_canceled;
    }
    auto got = open.stream.read(room, deadline);
    open.is_read_empty = is_thrifty_ && got && *got < room.size();
    return got;
}

// -- by either -------------------------------------------------------------------------------------------------------

void Connections::took(Open& open, std::size_t bytes) {
    open.cutter->filled(bytes);
    open.row.last_received_at.store(scheduler_.turn_began().time_since_epoch().count(), std::memory_order_relaxed);
}

/// What comes next for the connection.
[[gnu::hot]] Connections::Next Connections::hand_out_packets(Open& open) {
    while (!open.closing && !open.ended) {
        const Cut cut = open.cutter->next();
        if (cut.status == FrameStatus::incomplete) [[unlikely]] {
            say(open.session, open.cutter->encouragement());
            return Next::read;
        }
        if (cut.status == FrameStatus::refused) [[unlikely]] {
            refuse(open, cut);
            return Next::none;
        }
        if (!hand_out(open, cut.bytes)) return Next::another;
        if (open.awaits_answer) {
            if (is_led(open)) return Next::answer;
            await_answer(open);
        }
        if (cut.is_last) return Next::read;
    }
    return Next::none;
}

/// While it lives, unless another one came in between.
class Connections::AtHand {
  public:
    AtHand(Connections& all, Open& open) : all_(all) { all.at_hand_ = &open; }
    AtHand(const AtHand&) = delete;
    AtHand& operator=(const AtHand&) = delete;
    ~AtHand() { all_.at_hand_ = nullptr; }

  private:
    Connections& all_;
};

/// False: another coroutine leads by now, and has this connection, if it is open still.
bool Connections::hand_out(Open& open, std::string_view packet) {
    const bool was_led = is_led(open);
    ++handed_out_;
    open.awaits_answer = open.is_answered_in_turn;
    const AtHand at_hand(*this, open);
    listener_.packet(open.session, open.row, packet, *open.cutter);
    return !was_led || relay_->leads();
}

void Connections::await_answer(Open& open) {
    while (open.awaits_answer && !open.ended) {
        tell_pause();
        if (open.answered.wait({.kind = WaitKind::none}) != WaitStatus::ok) return;
    }
}

// -- by one for all --------------------------------------------------------------------------------------------------

void Connections::share_a_coroutine() {
    if constexpr (Thrift::is_possible) {
        if (!is_thrifty_ || scheduler_.traces()) return;
        relay_ = std::make_unique<Relay>(
            "connections", [this] { return serve_due(); }, [this] { return services_.kept(); });
        relay_->start();
        relay_counts_.emplace(services_.one_more());
    }
}

[[gnu::hot]] void Connections::make_due(Open& open, Next next) {
    open.next = next;
    if (std::exchange(open.is_due, true)) return;
    open.next_due = nullptr;
    (last_due_ ? last_due_->next_due : first_due_) = &open;
    last_due_ = &open;
    relay_->wake();
}

/// Until when there may be nothing to do; nothing: there will be no more connections.
[[gnu::hot]] std::optional<TimePoint> Connections::serve_due() {
    at_hand_ = nullptr;  // of whoever led before
    if (current_ && !serve_led(*current_)) return TimePoint();
    const Open* last = last_due_;  // for now: a peer that never stops must not keep others from their turn
    while (last && !scheduler_.is_stopping()) {
        current_ = first_due_;
        if (current_ == last) last = nullptr;
        first_due_ = current_->next_due;
        if (!first_due_) last_due_ = nullptr;
        current_->is_due = false;
        if (!serve_led(*current_)) return TimePoint();
    }
    current_ = nullptr;
    write_put_off();
    judge_handlers();
    return wait_for_more();
}

std::optional<TimePoint> Connections::wait_for_more() {
    std::erase_if(ended_, [](const Handle& connection) { return !connection->is_due; });
    if (is_stopping_ && open_.empty()) {
        relay_counts_.reset();
        return std::nullopt;
    }
    while (TimerEntry* due = patience_.pop_due(scheduler_.turn_began()))
        make_due(static_cast<Patience&>(*due).whose, Next::refusal);
    return patience_.soonest();
}

/// Does what is next. Whether this coroutine still leads: else another one has gone on with the connection.
[[gnu::hot]] bool Connections::serve_led(Open& open) try {
    if (open.closing || open.ended) return true;
    if (open.next == Next::read) open.next = read_led(open);
    if (open.next == Next::cut) {
        const Next next = open.awaits_answer ? Next::answer : hand_out_packets(open);
        if (next == Next::another) return false;
        open.next = next;
    }
    if (open.next == Next::refusal) [[unlikely]]
        refuse(open, open.cutter->out_of_patience());
    if (open.closing || open.ended || open.next == Next::answer) return true;
    if (open.next == Next::read)
        await_bytes(open);
    else
        close(open.session, false);
    return true;
} catch (const std::exception& error) {
    give_up(open, error.what());
    return true;
}

/// Whatever happens to one of them, the others have to be served.
void Connections::give_up(Open& open, const std::string& why) try {
    log("connection", "closed connection " + whose(open.session) + ": " + why);
    close(open.session, true);
} catch (const std::exception&) {
    open.stream.close();  // there is room for nothing, not even for who would hear of it
}

[[gnu::hot]] Connections::Next Connections::read_led(Open& open) {
    patience_.rest(open.patience);
    const std::span<std::byte> room = open.cutter->room(read_bytes);
    auto got = open.stream.read(room, Duration::zero());
    open.is_read_empty = !got || *got < room.size();
    if (got && *got > 0) [[likely]] {
        took(open, *got);
        return Next::cut;
    }
    if (got.error() == std::errc::timed_out) return Next::read;
    open.peer_is_done = true;
    return Next::none;
}

/// Its next turn is when something has come, or it took too long.
[[gnu::hot]] void Connections::await_bytes(Open& open) {
    if (!open.is_read_empty) return make_due(open, Next::read);  // there is more
    const TimePoint now = scheduler_.turn_began();
    const Deadline deadline = open.cutter->patience(now);
    if (!deadline.is_forever()) patience_.set(open.patience, deadline.expiry(now));
    try {
        Reactor::current().tell(open.stream.fd(), open);
    } catch (const std::system_error&) {
        serve_apart(open);
    }
}

/// By a coroutine of its own, which waits until the kernel can watch one more descriptor.
void Connections::serve_apart(Open& open) {
    patience_.remove(open.patience);
    open.is_led = false;
    services_.go("connection " + std::to_string(open.session),
                 [this, connection = find(open.session)] { serve(*connection); });
}

// -- answers that are put off --------------------------------------------------------------------------------------

/// Nothing but writing happens meanwhile: what the program is told of it comes behind.
[[gnu::hot]] void Connections::write_bundle() {
    std::vector<SessionId> unfinished;
    put_off_.take([&](Open& open, std::string_view bytes) {
        if (open.output.is_empty()) bytes.remove_prefix(open.stream.write_some(bytes, Duration::zero()).value_or(0));
        if (bytes.empty()) [[likely]]
            return;
        try {
            unfinished.push_back(open.session);
            open.output.append(bytes);
            open.row.pending += bytes.size();
        } catch (const std::bad_alloc&) {
            open.stream.close();  // its peer learns that something is missing
        }
    });
    if (!unfinished.empty()) [[unlikely]]
        write_rest(unfinished);
}

void Connections::write_rest(const std::vector<SessionId>& unfinished) {
    for (SessionId session : unfinished) {
        const Handle connection = find(session);
        if (!connection || connection->ended) continue;
        try {
            write_later(connection);
        } catch (const std::exception& error) {
            give_up(*connection, error.what());
        }
    }
}

/// Where handlers take long, the answers of the first ones must not wait for the last one.
void Connections::judge_handlers() {
    const std::size_t handed_out = std::exchange(handed_out_, 0);
    if (writes_at_once_until_) {
        if (scheduler_.turn_began() >= *writes_at_once_until_) writes_at_once_until_.reset();
    } else if (handed_out > 1) {
        const TimePoint now = scheduler_.now();
        if (now - scheduler_.turn_began() > handed_out * quick_handler)
            writes_at_once_until_ = now + until_judged_again;
    }
}

}  // namespace co::server
