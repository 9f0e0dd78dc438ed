#include "post.h"

#include <array>
#include <utility>

#include <co/coroutine.h>
#include <co/reactor.h>

#include "tell.h"

namespace co::server {
namespace {

constexpr std::size_t most_waiting = 256 * 1024;  // bytes to one receiver; then the sender parks
constexpr int at_a_time = 64;                     // messages that are handled before others may run

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

// -- mailboxes -------------------------------------------------------------------------------------------------------

Result<Mailboxes> Mailboxes::open(Kernel& kernel, const ServerSettings& settings) {
    Mailboxes boxes;
    boxes.reactors_ = settings.reactors;
    boxes.workers_ = settings.workers;
    const std::size_t roles = 2 + std::size_t{settings.reactors} + settings.workers + settings.task_workers;
    for (std::size_t i = 0; i < roles * 2; ++i) {
        auto pair = kernel.open_socket_pair(SocketKind::unix_datagram);
        if (!pair) {
            boxes.close(kernel);
            return pair.error();
        }
        boxes.boxes_.push_back(*pair);
    }
    return boxes;
}

std::size_t Mailboxes::place(RoleId role, Lane lane) const {
    std::size_t index = role.index;
    switch (role.kind) {
        case RoleKind::master:
            break;
        case RoleKind::manager:
            index += 1;
            break;
        case RoleKind::reactor:
            index += 2;
            break;
        case RoleKind::worker:
            index += 2 + reactors_;
            break;
        case RoleKind::task_worker:
            index += 2 + reactors_ + workers_;
            break;
    }
    return index * 2 + (lane == Lane::control ? 1 : 0);
}

void Mailboxes::close(Kernel& kernel) {
    for (const auto& [first, second] : std::exchange(boxes_, {})) {
        static_cast<void>(kernel.close(first));
        static_cast<void>(kernel.close(second));
    }
}

// -- sending ---------------------------------------------------------------------------------------------------------

Post::Outbox& Post::outbox(Fd box) {
    std::unique_ptr<Outbox>& out = outboxes_[box];
    if (!out) out = std::make_unique<Outbox>();
    return *out;
}

void Post::send(RoleId to, Lane lane, Message message) {
    Outbox& out = outbox(boxes_.to(to, lane));
    while (out.bytes > most_waiting) {
        tell_post_wait(to);
        if (out.waiters.wait({.kind = WaitKind::write}) != WaitStatus::ok) break;
    }
    send_now(to, lane, std::move(message));
}

void Post::send_now(RoleId to, Lane lane, Message message) {
    message.from = self_;
    const Fd box = boxes_.to(to, lane);
    Outbox& out = outbox(box);
    std::string datagram;
    for (Pieces pieces(message, next_serial_++); pieces.next(datagram);) {
        out.bytes += datagram.size();
        out.datagrams.push_back(std::move(datagram));
        datagram.clear();
    }
    tell_sent(message, to);
    if (std::exchange(out.is_flushing, true)) return;
    services_.go("post", [this, box, &out] { flush(box, out); });
}

/// Runs inside of send() as long as the mailbox has room.
void Post::flush(Fd box, Outbox& out) {
    while (!out.datagrams.empty()) {
        auto written = kernel_.write(box, bytes_of(out.datagrams.front()));
        if (written.error() == std::errc::operation_would_block) {
            if (wait_writable(box) != WaitStatus::ok) break;
            continue;
        }
        // Any other failure means that nobody will ever read there again; what was meant for him goes with him.
        out.bytes -= out.datagrams.front().size();
        out.datagrams.pop_front();
        if (out.bytes <= most_waiting / 2) out.waiters.wake_all();
    }
    out.is_flushing = false;
    out.waiters.wake_all();
}

void Post::flush(Deadline deadline) {
    const TimePoint until = deadline.expiry(co::now());
    for (auto& [box, out] : outboxes_)
        while (out->is_flushing && co::now() < until)
            if (out->waiters.wait({.kind = WaitKind::write}, until) != WaitStatus::ok) break;
}

// -- receiving -------------------------------------------------------------------------------------------------------

void Post::listen(Lane lane, const std::function<bool(Message)>& handle, Rest rest) {
    const Fd box = boxes_.of(self_, lane);
    bool& stops = stops_[static_cast<std::size_t>(lane)];
    Assembly assembly(most_bytes_);
    std::vector<std::byte> datagram(piece_bytes);
    int handled = 0;
    // Of a message that has begun to arrive the rest must be awaited: the next process could not read it.
    while (!stops || rest == Rest::is_taken || assembly.incomplete() > 0) {
        auto got = kernel_.read(box, datagram);
        if (got.error() == std::errc::operation_would_block) {
            if (stops && rest == Rest::is_taken) return;
            handled = 0;
            if (wait_readable(box) != WaitStatus::ok && !stops) return;
            continue;
        }
        if (!got) return;
        Assembled assembled = assembly.take({reinterpret_cast<const char*>(datagram.data()), *got});
        if (!assembled.message) continue;
        tell_taken(*assembled.message);
        if (!handle(*std::move(assembled.message))) stops = true;
        if (!stops && ++handled % at_a_time == 0 && co::sleep(Duration::zero()) != WaitStatus::ok) return;
    }
}

void Post::stop_listening(Lane lane) {
    stops_[static_cast<std::size_t>(lane)] = true;
    Reactor::current().forget(boxes_.of(self_, lane));
}

}  // namespace co::server
