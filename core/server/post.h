// Post: how a role writes to other roles and hears from them: messages, cut into datagrams, through the mailboxes.
//
//     Post post(kernel, boxes, me);
//     post.send({RoleKind::worker, 2}, Lane::work, message);       // parks while too much waits to be sent there
//     post.listen(Lane::work, [&](Message message) { handle(std::move(message)); });
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <co/kernel.h>

#include "mailboxes.h"
#include "message.h"
#include "role.h"
#include "services.h"
#include "waiters.h"

namespace co::server {

class Post {
  public:
    Post(Kernel& kernel, const Mailboxes& boxes, RoleId self, std::size_t most_bytes, Services& services);

    RoleId self() const { return self_; }
    /// Hears that a mailbox cannot be read; the last time (`for_good`) it must not return.
    using Fails = std::function<void(std::error_code why, bool for_good)>;
    void on_failure(Fails fails) { fails_ = std::move(fails); }
    /// Messages to one receiver arrive in the order of these calls. Parks the caller when too much waits already.
    void send(RoleId to, Lane lane, Message message);
    /// Never parks: for answers, which others wait for.
    void send_now(RoleId to, Lane lane, Message message);
    /// What becomes of messages that are there when listening stops.
    enum class Rest : std::uint8_t { is_left, is_taken };
    /// Calls `handle` for every message until it answers false, or stop_listening() is called.
    void listen(Lane lane, const std::function<bool(Message)>& handle, Rest rest = Rest::is_left);
    void stop_listening(Lane lane);
    /// What is being handled is written down where it outlives this process: it need not be read again by the next one.
    /// Else it is taken when it has been handled.
    void taken(Lane lane);
    /// Tells receivers that sleep what was sent to them. Else they are told when all who are ready have had their turn.
    void ring();
    /// Waits until everything has been written, at most until the deadline.
    void flush(Deadline deadline);

  private:
    using Mailbox = std::pair<RoleId, Lane>;
    struct Outbox {
        std::optional<Ring> ring{};  // what leads there instead of the socket
        std::deque<std::string> datagrams{};
        std::size_t bytes = 0;
        bool is_flushing = false;
        Waiters waiters{};
    };
    class Incoming;

    Outbox& outbox(Mailbox to);
    void flush(Mailbox to, Outbox& out);
    void flush_ring(Mailbox to, Outbox& out);
    void flushed_one(Outbox& out);
    void take_over();
    void ring_later(Mailbox to);
    void ring_if_late();
    bool bears(std::error_code why, int failures) const;
    bool handled_whole(Lane lane, Incoming& incoming, const std::function<bool(Message)>& handle, Message message);

    Kernel& kernel_;
    const Mailboxes& boxes_;
    RoleId self_;
    std::size_t most_bytes_;
    Services& services_;
    Fails fails_;
    bool stops_[2] = {};         // by lane
    Incoming* handles_[2] = {};  // what is being handled comes from there; likewise
    std::uint32_t next_serial_ = 1;
    std::map<Mailbox, std::unique_ptr<Outbox>> outboxes_;
    std::string datagram_;                      // that is just being sent
    std::vector<Mailbox> to_ring_;              // where something was put into a ring, and nobody was told
    std::optional<TimePoint> oldest_unrung_{};  // since about when
    bool is_bell_due_ = false;                  // its coroutine is there
    Waiters room_;                              // for those who wait for it in a ring
};

}  // namespace co::server
