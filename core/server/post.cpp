#include "post.h"

#include <algorithm>
#include <utility>

#include <co/coroutine.h>
#include <co/costly_calls.h>
#include <co/reactor.h>

#include "tell.h"

namespace co::server {
namespace {

constexpr std::size_t most_waiting = 256 * 1024;  // bytes to one receiver; then the sender parks
constexpr int at_a_time = 64;                     // messages that are handled before others may run
// Memory that is short comes back; a mailbox that stays broken would make its owner deaf for ever.
constexpr int most_failures = 20;
constexpr Duration between_failures = std::chrono::milliseconds(10);

constexpr Duration longest_unrung = std::chrono::microseconds(50);
constexpr Duration bell_pause = std::chrono::milliseconds(1);  // until a bell that the system refused is tried again

// About what it takes until a sleeper that was told is there, on a core that had nothing to do.
constexpr Duration longest_look = std::chrono::microseconds(50);
constexpr int most_hope = 8;                                       // looks in vain, in a row
constexpr unsigned rare_look = 16;                                 // then one for so many waits
constexpr Duration shortest_slice = std::chrono::milliseconds(1);  // of who computes on this core, too
constexpr unsigned most_wary = 1'000;
constexpr int most_looks = 256;  // in a row, before others may have this core: half a microsecond

static_assert(piece_bytes <= Ring::most_in_record);

/// Of what another moment may have enough: see send(2).
bool is_short_of_memory(std::error_code why) {
    return why == std::errc::no_buffer_space || why == std::errc::not_enough_memory;
}

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

// -- sending ---------------------------------------------------------------------------------------------------------

Post::Post(Kernel& kernel, const Mailboxes& boxes, RoleId self, std::size_t most_bytes, Services& services)
    : kernel_(kernel), boxes_(boxes), self_(self), most_bytes_(most_bytes), services_(services) {
    for (const Mailboxes::Way& way : boxes.ways_from(self)) outbox({way.to, way.lane}).ring = way.ring;
}

/// Of what the one who was here before put into rings he may have died before he told.
void Post::take_over() {
    for (const Mailboxes::Way& way : boxes_.ways_from(self_)) {
        if (way.ring.is_empty()) continue;
        boxes_.falls_asleep(way.to, way.lane);
        ring_later({way.to, way.lane});
    }
}

Post::Outbox& Post::outbox(Mailbox to) {
    std::unique_ptr<Outbox>& out = outboxes_[to];
    if (!out) out = std::make_unique<Outbox>();
    return *out;
}

void Post::send(RoleId to, Lane lane, Message message) {
    Outbox& out = outbox({to, lane});
    while (out.bytes > most_waiting) {
        tell_post_wait(to);
        if (out.waiters.wait({.kind = WaitKind::write}) != WaitStatus::ok) break;
    }
    send_now(to, lane, std::move(message));
}

void Post::send_now(RoleId to, Lane lane, Message message) {
    message.from = self_;
    const Mailbox box{to, lane};
    Outbox& out = outbox(box);
    Pieces pieces(message, next_serial_++);
    bool is_left = pieces.next(datagram_);
    if (out.ring && !out.is_flushing)
        while (is_left && out.ring->push(datagram_)) {
            ring_later(box);
            is_left = pieces.next(datagram_);
        }
    for (; is_left; is_left = pieces.next(datagram_)) {
        out.bytes += datagram_.size();
        out.datagrams.push_back(std::exchange(datagram_, {}));
    }
    tell_sent(message, to);
    if (out.datagrams.empty() || std::exchange(out.is_flushing, true)) return;
    services_.go("post", [this, box, &out] { out.ring ? flush_ring(box, out) : flush(box, out); });
}

/// Runs inside of send() as long as the mailbox has room.
void Post::flush(Mailbox to, Outbox& out) {
    const Fd box = boxes_.to(to.first, to.second);
    while (!out.datagrams.empty()) {
        auto written = kernel_.write(box, bytes_of(out.datagrams.front()));
        if (written.error() == std::errc::operation_would_block) {
            if (wait_writable(box) != WaitStatus::ok) break;
            continue;
        }
        if (is_short_of_memory(written.error())) {
            if (co::sleep(between_failures) != WaitStatus::ok) break;
            continue;
        }
        // Any other failure means that nobody will ever read there again; what was meant for him goes with him.
        flushed_one(out);
    }
    out.is_flushing = false;
    out.waiters.wake_all();
}

void Post::flush_ring(Mailbox to, Outbox& out) {
    while (!out.datagrams.empty()) {
        if (!out.ring->push(out.datagrams.front())) {
            out.ring->wish_for_room();
            if (!out.ring->push(out.datagrams.front())) {
                if (room_.wait({.kind = WaitKind::write}) != WaitStatus::ok) break;
                continue;
            }
        }
        flushed_one(out);
        ring_later(to);
    }
    out.is_flushing = false;
    out.waiters.wake_all();
}

void Post::flushed_one(Outbox& out) {
    out.bytes -= out.datagrams.front().size();
    out.datagrams.pop_front();
    if (out.bytes <= most_waiting / 2) out.waiters.wake_all();
}

void Post::flush(Deadline deadline) {
    ring();
    const TimePoint until = deadline.expiry(co::now());
    for (auto& [box, out] : outboxes_)
        while (out->is_flushing && co::now() < until)
            if (out->waiters.wait({.kind = WaitKind::write}, until) != WaitStatus::ok) break;
    for (ring(); !to_ring_.empty() && co::now() < until; ring())
        if (co::sleep(bell_pause) != WaitStatus::ok) break;
}

/// When all who are ready now have had their turn: one bell for what they all send.
void Post::ring_later(Mailbox to) {
    if (std::ranges::find(to_ring_, to) != to_ring_.end()) return;
    to_ring_.push_back(to);
    if (to_ring_.size() == 1) oldest_unrung_.reset();
    if (std::exchange(is_bell_due_, true)) return;
    services_.go("bell", [this] {
        Duration pause = Duration::zero();
        do {
            if (co::sleep(pause) != WaitStatus::ok) break;
            ring();
            pause = bell_pause;
        } while (!to_ring_.empty());
        is_bell_due_ = false;
    });
}

void Post::ring() {
    std::erase_if(to_ring_, [this](const Mailbox& box) { return boxes_.ring_sleeper(kernel_, box.first, box.second); });
}

/// Who was told that something will be there soon must not wait until everything else is done.
void Post::ring_if_late() {
    if (to_ring_.empty()) return;
    const TimePoint now = co::now();
    if (!oldest_unrung_) oldest_unrung_ = now;
    if (now - *oldest_unrung_ > longest_unrung) ring();
}

// -- receiving -------------------------------------------------------------------------------------------------------

/// What comes to one lane: from the rings that lead there, and from its mailbox.
class Post::Incoming {
  public:
    Incoming(Post& post, Lane lane)
        : post_(post),
          lane_(lane),
          box_(post.boxes_.of(post.self_, lane)),
          ways_(post.boxes_.ways_to(post.self_, lane)),
          datagram_(piece_bytes),
          costly_(costly_calls(post.kernel_)),
          is_patient_(costly_ && std::ranges::any_of(ways_, leads_to_or_from_tasks) && !Scheduler::current().traces()) {
        grant_wishes();  // that were meant for the one who was here before
        post.take_over();
    }

    /// Empty when there is none now. Valid until taken().
    std::string_view next(bool looks_everywhere) {
        has_failed_ = false;
        if (from_rings_ >= at_a_time) {  // who is in the mailbox has waited long enough
            const std::string_view datagram = from_mailbox();
            if (!datagram.empty() || has_failed_) return datagram;
        }
        for (std::size_t tries = 0; tries < ways_.size(); ++tries) {
            at_ = (at_ + 1) % ways_.size();
            if (auto record = ways_[at_].ring.front(); !record.empty()) {
                is_in_ring_ = true;
                return record;
            }
        }
        return has_bell() && !looks_everywhere ? std::string_view() : from_mailbox();
    }

    /// Nobody else gets it, whatever becomes of this one now.
    void taken() {
        was_busy_ = true;
        if (!std::exchange(is_in_ring_, false)) return;
        ways_[at_].ring.pop();
        ++from_rings_;
    }

    /// Who sent something just now may send more soon: looks for it for a while, for a sleep and the bell that ends it
    /// cost more. Meanwhile others go on, in this process and on this core. ok: it may have come.
    WaitStatus look_for_more() {
        if (!std::exchange(was_busy_, false) || !is_patient_ || !is_worth_a_look() || !grant_wishes())
            return WaitStatus::timeout;
        wary_ -= wary_ > 0;
        const TimePoint until = co::now() + longest_look;
        do {
            if (const WaitStatus status = co::sleep(Duration::zero()); status != WaitStatus::ok) return status;
            if (post_.stops_[static_cast<std::size_t>(lane_)]) return WaitStatus::ok;
            if (has_come(looks_)) {
                looks_ = std::min(2 * looks_, most_looks);
                return was_right_to_look();
            }
            if (give_way() && has_come(1)) {  // the sender has this core, it seems: the sooner it gets it the better
                looks_ = std::max(looks_ / 2, 1);
                return was_right_to_look();
            }
        } while (co::now() < until);
        hope_ = std::max(hope_ - 1, 0);
        return WaitStatus::timeout;
    }

    /// next() could not read the mailbox; how often that is in a row, and why.
    bool has_failed() const { return has_failed_; }
    int failures() const { return failures_; }
    std::error_code why() const { return why_; }
    void look_again() { was_called_ = true; }

    WaitStatus wait() {
        if (ways_.empty()) return wait_readable(box_);
        const Deadline until = grant_wishes() ? Deadline(forever) : Deadline(bell_pause);
        post_.boxes_.falls_asleep(post_.self_, lane_);
        WaitStatus status = WaitStatus::ok;
        if (are_empty()) status = wait_readable(box_, until);
        if (status == WaitStatus::timeout) status = WaitStatus::ok;
        post_.boxes_.is_awake(post_.self_, lane_);
        was_called_ = true;
        return status;
    }

    /// Tells those whose rings were full that they have room. False: not all could be told.
    bool grant_wishes() {
        bool are_told = true;
        for (Mailboxes::Way& way : ways_) {
            if (!way.ring.takes_wish() || post_.boxes_.ring_bell(post_.kernel_, way.from, Lane::control)) continue;
            way.ring.wish_for_room();
            are_told = false;
        }
        return are_told;
    }

  private:
    static bool leads_to_or_from_tasks(const Mailboxes::Way& way) {
        return way.to.kind == RoleKind::task_worker || way.from.kind == RoleKind::task_worker;
    }
    /// After a series of looks in vain it is, now and then.
    bool is_worth_a_look() { return hope_ > 0 || ++waits_ % rare_look == 0; }
    /// Where somebody else computes on this core it is lost for milliseconds each time, so that is tried rarely.
    bool give_way() {
        if (wary_ > 0) return false;
        const TimePoint before = co::now();
        costly_->give_way();
        if (co::now() - before > shortest_slice) wary_ = most_wary;
        return true;
    }
    WaitStatus was_right_to_look() {
        hope_ = std::min(hope_ + 2, most_hope);
        return WaitStatus::ok;
    }
    bool has_come(int looks) const {
        for (; looks > 0; --looks)
            if (!are_empty()) return true;
        return false;
    }
    /// Then the mailbox is worth looking into only after a wait.
    bool has_bell() const { return !ways_.empty() && !was_called_; }
    bool are_empty() const {
        return std::ranges::all_of(ways_, [](const Mailboxes::Way& way) { return way.ring.is_empty(); });
    }

    std::string_view from_mailbox() {
        was_called_ = false;
        from_rings_ = 0;
        auto got = post_.kernel_.read(box_, datagram_);
        has_failed_ = !got && got.error() != std::errc::operation_would_block;
        failures_ = has_failed_ ? failures_ + 1 : 0;
        why_ = got.error();
        if (!got) return {};
        post_.room_.wake_all();  // a bell that means room may have found the mailbox full
        return {reinterpret_cast<const char*>(datagram_.data()), *got};
    }

    Post& post_;
    Lane lane_;
    Fd box_;
    std::vector<Mailboxes::Way> ways_;
    std::vector<std::byte> datagram_;
    std::size_t at_ = 0;
    bool is_in_ring_ = false;  // what next() gave
    bool was_called_ = true;   // since the mailbox was looked into
    int from_rings_ = 0;       // records, since then
    CostlyCalls* costly_;
    bool is_patient_;
    bool was_busy_ = false;  // since it looked for more
    int looks_ = most_looks;
    int hope_ = most_hope;
    unsigned waits_ = 0;  // without hope
    unsigned wary_ = 0;   // so many looks are without giving way
    bool has_failed_ = false;
    int failures_ = 0;
    std::error_code why_{};
};

void Post::listen(Lane lane, const std::function<bool(Message)>& handle, Rest rest) {
    bool& stops = stops_[static_cast<std::size_t>(lane)];
    Assembly assembly(most_bytes_);
    Incoming incoming(*this, lane);
    int handled = 0;
    // Of a message that has begun to arrive the rest must be awaited: the next process could not read it.
    while (!stops || rest == Rest::is_taken || assembly.incomplete() > 0) {
        const std::string_view datagram = incoming.next(stops);
        if (incoming.has_failed()) {
            if (!bears(incoming.why(), incoming.failures())) return;
            incoming.look_again();
            continue;
        }
        if (datagram.empty()) {
            if (stops && rest == Rest::is_taken) return;
            const WaitStatus status = incoming.look_for_more();
            if (status == WaitStatus::cancelled && !stops) return;
            if (status == WaitStatus::ok) continue;
            handled = 0;
            if (incoming.wait() != WaitStatus::ok && !stops) return;
            continue;
        }
        if (datagram.size() == Mailboxes::bell_bytes) continue;
        Assembled assembled = assembly.take(datagram);
        if (!assembled.message) {
            incoming.taken();
            continue;
        }
        tell_taken(*assembled.message);
        if (!handled_whole(lane, incoming, handle, *std::move(assembled.message))) stops = true;
        ring_if_late();
        if (stops || ++handled % at_a_time != 0) continue;
        incoming.grant_wishes();
        if (co::sleep(Duration::zero()) != WaitStatus::ok) return;
    }
}

/// What goes into the ledger leaves its ring only then, and before the program works on it: whoever is killed over it
/// leaves it in the one or in the other. (In both only between two stores: then its connection is closed, and the
/// request is served all the same.) All else must not be met again by the next process: it may be what this one ends
/// of.
bool Post::handled_whole(Lane lane, Incoming& incoming, const std::function<bool(Message)>& handle, Message message) {
    const bool has_place_in_ledger = message.kind == MessageKind::packet || message.kind == MessageKind::datagram ||
                                     message.kind == MessageKind::task;
    if (!has_place_in_ledger) {
        incoming.taken();
        return handle(std::move(message));
    }
    Incoming*& handles = handles_[static_cast<std::size_t>(lane)];
    handles = &incoming;
    const bool goes_on = handle(std::move(message));
    handles = nullptr;
    incoming.taken();
    return goes_on;
}

void Post::taken(Lane lane) {
    if (Incoming* incoming = handles_[static_cast<std::size_t>(lane)]) incoming->taken();
}

/// False: it was cancelled meanwhile.
bool Post::bears(std::error_code why, int failures) const {
    const bool for_good = failures >= most_failures;
    if (fails_ && (failures == 1 || for_good)) fails_(why, for_good);
    return co::sleep(between_failures) == WaitStatus::ok;
}

void Post::stop_listening(Lane lane) {
    stops_[static_cast<std::size_t>(lane)] = true;
    Reactor::current().forget(boxes_.of(self_, lane));
}

}  // namespace co::server
