// The program's events in a worker, and the connections of a worker in BASE mode, from which they come there.
#include <stdexcept>
#include <utility>

#include <co/coroutine.h>

#include "protocol.h"
#include "tell.h"
#include "worker_event.h"

namespace co::server {

void Worker::begin_event(std::string_view event, SessionId session, std::uint32_t request, Callable&& body) {
    run_event(event, session, request, std::move(body), Running(*this));
}

void Worker::run_event(std::string_view name, SessionId session, std::uint32_t request, Callable&& body,
                       Running running) {
    auto event = spare_events_.take();
    event->kept = role_.services().kept();
    event->name = name;
    event->session = session;
    event->request = request;
    event->body = std::move(body);
    event->running.emplace(std::move(running));
    co::go(std::string(name), [this, event = std::move(event)]() mutable {
        role_.run_event(event->name, event->session, event->request, event->body);
        event->body.reset();
        event->running.reset();
        const auto kept = std::move(event->kept);
        spare_events_.give_back(std::move(event));
    });
}

void Worker::begin_request(std::string_view event, SessionId session, std::uint32_t request, Callable&& body) {
    while (free_slots_.empty()) {
        tell_post_wait(role_.self());
        if (for_slots_.wait({.kind = WaitKind::none}) != WaitStatus::ok) return;
    }
    const std::uint32_t slot = free_slots_.back();
    free_slots_.pop_back();
    role_.board().begin(role_.self().index, slot, {.whose = session, .number = request});
    role_.post().taken(Lane::work);
    run_event(event, session, request, std::move(body), Running(*this, slot));
    if (has_served_enough()) {
        role_.retire();
        stop();
    }
}

void Worker::end_request(std::uint32_t slot) {
    role_.board().end(role_.self().index, slot);
    free_slots_.push_back(slot);
    for_slots_.wake_all();
}

bool Worker::has_served_enough() {
    const auto most = role_.settings().max_request;
    return ++requests_ == most.value_or(0);
}

void Worker::tell_program(std::string_view event, const std::function<void(Connection)>& handler, SessionId session) {
    if (!handler) return;
    begin_event(event, session, 0, [this, &handler, session] { handler(Connection(role_.server(), session)); });
}

void Worker::receive(SessionId session, std::size_t port, std::uint32_t request, std::string packet) {
    const Protocol* protocol = role_.plan().ports[port].protocol.get();
    const std::string_view event = protocol ? protocol->event() : "receive";
    // What a Callable holds without an allocation is six words.
    const auto its_port = static_cast<std::uint16_t>(port);
    begin_request(event, session, request, [this, session, its_port, packet = std::move(packet)]() mutable {
        if (const Protocol* language = role_.plan().ports[its_port].protocol.get())
            language->serve(role_, session, packet);
        else if (const auto& handler = role_.events().receive)
            handler(Connection(role_.server(), session), packet);
        role_.spares().texts.give_back(std::move(packet));
    });
}

void Worker::datagram(const DatagramFrom& from, std::uint32_t request, std::string data) {
    begin_request("packet", 0, request, [this, from, data = std::move(data)] {
        if (const auto& handler = role_.events().packet) handler(from, data);
    });
}

void Worker::finish(TaskResult result) {
    const auto& handler = role_.events().finish;
    if (!handler) return;
    begin_event("finish", 0, result.id, [&handler, result = std::move(result)] { handler(result); });
}

void Worker::pipe_message(std::uint32_t from, std::string data) {
    const auto& handler = role_.events().pipe_message;
    if (!handler) return;
    begin_event("pipe_message", 0, 0, [&handler, from, data = std::move(data)] { handler(from, data); });
}

std::string Worker::copied(std::string_view bytes) {
    std::string copy = role_.spares().texts.take();
    copy.assign(bytes);
    return copy;
}

// -- ConnectionListener ----------------------------------------------------------------------------------------------

void Worker::connected(SessionId session) { tell_program("connect", role_.events().connect, session); }

void Worker::packet(SessionId session, std::string_view bytes, Cutter& cutter) {
    const std::uint32_t request = role_.board().next_request();
    tell_framed(session, request, bytes);
    const ConnectionRow* row = role_.board().find(session);
    if (!row) return;
    const std::size_t port = row->port;
    const Protocol* protocol = role_.plan().ports[port].protocol.get();
    if (running_ >= role_.settings().max_coroutines) {
        role_.log().line("max_coroutines", "closed connection " + std::to_string(session) + ": " +
                                               std::to_string(running_) + " events are running (max_coroutines)");
        if (protocol) return connections_.dismiss(session, protocol->too_busy());
        connections_.close(session, true);
        return;
    }
    ++role_.board().worker(role_.self().index).busy;
    if (protocol)
        begin_request(protocol->event(), session, request, protocol->event_here(role_, session, cutter));
    else
        receive(session, port, request, copied(bytes));
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
