// Post: how a role writes to other roles and hears from them. Each has mailboxes: socket pairs that were there before
// the first process was started, so a message waits in them while its receiver is being replaced.
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
#include <string>
#include <utility>
#include <vector>

#include <co/kernel.h>
#include <co/server_settings.h>

#include "message.h"
#include "role.h"
#include "services.h"
#include "waiters.h"

namespace co::server {

/// Work waits while its receiver is busy or being replaced; control gets through.
enum class Lane : std::uint8_t { work, control };

/// The mailboxes of all roles. Every process has all of them.
class Mailboxes {
  public:
    static Result<Mailboxes> open(Kernel& kernel, const ServerSettings& settings);

    Fd to(RoleId role, Lane lane) const { return boxes_[place(role, lane)].first; }
    Fd of(RoleId role, Lane lane) const { return boxes_[place(role, lane)].second; }
    void close(Kernel& kernel);

  private:
    std::size_t place(RoleId role, Lane lane) const;

    std::size_t reactors_ = 0;
    std::size_t workers_ = 0;
    std::vector<std::pair<Fd, Fd>> boxes_;
};

class Post {
  public:
    Post(Kernel& kernel, const Mailboxes& boxes, RoleId self, std::size_t most_bytes, Services& services)
        : kernel_(kernel), boxes_(boxes), self_(self), most_bytes_(most_bytes), services_(services) {}

    RoleId self() const { return self_; }
    /// Messages to one receiver arrive in the order of these calls. Parks the caller when too much waits already.
    void send(RoleId to, Lane lane, Message message);
    /// Never parks: for answers, which others wait for.
    void send_now(RoleId to, Lane lane, Message message);
    /// What becomes of messages that are there when listening stops.
    enum class Rest : std::uint8_t { is_left, is_taken };
    /// Calls `handle` for every message until it answers false, or stop_listening() is called.
    void listen(Lane lane, const std::function<bool(Message)>& handle, Rest rest = Rest::is_left);
    void stop_listening(Lane lane);
    /// Waits until everything has been written, at most until the deadline.
    void flush(Deadline deadline);

  private:
    struct Outbox {
        std::deque<std::string> datagrams;
        std::size_t bytes = 0;
        bool is_flushing = false;
        Waiters waiters;
    };

    Outbox& outbox(Fd box);
    void flush(Fd box, Outbox& out);

    Kernel& kernel_;
    const Mailboxes& boxes_;
    RoleId self_;
    std::size_t most_bytes_;
    Services& services_;
    bool stops_[2] = {};  // by lane
    std::uint32_t next_serial_ = 1;
    std::map<Fd, std::unique_ptr<Outbox>> outboxes_;
};

}  // namespace co::server
