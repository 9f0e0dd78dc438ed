#include "launch.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>

#include <co/coroutine.h>
#include <co/datagram_socket.h>
#include <co/listener.h>
#include <co/loop.h>
#include <co/run.h>

#include "daemon.h"
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
    auto bind_to = [&](const Result<Address>& bound) {  // whose port was chosen by the system, perhaps
        if (!bound) refuse(bound.error());
        address = *bound;
    };
    if (transport == Transport::udp) {
        auto socket = DatagramSocket::open(address, {.reuse_port = reuse_port});
        if (!socket) refuse(socket.error());
        bind_to(socket->local_address());
        return socket->release();
    }
    auto listener = Listener::open(address, {.backlog = backlog, .reuse_port = reuse_port});
    if (!listener) refuse(listener.error());
    // What it accepts has that too (tcp(7)): answers are whole, there is no more to wait for.
    static_cast<void>(listener->set_option(SocketOption::no_delay, 1));
    bind_to(listener->local_address());
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

std::shared_ptr<LogSink> opened_log(Kernel& kernel, const ServerSettings& settings) {
    const bool is_file = !settings.log_file.empty();
    auto log = kernel.open_log({.file = settings.log_file,
                                .level = settings.log_level.value_or(is_file ? LogLevel::info : LogLevel::warning),
                                .rotation_bytes = settings.log_rotation_size,
                                .rotation_files = settings.log_rotation_files});
    if (log) return *std::move(log);
    if (!is_file && log.error() == std::errc::function_not_supported) return nullptr;
    throw std::system_error(log.error(), "log_file " + settings.log_file);
}

std::string how_many(std::uint32_t count, std::string_view of_what) {
    return std::to_string(count) + ' ' + std::string(of_what) + (count == 1 ? "" : "s");
}

/// Everything that the processes will share, and its end.
class Opened {
  public:
    Opened(Server& server, const std::shared_ptr<Plan>& plan, Kernel& kernel, trace::Sink* sink, Told serves)
        : kernel_(kernel) {
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
                                                     .log = opened_log(kernel, settings),
                                                     .serves = std::move(serves),
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

/// In the process that will be the server's first one.
int serve(Server& server, const std::shared_ptr<Plan>& plan, const ServerEvents& events, const Told& serves) {
    Scheduler& scheduler = Scheduler::current();
    ServerSettings& settings = plan->settings;
    const PidFile pid_file(scheduler.kernel(), settings.pid_file);
    settings.max_connections = connections_allowed(settings, scheduler.kernel().descriptor_limit());
    Opened opened(server, plan, scheduler.kernel(), scheduler.sink(), serves);
    const SharedStage& stage = opened.stage();
    if (settings.daemonize)
        if (auto detached = scheduler.kernel().detach(settings.log_file); !detached)
            throw std::system_error(detached.error(), "leaving the terminal");
    Totals& totals = Scoreboard(stage->board).totals();
    totals.master = static_cast<std::int32_t>(scheduler.kernel().process_id());
    totals.started_at = scheduler.kernel().wall_now().time_since_epoch() / std::chrono::nanoseconds(1);
    if (stage->is_alone) return run_alone(stage, events);
    return settings.mode == ServerMode::base ? run_manager(stage, events) : run_master(stage, events);
}

int launch_here(Server& server, const std::shared_ptr<Plan>& plan) {
    require_events(*plan);
    if (!plan->settings.daemonize) return serve(server, plan, plan->events, [] {});
    return launch_apart(plan, [&server, plan](const ServerEvents& events, const Told& serves) {
        return serve(server, plan, events, serves);
    });
}

}  // namespace

std::uint32_t connections_allowed(const ServerSettings& settings, std::optional<std::size_t> descriptors) {
    constexpr std::size_t own = 64;  // the log, mailboxes, what the program opens
    if (!descriptors) return settings.max_connections;
    const std::size_t room = *descriptors > 2 * own ? *descriptors - own : std::max<std::size_t>(*descriptors / 2, 1);
    const std::size_t processes = settings.mode == ServerMode::base ? settings.workers : 1;
    return static_cast<std::uint32_t>(std::min<std::size_t>(settings.max_connections, room * processes));
}

int launch(Server& server, const std::shared_ptr<Plan>& plan) {
    if (Scheduler::current_or_null()) return launch_here(server, plan);
    int exit_code = 1;
    const int failed = co::run([&] { exit_code = launch_here(server, plan); });
    return failed ? failed : exit_code;
}

void began(Role& role) {
    if (const auto& start = role.events().start) start();
    std::string where;
    for (const PortPlan& port : role.plan().ports) where += (where.empty() ? "" : ", ") + to_string(port.bound);
    const ServerSettings& settings = role.settings();
    std::string who = how_many(settings.workers, "worker");
    if (settings.mode == ServerMode::process) who += ", " + how_many(settings.reactors, "reactor");
    if (settings.task_workers > 0) who += ", " + how_many(settings.task_workers, "task worker");
    role.log().note("serves at " + where + " with " + who + ", at most " +
                    how_many(settings.max_connections, "connection"));
    role.stage().serves();
}

void ended(Role& role) {
    if (const auto& shutdown = role.events().shutdown) shutdown();
    role.log().note("has stopped");
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

int run_alone(const SharedStage& stage, const ServerEvents& events) {
    auto process = WorkerProcess::make(stage, 0, events);
    Role& role = *process->role;
    WorkerRow& row = role.board().worker(0);
    ++row.starts;
    row.process = static_cast<std::int32_t>(role.kernel().process_id());
    role.on_ask([&process](MessageKind, std::int64_t) { process->worker.stop(); });
    SignalCalls signals([&process] { process->worker.stop(); }, [] {});
    began(role);
    process->worker.run();
    role.services().wait_for_all();
    ended(role);
    return 0;
}

}  // namespace co::server
