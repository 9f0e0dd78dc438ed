#include "tell.h"

#include <string>

namespace co::server {
namespace {

using trace::EventKind;

constexpr std::size_t most_shown = 48;  // bytes of a packet

void record(EventKind kind, const Scheduler::Probe& probe) {
    if (is_traced()) Scheduler::current().record(kind, probe);
}

std::string_view first_of(std::string_view bytes) { return bytes.substr(0, most_shown); }

/// Workers and task workers in one series, as programs count them is not known here: their kind and number is.
std::string description(const Message& message) {
    std::string text{name(message.kind)};
    const bool has_words = message.kind == MessageKind::packet || message.kind == MessageKind::send ||
                           message.kind == MessageKind::task || message.kind == MessageKind::finish ||
                           message.kind == MessageKind::pipe_message;
    if (has_words) text += ' ' + std::string(first_of(message.body));
    return text;
}

std::int64_t bytes_of(const Message& message) { return static_cast<std::int64_t>(message.body.size()); }

}  // namespace

void tell_sent(const Message& message, RoleId to) {
    if (!is_traced()) return;
    record(EventKind::message_sent,
           {.object = number(to), .other = message.number, .value = bytes_of(message), .text = description(message)});
}

void tell_taken(const Message& message) {
    if (!is_traced()) return;
    record(EventKind::message_taken, {.object = number(message.from),
                                      .other = message.number,
                                      .value = bytes_of(message),
                                      .text = description(message)});
}

void tell_post_wait(RoleId to) { record(EventKind::post_wait, {.object = number(to), .value = trace::forever_ns}); }
void tell_pause() { record(EventKind::yield, {}); }
void tell_send_wait(std::uint32_t session) {
    record(EventKind::send_wait, {.object = session, .value = trace::forever_ns});
}
void tell_task_wait(std::uint32_t task, std::int64_t until) {
    record(EventKind::task_wait, {.object = task, .value = until});
}
void tell_role(RoleId role) {
    if (is_traced()) record(EventKind::role, {.object = number(role), .text = to_string(role)});
}
void tell_opened(std::uint32_t session, std::string_view peer) {
    record(EventKind::session_open, {.object = session, .text = peer});
}
void tell_closed(std::uint32_t session) { record(EventKind::session_close, {.object = session}); }

void tell_framed(std::uint32_t session, std::uint32_t request, std::string_view bytes) {
    record(EventKind::framed, {.object = session,
                               .other = request,
                               .value = static_cast<std::int64_t>(bytes.size()),
                               .text = first_of(bytes)});
}

void tell_dispatched(std::uint32_t session, std::uint32_t request, std::uint32_t worker) {
    record(EventKind::dispatched, {.object = session, .other = request, .value = worker});
}

void tell_event(std::string_view event, std::uint32_t session, std::uint32_t request) {
    record(EventKind::event, {.object = session, .other = request, .text = event});
}

void tell_event_done(std::uint32_t session, std::uint32_t request) {
    record(EventKind::event_done, {.object = session, .other = request});
}

void tell_task(EventKind kind, std::uint32_t task, std::uint32_t worker, std::string_view text) {
    record(kind, {.object = task, .value = worker, .text = first_of(text)});
}

void tell_worker_start(RoleId worker, std::int64_t process, std::uint32_t starts) {
    record(EventKind::worker_start, {.object = number(worker), .other = starts, .value = process});
}
void tell_worker_ended(RoleId worker, std::string_view how) {
    record(EventKind::worker_ended, {.object = number(worker), .text = how});
}
void tell_log(std::string_view line) { record(EventKind::log, {.text = line}); }

}  // namespace co::server
