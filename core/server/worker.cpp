#include "worker.h"

#include <algorithm>

#include <co/coroutine.h>

#include "launch.h"
#include "tell.h"
#include "worker_event.h"

namespace co::server {
namespace {

using namespace std::chrono_literals;

// Nothing tells when a coroutine that the program itself started has ended, so a worker that wants to stop looks.
constexpr Duration idle_check = 1ms;

// A connection that would stay is told to go by its next answer; so long a worker of BASE mode waits for that request.
constexpr Duration farewell_time = 200ms;

}  // namespace

Worker::Worker(Role& role)
    : role_(role),
      connections_(role.plan(), role.board(), role.log(), role.services(), role.spares(), *this),
      acceptor_(role, {.owner = [this] { return role_.self().index; },
                       .opened = [this](Stream stream, SessionId session,
                                        std::uint16_t) { connections_.adopt(std::move(stream), session); },
                       .datagram =
                           [this](const DatagramFrom& from, std::string data) {
                               role_.board().count_busy(role_.self().index);
                               datagram(from, role_.board().next_request(), std::move(data));
                           }}) {
    const std::uint32_t slots = role.board().shape().at_once;
    for (std::uint32_t slot = slots; slot > 0; --slot) free_slots_.push_back(slot - 1);
    if (is_base()) role_.owns(&connections_);
}

Worker::~Worker() = default;

/// While run() is at it, and then as long as events are.
class Worker::Staying {
  public:
    explicit Staying(Worker& worker) : worker_(worker) { worker_.stays_ = worker_.role_.services().kept(); }
    Staying(const Staying&) = delete;
    Staying& operator=(const Staying&) = delete;
    ~Staying() {
        worker_.has_run_ = true;
        if (worker_.running_ == 0) worker_.stays_.reset();  // whoever calls run() has it still
    }

  private:
    Worker& worker_;
};

void Worker::run() {
    const Staying staying(*this);
    if (const auto& start = role_.events().worker_start) start(role_.self().index);
    role_.services().go("control", [this] {
        role_.post().listen(Lane::control, [this](Message message) { return take_control(std::move(message)); });
    });
    if (is_base()) {
        connections_.share_a_coroutine();
        acceptor_.start();
        look_after_connections();
    }
    role_.post().listen(Lane::work, [this](Message message) { return take_work(std::move(message)); });
    drain();
}

void Worker::stop() {
    if (std::exchange(is_stopping_, true)) return;
    if (is_base()) role_.leaves();
    if (is_base()) acceptor_.stop();
    role_.post().stop_listening(Lane::work);
    for_slots_.wake_all();
}

bool Worker::take_work(Message message) {
    switch (message.kind) {
        case MessageKind::connected:
            tell_program("connect", role_.events().connect, message.session);
            break;
        case MessageKind::packet: {
            auto event = next_event(event_of(message.port), message.session, message.number);
            event->port = message.port;
            event->packet.swap(message.body);
            begin_request(std::move(event));
            break;
        }
        case MessageKind::closed:
            tell_program("close", role_.events().close, message.session);
            break;
        case MessageKind::datagram:
            if (auto apart = unpack(message.body))
                datagram({.sender = apart->address, .port = message.port}, message.number, std::string(apart->data));
            break;
        case MessageKind::buffer_full:
            tell_program("buffer_full", role_.events().buffer_full, message.session);
            break;
        case MessageKind::buffer_empty:
            tell_program("buffer_empty", role_.events().buffer_empty, message.session);
            break;
        case MessageKind::pipe_message:
            pipe_message(message.number, std::move(message.body));
            break;
        default:
            break;
    }
    return !is_stopping_;
}

bool Worker::take_control(Message message) {
    switch (message.kind) {
        case MessageKind::room:
            role_.room(message.session);
            break;
        case MessageKind::finish:
        case MessageKind::task_failed:
            if (auto result = role_.finished(std::move(message))) finish(*std::move(result));
            break;
        case MessageKind::send:  // in BASE mode, from a worker that does not own the connection
            connections_.send(message.session, message.body, message.tag != 0);
            break;
        case MessageKind::close:
            connections_.close(message.session, message.tag != 0);
            break;
        case MessageKind::stop:
            stop();
            break;
        default:
            break;
    }
    return true;
}

/// In BASE mode: closes connections that have been silent for too long.
void Worker::look_after_connections() {
    const auto every = role_.settings().heartbeat_check;
    if (!every) return;
    role_.services().go("heartbeat", [this, every] {
        while (!is_stopping_ && co::sleep(*every) == WaitStatus::ok)
            connections_.close_idle(*idle_limit(role_.settings()));
    });
}

bool Worker::is_idle() const {
    if (running_ > 0) return false;
    return role_.stage().is_alone || role_.services().others() == 0;
}

/// Whether there are connections whose peers may be about to ask again, as they were promised they could.
bool Worker::owes_farewells() const {
    return connections_.count() > 0 &&
           std::ranges::any_of(role_.plan().ports, [](const PortPlan& port) { return port.protocol != nullptr; });
}

/// What is running may end; what it sends is sent. The manager ends a worker that takes too long for it.
void Worker::drain() {
    stop();
    const TimePoint until = co::now() + role_.settings().max_wait_time;
    if (const auto& exit = role_.events().worker_exit) exit(role_.self().index);
    const TimePoint farewell = std::min(until, co::now() + farewell_time);
    while (role_.settings().reload_async && co::now() < until &&
           (!is_idle() || (owes_farewells() && co::now() < farewell)))
        co::sleep(idle_check);
    if (is_base()) connections_.close_all(until);
    if (const auto& stop = role_.events().worker_stop) stop(role_.self().index);
    role_.post().flush(until);
    role_.post().stop_listening(Lane::control);
    gives_up_ = true;
}

std::shared_ptr<WorkerProcess> WorkerProcess::make(const SharedStage& stage, std::uint16_t index,
                                                   const ServerEvents& events) {
    auto process = std::make_shared<WorkerProcess>(Role::take(stage, {RoleKind::worker, index}, events));
    process->role->services().keep_alive(process);
    return process;
}

int run_worker(Kernel& own, const SharedStage& stage, std::uint16_t index) {
    run_process(own, *stage, "worker " + std::to_string(index), [&stage, index](const ServerEvents& events) {
        auto process = WorkerProcess::make(stage, index, events);
        follow_signals(*process->role);
        stage->lifeline.hold_on(*process->role, [&worker = process->worker] { worker.stop(); });
        process->worker.run();
        Scheduler::current().stop("the worker has stopped");
    });
    return 0;
}

}  // namespace co::server
