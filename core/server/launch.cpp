#include "launch.h"

#include <charconv>
#include <optional>
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

/// "127.0.0.1": nobody needs to be asked what that means.
std::optional<Address> ip4_from(std::string_view text, std::uint16_t port) {
    Address address{.family = AddressFamily::ip4, .ip = {}, .port = port, .path = {}};
    const char* place = text.data();
    const char* const end = place + text.size();
    for (std::size_t part = 0; part < 4; ++part) {
        if (part > 0 && (place == end || *place++ != '.')) return std::nullopt;
        auto [next, failed] = std::from_chars(place, end, address.ip[part]);
        if (failed != std::errc()) return std::nullopt;
        place = next;
    }
    if (place != end) return std::nullopt;
    return address;
}

Address address_of(Kernel& kernel, const PortPlan& port) {
    if (port.host.starts_with('/')) return Address::unix_path(port.host);
    if (auto address = ip4_from(port.host, port.number)) return *address;
    auto resolved = kernel.resolve(port.host);
    if (!resolved) throw std::system_error(resolved.error(), "listening: no such host as " + port.host);
    if (resolved->empty()) throw std::system_error(std::make_error_code(std::errc::address_not_available), port.host);
    Address address = resolved->front();
    address.port = port.number;
    return address;
}

Fd opened(Transport transport, Address& address, int backlog, bool reuse_port) {
    auto refuse = [&](std::error_code why) { throw std::system_error(why, "listening on " + to_string(address)); };
    if (transport == Transport::udp) {
        auto socket = DatagramSocket::open(address, {.reuse_port = reuse_port});
        if (!socket) refuse(socket.error());
        address = socket->local_address().value_or(address);
        return socket->release();
    }
    auto listener = Listener::open(address, {.backlog = backlog, .reuse_port = reuse_port});
    if (!listener) refuse(listener.error());
    // What it accepts has that too (tcp(7)): answers are whole, there is no more to wait for.
    static_cast<void>(listener->set_option(SocketOption::no_delay, 1));
    address = listener->local_address().value_or(address);
    return listener->release();
}

/// In BASE mode each worker has a socket of its own at the port, so that the system shares out what comes. They are all
/// opened here: what waits at one while its worker is being replaced is not lost.
std::vector<Fd> opened(Kernel& kernel, PortPlan& port, const ServerSettings& settings) {
    port.bound = address_of(kernel, port);
    const bool can_share = port.bound.family != AddressFamily::unix_socket;
    const std::uint32_t count = can_share && settings.mode == ServerMode::base ? settings.workers : 1;
    std::vector<Fd> all;
    try {
        while (all.size() < count) all.push_back(opened(port.transport, port.bound, settings.backlog, count > 1));
    } catch (...) {
        for (Fd fd : all) static_cast<void>(kernel.close(fd));
        throw;
    }
    return all;
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
            auto lifeline = Lifeline::open(kernel);
            if (!lifeline) throw std::system_error(lifeline.error(), "a lifeline for a server's processes");
            lifeline_ = *lifeline;
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
                                                     .lifeline = *lifeline_,
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
        for (const std::vector<Fd>& port : listeners_)
            for (Fd fd : port) {
                Reactor::current().forget(fd);
                static_cast<void>(kernel_.close(fd));
            }
        boxes_.close(kernel_);
        if (lifeline_) lifeline_->close(kernel_);
        static_cast<void>(kernel_.unmap_shared(memory_));
    }

    Kernel& kernel_;
    std::span<std::byte> memory_;
    std::vector<std::vector<Fd>> listeners_;
    Mailboxes boxes_;
    std::optional<Lifeline> lifeline_;
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

void follow_signals(Role& role) {
    process::signal(Signal::terminate, [&role] { role.ask(MessageKind::retire, std::int64_t{*role.worker_id()} + 1); });
    process::signal(Signal::interrupt, [] {});
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
