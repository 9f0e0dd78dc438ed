// The program's events in a worker, and the connections of a worker in BASE mode, from which they come there.
#include <stdexcept>
#include <utility>

#include <co/coroutine.h>

#include "protocol.h"
#include "tell.h"
#include "worker_event.h"

namespace co::server {

Worker::Event::~Event() = default;

std::unique_ptr<Worker::Event> Worker::next_event(std::string_view name, SessionId session, std::uint32_t request) {
    auto event = spare_events_.take();
    event->worker = this;
    event->name = name;
    event->session = session;
    event->request = request;
    return event;
}

[[gnu::hot]] void Worker::begin_event(std::unique_ptr<Event> event) {
    const std::string_view name = event->name;
    Scheduler::current().go(Running(std::move(event)), {.name = std::string(name)}, SourcePlace::here());
}

[[gnu::hot]] void Worker::begin_request(std::unique_ptr<Event> event) {
    if (!is_base() && !enter_in_ledger(*event)) return;
    event->is_request = true;
    if (has_served_enough()) [[unlikely]] {
        role_.retire();
        stop();
    }
    if constexpr (Thrift::is_possible)
        if (connections_.are_led_here()) return begin_here(std::move(event));
    begin_event(std::move(event));
}

/// What a request costs is little there, as long as it does not wait. When it does, another coroutine is here.
[[gnu::hot]] void Worker::begin_here(std::unique_ptr<Event> event) {
    const std::string_view name = event->name;
    Running running(std::move(event));
    static_cast<void>(connections_.relay().go(name, running));
}

bool Worker::enter_in_ledger(Event& event) {
    if (free_slots_.empty() && !wait_for_slot()) return false;
    event.slot = free_slots_.back();
    free_slots_.pop_back();
    role_.board().begin(role_.self().index, *event.slot, {.whose = event.session, .number = event.request});
    role_.post().taken(Lane::work);
    return true;
}

bool Worker::wait_for_slot() {
    while (free_slots_.empty()) {
        tell_post_wait(role_.self());
        if (for_slots_.wait({.kind = WaitKind::none}) != WaitStatus::ok) return false;
    }
    return true;
}

[[gnu::hot]] void Worker::over(std::unique_ptr<Event> event) {
    std::shared_ptr<void> last;
    if (--running_ == 0 && has_run_) [[unlikely]]
        last = std::move(stays_);
    if (event->is_request && !gives_up_) end_request(*event);
    event->is_request = false;
    event->slot.reset();
    event->body.reset();
    empty(event->packet);
    spare_events_.give_back(std::move(event));
}

[[gnu::hot]] void Worker::end_request(const Event& event) {
    if (event.slot) return leave_ledger(*event.slot);
    role_.board().count_finished(role_.self().index);
}

void Worker::leave_ledger(std::uint32_t slot) {
    role_.board().end(role_.self().index, slot);
    free_slots_.push_back(slot);
    if (!for_slots_.is_empty()) for_slots_.wake_all();
}

bool Worker::has_served_enough() {
    const auto most = role_.settings().max_request;
    return ++requests_ == most.value_or(0);
}

void Worker::tell_program(std::string_view event, const std::function<void(Connection)>& handler, SessionId session) {
    if (!handler) return;
    auto begun = next_event(event, session, 0);
    begun->body = [this, &handler, session] { handler(Connection(role_.server(), session)); };
    begin_event(std::move(begun));
}

std::string_view Worker::event_of(std::size_t port) const {
    const Protocol* protocol = role_.plan().ports[port].protocol.get();
    return protocol ? protocol->event() : "receive";
}

[[gnu::hot]] void Worker::run_event(Event& event) {
    if (is_traced()) [[unlikely]]
        tell_event(event.name, event.session, event.request);
    try {
        event.body ? event.body() : receive(event);
    } catch (const std::exception& error) {
        role_.log().error(event.name, "on_" + std::string(event.name) + " failed: " + error.what());
        throw;
    }
    if (is_traced()) [[unlikely]]
        tell_event_done(event.session, event.request);
}

[[gnu::hot]] void Worker::receive(const Event& event) {
    if (const Protocol* language = role_.plan().ports[event.port].protocol.get())
        language->serve(role_, event.session, event.packet);
    else if (const auto& handler = role_.events().receive)
        handler(Connection(role_.server(), event.session), event.packet);
}

void Worker::datagram(const DatagramFrom& from, std::uint32_t request, std::string data) {
    auto event = next_event("packet", 0, request);
    event->packet = std::move(data);
    event->body = [this, from, event = event.get()] {
        if (const auto& handler = role_.events().packet) handler(from, event->packet);
    };
    begin_request(std::move(event));
}

void Worker::finish(TaskResult result) {
    const auto& handler = role_.events().finish;
    if (!handler) return;
    auto event = next_event("finish", 0, result.id);
    event->body = [&handler, result = std::move(result)] { handler(result); };
    begin_event(std::move(event));
}

void Worker::pipe_message(std::uint32_t from, std::string data) {
    const auto& handler = role_.events().pipe_message;
    if (!handler) return;
    auto event = next_event("pipe_message", 0, 0);
    event->packet = std::move(data);
    event->body = [&handler, from, event = event.get()] { handler(from, event->packet); };
    begin_event(std::move(event));
}

// -- ConnectionListener ----------------------------------------------------------------------------------------------

void Worker::connected(SessionId session) { tell_program("connect", role_.events().connect, session); }

[[gnu::hot]] void Worker::packet(SessionId session, const ConnectionRow& row, std::string_view bytes, Cutter& cutter) {
    const std::uint32_t request = role_.board().next_request();
    if (is_traced()) tell_framed(session, request, bytes);
    const std::size_t port = row.port;
    const Protocol* protocol = role_.plan().ports[port].protocol.get();
    if (running_ >= role_.settings().max_coroutines) return turn_away(session, protocol);
    role_.board().count_busy(role_.self().index);
    auto event = next_event(event_of(port), session, request);
    if (protocol) {
        event->body = protocol->event_here(role_, session, cutter);
    } else {
        event->port = row.port;
        event->packet.assign(bytes);
    }
    begin_request(std::move(event));
}

void Worker::turn_away(SessionId session, const Protocol* protocol) {
    connections_.log("max_coroutines", "closed connection " + std::to_string(session) + ": " +
                                           std::to_string(running_) + " events are running (max_coroutines)");
    if (protocol) return connections_.dismiss(session, protocol->too_busy());
    connections_.close(session, true);
}

void Worker::closed(SessionId session) {
    tell_closed(session);
    tell_program("close", role_.events().close, session);
}

void Worker::buffer_full(SessionId session) { tell_program("buffer_full", role_.events().buffer_full, session); }
void Worker::buffer_empty(SessionId session) { tell_program("buffer_empty", role_.events().buffer_empty, session); }

void Worker::room(SessionId session, std::uint64_t waiting) {
    role_.room(session);
    const std::uint32_t count = role_.settings().workers + role_.settings().task_workers;
    for (std::uint32_t worker = 0; worker < count; ++worker)
        if (worker != role_.self().index && (waiting >> worker % 64 & 1))
            role_.post().send_now(role_.worker_role(worker), Lane::control,
                                  {.kind = MessageKind::room, .session = session});
}

}  // namespace co::server
