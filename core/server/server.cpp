#include <co/server.h>

#include <stdexcept>

#include <co/file.h>

#include "launch.h"
#include "server_role.h"

namespace co {
namespace {

std::string sentences(const std::vector<std::string>& complaints) {
    std::string all;
    for (const std::string& complaint : complaints) all += (all.empty() ? "" : "; ") + complaint;
    return all;
}

void require(const std::vector<std::string>& complaints) {
    if (!complaints.empty()) throw std::invalid_argument("this server cannot start: " + sentences(complaints));
}

std::shared_ptr<server::Role> role_here(const server::Plan& plan) {
    server::Role* role = server::Role::here(plan);
    return role ? role->weak_from_this().lock() : nullptr;
}

std::error_code not_running() { return ServerError::not_running; }

}  // namespace

// -- what an event is handed -----------------------------------------------------------------------------------------

Outcome<void> Connection::send(std::string_view bytes) const { return server_->send(fd_, bytes); }
Outcome<void> Connection::close(bool reset) const { return server_->close(fd_, reset); }

void Task::finish(std::string result) {
    if (auto answer = std::exchange(answer_, nullptr)) answer(std::move(result));
}

// -- before start ----------------------------------------------------------------------------------------------------

Server::Server(std::string host, std::uint16_t port, Transport transport) : plan_(std::make_shared<server::Plan>()) {
    plan_->ports.push_back({.host = std::move(host), .number = port, .transport = transport});
}

Server::~Server() = default;

void Server::set(ServerSettings settings) {
    require(complaints(settings));
    plan_->ports.front().framing = settings.framing;
    plan_->settings = std::move(settings);
}

const ServerSettings& Server::settings() const { return plan_->settings; }
ServerEvents& Server::events() { return plan_->events; }
void Server::run_processes_by(ProcessRunner runner) { plan_->runner = std::move(runner); }

void Server::speak(std::shared_ptr<const server::Protocol> protocol) {
    plan_->ports.front().protocol = std::move(protocol);
}

void Server::listen(std::string host, std::uint16_t port, Transport transport, Framing framing) {
    require(complaints(framing));
    plan_->ports.push_back(
        {.host = std::move(host), .number = port, .transport = transport, .framing = std::move(framing)});
}

void Server::on_receive(std::function<void(Connection, std::string_view)> handler) {
    plan_->events.receive = std::move(handler);
}
void Server::on_connect(std::function<void(Connection)> handler) { plan_->events.connect = std::move(handler); }
void Server::on_close(std::function<void(Connection)> handler) { plan_->events.close = std::move(handler); }
void Server::on_packet(std::function<void(const DatagramFrom&, std::string_view)> handler) {
    plan_->events.packet = std::move(handler);
}
void Server::on_task(std::function<void(Task&)> handler) { plan_->events.task = std::move(handler); }
void Server::on_finish(std::function<void(const TaskResult&)> handler) { plan_->events.finish = std::move(handler); }

Address Server::address(std::size_t port) const { return plan_->ports.at(port).bound; }

// -- running ---------------------------------------------------------------------------------------------------------

Outcome<void> Server::send(SessionId fd, std::string_view bytes) {
    server::Role* role = server::Role::here(*plan_);
    if (!role) return not_running();
    return role->send(fd, bytes);
}

Outcome<void> Server::send_to(const DatagramFrom& receiver, std::string_view bytes) {
    auto role = role_here(*plan_);
    if (!role) return not_running();
    return role->send_to(receiver, bytes);
}

Outcome<void> Server::send_file(SessionId fd, std::string_view path, Deadline deadline) {
    auto role = role_here(*plan_);
    if (!role) return not_running();
    if (!role->client_info(fd)) return std::error_code(ServerError::closed);
    auto content = read_file(path, deadline);
    if (!content) return content.error();
    return role->send(fd, *content);
}

Outcome<void> Server::close(SessionId fd, bool reset) {
    auto role = role_here(*plan_);
    if (!role) return not_running();
    return role->close(fd, reset);
}

std::optional<ConnectionInfo> Server::client_info(SessionId fd) const { return role()->client_info(fd); }
std::vector<SessionId> Server::connections() const { return role()->connections(); }
std::vector<SessionId> Server::heartbeat(bool closes) { return role()->heartbeat(closes); }
ServerStats Server::stats() const { return role()->stats(); }

Outcome<TaskId> Server::task(std::string data, std::int64_t tag, std::optional<std::uint32_t> worker) {
    auto role = role_here(*plan_);
    if (!role) return not_running();
    return role->task(std::move(data), tag, worker);
}

Result<std::string> Server::task_wait(std::string data, Deadline deadline) {
    std::vector<std::string> one;
    one.push_back(std::move(data));
    return std::move(task_wait_multi(std::move(one), deadline).front());
}

std::vector<Result<std::string>> Server::task_wait_multi(std::vector<std::string> data, Deadline deadline) {
    return role()->task_wait(std::move(data), deadline);
}

Outcome<void> Server::send_message(std::string data, std::uint32_t worker) {
    auto role = role_here(*plan_);
    if (!role) return not_running();
    return role->send_message(std::move(data), worker);
}

void Server::reload(bool only_task_workers) { role()->ask(server::MessageKind::reload, only_task_workers ? 1 : 0); }

Outcome<void> Server::stop_worker(std::optional<std::uint32_t> worker) {
    const auto here = role();
    const std::optional<std::uint32_t> number = worker ? worker : here->worker_id();
    if (!number) throw std::logic_error("stop_worker(): this process is no worker; say which one");
    const ServerSettings& all = here->settings();
    if (*number >= all.workers + all.task_workers) return std::error_code(ServerError::no_such_worker);
    here->ask(server::MessageKind::retire, std::int64_t{*number} + 1);
    return Result<void>();
}

void Server::shutdown() { role()->ask(server::MessageKind::shutdown, 0); }

std::optional<std::uint32_t> Server::worker_id() const {
    auto role = role_here(*plan_);
    return role ? role->worker_id() : std::nullopt;
}

bool Server::is_task_worker() const { return worker_id().value_or(0) >= plan_->settings.workers; }

ProcessId Server::master_pid() const { return ProcessId{role()->board().totals().master.load()}; }
ProcessId Server::manager_pid() const { return ProcessId{role()->board().totals().manager.load()}; }

/// What this process is in the server.
std::shared_ptr<server::Role> Server::role() const {
    if (auto found = role_here(*plan_)) return found;
    throw std::logic_error("this server does not run here: call it from one of its events");
}

int Server::start() { return server::launch(*this, plan_); }

}  // namespace co
