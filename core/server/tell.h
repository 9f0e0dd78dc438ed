// tell: what a server tells the trace about itself. Without a sink each call costs a branch; where every request
// passes, one asks is_traced() first, which costs no call either.
#pragma once

#include <cstdint>
#include <string_view>

#include <co/event.h>
#include <co/scheduler.h>

#include "message.h"
#include "role.h"

namespace co::server {

inline bool is_traced() {
    const Scheduler* scheduler = Scheduler::current_or_null();
    return scheduler && scheduler->traces();
}

/// A message as traces have it: its kind and its first bytes.
[[gnu::cold]] void tell_sent(const Message& message, RoleId to);
[[gnu::cold]] void tell_taken(const Message& message);
[[gnu::cold]] void tell_post_wait(RoleId to);
/// The running coroutine parks until something changes that its role looks after.
[[gnu::cold]] void tell_pause();
/// The running coroutine parks until its connection has room again.
[[gnu::cold]] void tell_send_wait(std::uint32_t session);
/// The running coroutine parks until tasks are finished.
[[gnu::cold]] void tell_task_wait(std::uint32_t task, std::int64_t until);
/// This process, or thread, is that part of the server.
[[gnu::cold]] void tell_role(RoleId role);
[[gnu::cold]] void tell_opened(std::uint32_t session, std::string_view peer);
[[gnu::cold]] void tell_closed(std::uint32_t session);
[[gnu::cold]] void tell_framed(std::uint32_t session, std::uint32_t request, std::string_view bytes);
[[gnu::cold]] void tell_dispatched(std::uint32_t session, std::uint32_t request, std::uint32_t worker);
/// The running coroutine is an event of the program: "receive".
[[gnu::cold]] void tell_event(std::string_view event, std::uint32_t session, std::uint32_t request);
[[gnu::cold]] void tell_event_done(std::uint32_t session, std::uint32_t request);
[[gnu::cold]] void tell_task(trace::EventKind kind, std::uint32_t task, std::uint32_t worker, std::string_view text);
[[gnu::cold]] void tell_worker_start(RoleId worker, std::int64_t process, std::uint32_t starts);
[[gnu::cold]] void tell_worker_ended(RoleId worker, std::string_view how);
[[gnu::cold]] void tell_log(std::string_view line);

}  // namespace co::server
