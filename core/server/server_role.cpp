#include "server_role.h"

#include <exception>

#include <co/coroutine.h>
#include <co/costly_calls.h>
#include <co/probe.h>

#include "tell.h"

namespace co::server {
namespace {

/// A program that has an event for it hears of it alone; else the machine's log has it, and the trace when there is
/// one.
Log::Ways ways_of(const Stage& stage, const ServerEvents& events) {
    const bool is_file = !stage.plan->settings.log_file.empty();
    if (events.log) return {.program = events.log, .machine = is_file ? stage.log : nullptr};
    return {.program =
                [](std::string_view line) {
                    if (Scheduler::current().traces()) tell_log(line);
                },
            .machine = stage.log};
}

/// Its place among workers and task workers, in one series.
std::optional<std::uint32_t> place_of(RoleId role, const ServerSettings& settings) {
    if (role.kind == RoleKind::worker) return role.index;
    if (role.kind == RoleKind::task_worker) return settings.workers + role.index;
    return std::nullopt;
}

}  // namespace

Role::Role(SharedStage stage, RoleId self, const ServerEvents& events)
    : stage_(std::move(stage)),
      events_(events),
      self_(self),
      scheduler_(&Scheduler::current()),
      board_(stage_->board),
      log_(Scheduler::current().kernel(), to_string(self), place_of(self, stage_->plan->settings),
           ways_of(*stage_, events_)),
      post_(Scheduler::current().kernel(), stage_->boxes, self, most_message_bytes(*stage_->plan), services_),
      is_thrifty_(Scheduler::current().kernel()) {
    post_.on_failure([this](std::error_code why, bool for_good) { mailbox_fails(why, for_good); });
    tell_role(self_);
}

/// Deaf, it would neither work nor stop. The manager replaces a worker; without any of the others the server ends.
void Role::mailbox_fails(std::error_code why, bool for_good) {
    if (!for_good) return log_.line("mailbox", "cannot read its mailbox, tries again: " + why.message());
    log_.error("mailbox, for good", "cannot read its mailbox: " + why.message() + ": this process ends");
    kernel().exit_process(1);
}

std::shared_ptr<Role> Role::take(SharedStage stage, RoleId self, const ServerEvents& events) {
    auto role = std::make_shared<Role>(stage, self, events);
    Scheduler::current().attach(stage->plan.get(), role.get());
    return role;
}

Role::~Role() {
    Scheduler* here = Scheduler::current_or_null();  // the one that it was taken for may be gone already
    if (here == scheduler_ && Role::here(plan()) == this) here->attach(&plan(), nullptr);
}

std::uint32_t Role::place() const {
    return self_.kind == RoleKind::task_worker ? settings().workers + self_.index : self_.index;
}

std::optional<std::uint32_t> Role::worker_id() const { return place_of(self_, settings()); }

RoleId Role::worker_role(std::uint32_t worker) const {
    if (worker < settings().workers) return {RoleKind::worker, static_cast<std::uint16_t>(worker)};
    return {RoleKind::task_worker, static_cast<std::uint16_t>(worker - settings().workers)};
}

void Role::ask(MessageKind what, std::int64_t tag) {
    if (asked_) return asked_(what, tag);
    const bool is_for_master = what == MessageKind::shutdown && settings().mode == ServerMode::process;
    post_.send({is_for_master ? RoleKind::master : RoleKind::manager, 0}, Lane::control, {.kind = what, .tag = tag});
}

void Role::retire() {
    board_.worker(place()).retiring = static_cast<std::int32_t>(kernel().process_id());
    post_.send_now({RoleKind::manager, 0}, Lane::control, {.kind = MessageKind::retire});
}

// -- connections -----------------------------------------------------------------------------------------------------

std::optional<ConnectionInfo> Role::client_info(SessionId session) {
    const ConnectionRow* row = board_.find(session);
    if (!row) return std::nullopt;
    return ConnectionInfo{.peer = row->peer(),
                          .port = row->port,
                          .owner = row->owner,
                          .connected_at = TimePoint(Duration(row->connected_at.load())),
                          .last_received_at = TimePoint(Duration(row->last_received_at.load())),
                          .unsent_bytes = row->pending};
}

std::vector<SessionId> Role::connections() {
    std::vector<SessionId> all;
    for (const ConnectionRow& row : board_.connections())
        if (row.session != 0) all.push_back(row.session);
    return all;
}

std::vector<SessionId> Role::heartbeat(bool closes) {
    std::vector<SessionId> idle;
    const auto limit = idle_limit(settings());
    if (!limit) return idle;
    const std::int64_t newest = (kernel().now() - *limit).time_since_epoch().count();
    for (const ConnectionRow& row : board_.connections())
        if (row.session != 0 && row.last_received_at < newest) idle.push_back(row.session);
    if (closes)
        for (SessionId session : idle) static_cast<void>(close(session, false));
    return idle;
}

ServerStats Role::stats() {
    const Totals& totals = board_.totals();
    const auto since = std::chrono::nanoseconds(totals.started_at.load());
    ServerStats stats{.started_at = std::chrono::system_clock::time_point(
                          std::chrono::duration_cast<std::chrono::system_clock::duration>(since)),
                      .connections = totals.connections,
                      .accepted = totals.accepted,
                      .closed = totals.closed,
                      .requests = totals.requests,
                      .tasks = totals.tasks,
                      .coroutines = co::stats().alive,
                      .workers = {}};
    for (std::uint32_t worker = 0; worker < settings().workers + settings().task_workers; ++worker) {
        const WorkerRow& row = board_.worker(worker);
        stats.workers.push_back({.busy = row.busy,
                                 .finished = row.finished,
                                 .starts = row.starts,
                                 .process = ProcessId{row.process.load()}});
        const bool is_task_worker = worker >= settings().workers;
        if (is_task_worker) stats.tasking += row.busy;
        if (row.busy == 0) ++(is_task_worker ? stats.idle_task_workers : stats.idle_workers);
    }
    return stats;
}

// -- tasks, messages -------------------------------------------------------------------------------------------------

Result<TaskId> Role::give(std::string data, std::int64_t tag, std::optional<std::uint32_t> worker, bool waits) {
    if (self_.kind == RoleKind::task_worker) return std::error_code(ServerError::in_task_worker);
    const std::uint32_t count = settings().task_workers;
    if (count == 0) return std::error_code(ServerError::no_task_workers);
    if (worker && *worker >= count) return std::error_code(ServerError::no_such_worker);
    std::uint32_t chosen = worker.value_or(static_cast<std::uint32_t>(tasks_given_ % count));
    for (std::uint32_t step = 0; !worker && step < count; ++step) {
        const auto other = static_cast<std::uint32_t>((tasks_given_ + step) % count);
        if (board_.task_worker(other).busy < board_.task_worker(chosen).busy) chosen = other;
    }
    WorkerRow& row = board_.task_worker(chosen);
    if (++row.busy > settings().task_queue + 1) {  // one is at work, the others wait
        --row.busy;
        return std::error_code(ServerError::queue_full);
    }
    ++tasks_given_;
    ++board_.totals().tasks;
    TaskId id = ++board_.totals().next_task;
    if (id == 0) id = ++board_.totals().next_task;
    tell_task(trace::EventKind::task, id, settings().workers + chosen, data);
    const RoleId to{RoleKind::task_worker, static_cast<std::uint16_t>(chosen)};
    post_.send(to, Lane::work,
               {.kind = MessageKind::task, .session = waits, .number = id, .tag = tag, .body = std::move(data)});
    return id;
}

Result<TaskId> Role::task(std::string data, std::int64_t tag, std::optional<std::uint32_t> worker) {
    auto id = give(std::move(data), tag, worker, false);
    if (id) tasks_.expect(*id, tag);
    return id;
}

Waiters& Role::waiters_of(TaskWait& wait) { return is_thrifty_ ? wait.waiters() : task_waiters_; }

std::vector<Result<std::string>> Role::task_wait(std::vector<std::string> data, Deadline deadline) {
    TaskWait wait;
    Scheduler& scheduler = Scheduler::current();
    const TimePoint until = deadline.expiry(scheduler.now());
    TaskId last = 0;
    for (std::string& one : data) {
        auto id = give(std::move(one), 0, std::nullopt, true);
        if (id)
            tasks_.expect(last = *id, wait);
        else
            wait.answer(wait.add(), id.error());
    }
    WaitStatus status = WaitStatus::ok;
    while (!wait.is_complete() && status == WaitStatus::ok) {
        tell_task_wait(last, event_time(until));
        status = until <= scheduler.now() ? WaitStatus::timeout
                                          : waiters_of(wait).wait({.kind = WaitKind::task, .object = last}, until);
    }
    if (!wait.is_complete()) tasks_.forget(wait);
    return wait.take(status == WaitStatus::cancelled ? ServerError::cancelled : ServerError::timeout);
}

std::optional<TaskResult> Role::finished(Message message) {
    Result<std::string> result = message.kind == MessageKind::finish
                                     ? Result<std::string>(std::move(message.body))
                                     : Result<std::string>(std::error_code(static_cast<ServerError>(message.port)));
    auto outcome = tasks_.finish(message.number, message.tag, message.session != 0, std::move(result));
    if (outcome.wait && outcome.wait->is_complete()) waiters_of(*outcome.wait).wake_all();
    return std::move(outcome.event);
}

Result<void> Role::send_message(std::string data, std::uint32_t worker) {
    if (worker >= settings().workers + settings().task_workers) return std::error_code(ServerError::no_such_worker);
    post_.send(worker_role(worker), Lane::work,
               {.kind = MessageKind::pipe_message, .number = place(), .body = std::move(data)});
    return {};
}

}  // namespace co::server
