#include "reactor_thread.h"

#include <vector>

#include <co/coroutine.h>

#include "dispatch.h"
#include "launch.h"
#include "tell.h"

namespace co::server {

ReactorThread::ReactorThread(Role& role)
    : role_(role),
      connections_(role.plan(), role.board(), role.log(), role.services(), role.spares(), *this),
      acceptor_(role, {.owner =
                           [this] {
                               const auto count = static_cast<std::uint16_t>(role_.settings().reactors);
                               return static_cast<std::uint16_t>(next_owner_++ % count);
                           },
                       .opened = [this](Stream stream, SessionId session,
                                        std::uint16_t owner) { share_out(std::move(stream), session, owner); },
                       .datagram =
                           [this](const DatagramFrom& from, const std::string& data) {
                               const std::uint32_t request = role_.board().next_request();
                               tell_framed(0, request, data);
                               const std::uint32_t worker = choose_worker(request, &from.sender, data);
                               tell_dispatched(0, request, worker);
                               role_.board().count_busy(worker);
                               post_work(worker, {.kind = MessageKind::datagram,
                                                  .port = static_cast<std::uint16_t>(from.port),
                                                  .number = request,
                                                  .body = pack(from.sender, data)});
                           }}) {
    role_.owns(&connections_);
}

void ReactorThread::run() {
    role_.services().go("control", [this] {
        role_.post().listen(Lane::control, [this](const Message& message) { return take_control(message); });
    });
    if (accepts()) acceptor_.start();
    look_after_connections();
    // It stops after all workers did: what they sent last is there.
    role_.post().listen(
        Lane::work, [this](const Message& message) { return take_work(message); }, Post::Rest::is_taken);
    const TimePoint until = co::now() + role_.settings().max_wait_time;
    connections_.close_all(until);
    role_.post().flush(until);
    role_.post().stop_listening(Lane::control);
    // The last that it does with a descriptor: once the master has read it, it closes those that they share.
    role_.post().send_now({RoleKind::master, 0}, Lane::control, {.kind = MessageKind::retire});
    role_.post().flush(until);
}

void ReactorThread::look_after_connections() {
    const auto every = role_.settings().heartbeat_check;
    if (!every) return;
    role_.services().go("heartbeat", [this, every] {
        while (!is_stopping_ && co::sleep(*every) == WaitStatus::ok)
            connections_.close_idle(*idle_limit(role_.settings()));
    });
}

// -- what others tell it ---------------------------------------------------------------------------------------------

bool ReactorThread::take_work(const Message& message) {
    switch (message.kind) {
        case MessageKind::adopt:
            connections_.adopt(Stream(Fd{static_cast<std::int32_t>(message.tag)}), message.session);
            break;
        case MessageKind::send:
            connections_.send(message.session, message.body, message.tag != 0);
            break;
        case MessageKind::close:
            connections_.close(message.session, message.tag != 0);
            break;
        case MessageKind::give_back:
            if (role_.board().find(message.session))
                role_.log().line("worker", "closed connection " + std::to_string(message.session) + ": the worker of " +
                                               "its request " + std::to_string(message.number) + " died");
            connections_.close(message.session, true);
            break;
        default:
            break;
    }
    return true;
}

/// From the master: first to accept no more, then to end.
bool ReactorThread::take_control(const Message& message) {
    if (message.kind != MessageKind::stop) return true;
    if (accepts()) acceptor_.stop();
    is_stopping_ = true;
    if (message.tag != 0) role_.post().stop_listening(Lane::work);
    return true;
}

void ReactorThread::share_out(Stream stream, SessionId session, std::uint16_t owner) {
    if (owner == role_.self().index) return connections_.adopt(std::move(stream), session);
    const Fd fd = stream.release();
    role_.post().send({RoleKind::reactor, owner}, Lane::work,
                      {.kind = MessageKind::adopt, .session = session, .tag = static_cast<std::int64_t>(fd)});
}

// -- what it tells workers -------------------------------------------------------------------------------------------

std::uint32_t ReactorThread::choose_worker(SessionId session, const Address* peer, std::string_view packet) {
    std::vector<std::uint32_t> busy;
    if (role_.settings().dispatch == DispatchPolicy::by_idle)
        for (std::uint32_t worker = 0; worker < role_.settings().workers; ++worker)
            busy.push_back(role_.board().worker(worker).busy);
    return schedule_worker({.policy = role_.settings().dispatch,
                            .workers = role_.settings().workers,
                            .turn = dispatched_++,
                            .session = session,
                            .busy = busy,
                            .peer = peer,
                            .packet = packet,
                            .choose = &role_.events().dispatch});
}

void ReactorThread::packet(SessionId session, const ConnectionRow& row, std::string_view bytes, Cutter& cutter) {
    const std::uint32_t request = role_.board().next_request();
    if (is_traced()) tell_framed(session, request, bytes);
    const Address peer = row.peer();
    const std::uint32_t worker = choose_worker(session, &peer, bytes);
    tell_dispatched(session, request, worker);
    role_.board().count_busy(worker);
    post_work(worker, {.kind = MessageKind::packet,
                       .port = row.port,
                       .session = session,
                       .number = request,
                       .body = cutter.packed(bytes)});
}

void ReactorThread::post_work(std::uint32_t worker, Message message) {
    role_.post().send(role_.worker_role(worker), Lane::work, std::move(message));
}

/// What is not a request goes to one worker always, so that these come in their order.
void ReactorThread::tell_worker(MessageKind kind, SessionId session) {
    const std::uint32_t worker = schedule_worker(
        {.policy = DispatchPolicy::by_connection, .workers = role_.settings().workers, .session = session});
    role_.post().send_now(role_.worker_role(worker), Lane::work, {.kind = kind, .session = session});
}

void ReactorThread::connected(SessionId session) {
    if (role_.events().connect) tell_worker(MessageKind::connected, session);
}

void ReactorThread::closed(SessionId session) {
    tell_closed(session);
    if (role_.events().close) tell_worker(MessageKind::closed, session);
}

void ReactorThread::buffer_full(SessionId session) {
    if (role_.events().buffer_full) tell_worker(MessageKind::buffer_full, session);
}

void ReactorThread::buffer_empty(SessionId session) {
    if (role_.events().buffer_empty) tell_worker(MessageKind::buffer_empty, session);
}

void ReactorThread::room(SessionId session, std::uint64_t waiting) {
    const std::uint32_t count = role_.settings().workers + role_.settings().task_workers;
    for (std::uint32_t worker = 0; worker < count; ++worker)
        if (waiting >> worker % 64 & 1)
            role_.post().send_now(role_.worker_role(worker), Lane::control,
                                  {.kind = MessageKind::room, .session = session});
}

void run_reactor(Kernel& own, const SharedStage& stage, std::uint16_t index) {
    run_thread(own, *stage, "reactor " + std::to_string(index), [&stage, index] {
        struct Thread {
            explicit Thread(std::shared_ptr<Role> its_role) : role(std::move(its_role)), reactor(*role) {}
            std::shared_ptr<Role> role;
            ReactorThread reactor;
        };
        auto thread = std::make_shared<Thread>(Role::take(stage, {RoleKind::reactor, index}, stage->plan->events));
        thread->role->services().keep_alive(thread);
        thread->reactor.run();
        Scheduler::current().stop("the reactor has stopped");
    });
}

}  // namespace co::server
