#include "launch.h"

#include <cstring>
#include <stdexcept>
#include <system_error>

#include <co/coroutine.h>
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/loop.h>
#include <co/run.h>

#include "worker.h"

namespace co::server {
namespace {

Address address_of(Kernel& kernel, const PortPlan& port) {
    if (port.host.starts_with('/')) return Address::unix_path(port.host);
    auto resolved = kernel.resolve(port.host);
    if (!resolved) throw std::system_error(resolved.error(), "listening: no such host as " + port.host);
    if (resolved->empty()) throw std::system_error(std::make_error_code(std::errc::address_not_available), port.host);
    Address address = resolved->front();
    address.port = port.number;
    return address;
}

Fd opened(Kernel& kernel, PortPlan& port, const ServerSettings& settings) {
    const Address address = address_of(kernel, port);
    auto refuse = [&](std::error_code why) { throw std::system_error(why, "listening on " + to_string(address)); };
    if (port.transport == Transport::udp) {
        auto socket = DatagramSocket::open(address);
        if (!socket) refuse(socket.error());
        port.bound = socket->local_address().value_or(address);
        return socket->release();
    }
    auto listener = Listener::open(address, {.backlog = settings.backlog});
    if (!listener) refuse(listener.error());
    port.bound = listener->local_address().value_or(address);
    return listener->release();
}

/// Everything that the processes will share, and its end.
class Opened {
  public:
    Opened(Server& server, const std::shared_ptr<Plan>& plan, Kernel& kernel, trace::Sink* sink) : kernel_(kernel) {
        const Scoreboard::Shape shape = shape_for(plan->settings);
        auto memory = kernel.map_shared(Scoreboard::bytes(shape));
        if (!memory) throw std::system_error(memory.error(), "shared memory for a server");
        memory_ = *memory;
        try {
            for (PortPlan& port : plan->ports) listeners_.push_back(opened(kernel, port, plan->settings));
            auto boxes = Mailboxes::open(kernel, plan->settings);
            if (!boxes) throw std::system_error(boxes.error(), "mailboxes for a server's processes");
            boxes_ = *std::move(boxes);
        } catch (...) {
            close();
            throw;
        }
        const ServerSettings& settings = plan->settings;
        const bool is_alone = settings.mode == ServerMode::base && settings.workers == 1 &&
                              settings.task_workers == 0 && !settings.max_request;
        stage_ = std::make_shared<const Stage>(Stage{.server = server,
                                                     .plan = plan,
                                                     .board = Scoreboard(memory_, shape),
                                                     .memory = memory_,
                                                     .boxes = boxes_,
                                                     .listeners = listeners_,
                                                     .sink = sink,
                                                     .is_alone = is_alone});
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() { close(); }

    const SharedStage& stage() const { return stage_; }

  private:
    void close() {
        for (Fd fd : listeners_) {
            Reactor::current().forget(fd);
            static_cast<void>(kernel_.close(fd));
        }
        boxes_.close(kernel_);
        static_cast<void>(kernel_.unmap_shared(memory_));
    }

    Kernel& kernel_;
    std::span<std::byte> memory_;
    std::vector<Fd> listeners_;
    Mailboxes boxes_;
    SharedStage stage_;
};

void require_events(const Plan& plan) {
    if (plan.settings.task_workers > 0 && !plan.events.task)
        throw std::invalid_argument("this server cannot start: it has task workers, and no on_task");
    if (plan.settings.dispatch == DispatchPolicy::by_function && !plan.events.dispatch)
        throw std::invalid_argument("this server cannot start: its dispatch is by_function, and there is no function");
}

int launch_here(Server& server, const std::shared_ptr<Plan>& plan) {
    require_events(*plan);
    Scheduler& scheduler = Scheduler::current();
    Opened opened(server, plan, scheduler.kernel(), scheduler.sink());
    const SharedStage& stage = opened.stage();
    Scoreboard board = stage->board;
    board.totals().master = static_cast<std::int32_t>(scheduler.kernel().process_id());
    if (stage->is_alone) return run_alone(stage);
    return plan->settings.mode == ServerMode::base ? run_manager(stage, plan->events) : run_master(stage);
}

}  // namespace

int launch(Server& server, const std::shared_ptr<Plan>& plan) {
    if (Scheduler::current_or_null()) return launch_here(server, plan);
    int exit_code = 1;
    const int failed = co::run([&] { exit_code = launch_here(server, plan); });
    return failed ? failed : exit_code;
}

SignalCalls::SignalCalls(std::function<void()> stop, std::function<void()> reload) {
    process::signal(Signal::terminate, stop);
    process::signal(Signal::interrupt, stop);
    process::signal(Signal::user1, reload);
}

SignalCalls::~SignalCalls() {
    for (Signal signal : {Signal::terminate, Signal::interrupt, Signal::user1}) process::signal(signal, [] {});
}

int run_alone(const SharedStage& stage) {
    auto process = WorkerProcess::make(stage, 0, stage->plan->events);
    Role& role = *process->role;
    WorkerRow& row = role.board().worker(0);
    ++row.starts;
    row.process = static_cast<std::int32_t>(role.kernel().process_id());
    role.on_ask([&process](MessageKind, std::int64_t) { process->worker.stop(); });
    SignalCalls signals([&process] { process->worker.stop(); }, [] {});
    if (const auto& start = role.events().start) start();
    process->worker.run();
    role.services().wait_for_all();
    if (const auto& shutdown = role.events().shutdown) shutdown();
    return 0;
}

}  // namespace co::server
