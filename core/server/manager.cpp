#include "manager.h"

#include <co/coroutine.h>
#include <co/loop.h>
#include <co/timer.h>

#include "launch.h"
#include "tell.h"

namespace co::server {
namespace {

using namespace std::chrono_literals;

// A worker that ends so soon, so often in a row, would only do it again: the next one waits.
constexpr Duration quick = 1s;
constexpr int most_quick_ends = 3;
constexpr Duration next_start = 500ms;  // so a replacement is there within a second, whatever happens

std::string how(const ProcessEnd& end) {
    if (end.signal) return "signal " + std::to_string(static_cast<int>(*end.signal));
    return "exit code " + std::to_string(end.exit_code);
}

}  // namespace

Manager::Manager(Role& role) : role_(role), places_(role.settings().workers + role.settings().task_workers) {}

void Manager::run() {
    role_.board().totals().manager = static_cast<std::int32_t>(role_.kernel().process_id());
    process::signal(Signal::child, [this, kept = role_.services().kept()] { reap(); });
    if (const auto& start = role_.events().manager_start) start();
    for (std::uint32_t worker = 0; worker < count(); ++worker) start(worker);
    role_.services().go("control", [this] {
        role_.post().listen(Lane::control, [this](const Message& message) { return take(message); });
    });
    while (!is_stopping_) await_change();
    dismiss_all(0, role_.settings().workers);
    dismiss_all(role_.settings().workers, count());
    if (const auto& stop = role_.events().manager_stop) stop();
    role_.post().stop_listening(Lane::control);
    process::signal(Signal::child, [] {});
}

void Manager::await_change() {
    tell_pause();
    changes_.wait({.kind = WaitKind::none});
}

void Manager::stop() {
    is_stopping_ = true;
    changes_.wake_all();
}

bool Manager::take(const Message& message) {
    switch (message.kind) {
        case MessageKind::retire:  // somebody asks to send one away, or one leaves by itself and may be gone already
            if (message.tag > 0 && message.tag <= count()) dismiss(static_cast<std::uint32_t>(message.tag - 1));
            if (message.tag == 0 && leaves_by_itself(number_of(message.from))) expect_end(number_of(message.from));
            break;
        case MessageKind::reload:
            reload(message.tag != 0);
            break;
        case MessageKind::shutdown:
        case MessageKind::stop:
            stop();
            break;
        default:
            break;
    }
    return true;
}

std::uint32_t Manager::number_of(RoleId role) const {
    return role.kind == RoleKind::task_worker ? role_.settings().workers + role.index : role.index;
}

// -- starting, replacing ---------------------------------------------------------------------------------------------

void Manager::start(std::uint32_t worker) {
    const RoleId id = role_.worker_role(worker);
    const bool is_task_worker = id.kind == RoleKind::task_worker;
    const std::string name = (is_task_worker ? "task#" : "worker#") + std::to_string(id.index);
    auto started = role_.kernel().spawn_process(name, [stage = role_.shared_stage(), id, is_task_worker](Kernel& own) {
        return is_task_worker ? run_task_worker(own, stage, id.index) : run_worker(own, stage, id.index);
    });
    if (!started) {
        role_.log().error("spawn", "cannot start " + name + ": " + started.error().message());
        places_[worker].quick_ends = most_quick_ends;
        return replace(worker);
    }
    Place& place = places_[worker];
    place = {.process = *started, .started = co::now(), .quick_ends = place.quick_ends};
    WorkerRow& row = role_.board().worker(worker);
    row.process = static_cast<std::int32_t>(*started);
    const std::uint32_t starts = ++row.starts;
    tell_worker_start(id, static_cast<std::int64_t>(*started), starts);
    role_.log().note("started " + to_string(id) + ": process " + std::to_string(row.process));
    changes_.wake_all();
}

void Manager::reap() {
    for (;;) {
        auto child = role_.kernel().reap_child();
        if (!child || !*child) return;
        for (std::uint32_t worker = 0; worker < count(); ++worker)
            if (places_[worker].process == (*child)->process) ended(worker, **child);
    }
}

void Manager::ended(std::uint32_t worker, const ProcessEnd& end) {
    Place& place = places_[worker];
    const bool is_leaving = place.is_leaving || leaves_by_itself(worker);
    const bool was_asked = is_leaving && !end.signal;
    tell_worker_ended(role_.worker_role(worker), how(end));
    if (place.force) timer::clear(place.force);
    place.quick_ends = !is_leaving && co::now() - place.started < quick ? place.quick_ends + 1 : 0;
    place.process = {};
    place.is_leaving = false;
    place.force = 0;
    role_.board().worker(worker).process = 0;
    role_.board().worker(worker).retiring = 0;
    give_up_work_of(worker);
    if (!was_asked) {
        role_.log().error("worker", to_string(role_.worker_role(worker)) + " ended by " + how(end));
        if (const auto& error = role_.events().worker_error) error({.worker = worker, .process = end});
    }
    if (is_stopping_)
        changes_.wake_all();
    else
        replace(worker);
}

bool Manager::leaves_by_itself(std::uint32_t worker) const {
    const ProcessId process = places_[worker].process;
    return process != ProcessId{} && ProcessId{role_.board().worker(worker).retiring.load()} == process;
}

/// What it had begun is lost, and those who wait for it must learn that. What still lies in its mailbox is not.
void Manager::give_up_work_of(std::uint32_t worker) {
    const bool is_task_worker = worker >= role_.settings().workers;
    role_.board().clear_in_progress(worker, [&](Scoreboard::InProgress lost) {
        if (is_task_worker) {
            tell_task(trace::EventKind::task_failed, lost.number, worker, "worker died");
            role_.post().send_now({RoleKind::worker, static_cast<std::uint16_t>(lost.whose - 1)}, Lane::control,
                                  {.kind = MessageKind::task_failed,
                                   .port = static_cast<std::uint16_t>(ServerError::worker_died),
                                   .number = lost.number});
            return;
        }
        const ConnectionRow* row = role_.board().find(lost.whose);
        if (row && role_.settings().mode == ServerMode::process)
            role_.post().send_now({RoleKind::reactor, row->owner}, Lane::work,
                                  {.kind = MessageKind::give_back, .session = lost.whose, .number = lost.number});
    });
    if (role_.settings().mode == ServerMode::process || is_task_worker) return;
    for (const ConnectionRow& row : role_.board().connections())  // they went with their process
        if (row.session != 0 && row.owner == worker) role_.board().close_session(row.session);
}

void Manager::replace(std::uint32_t worker) {
    if (places_[worker].quick_ends < most_quick_ends) return start(worker);
    role_.log().line("quick",
                     to_string(role_.worker_role(worker)) + " ends again and again: its next start waits 0.5 s");
    timer::after(next_start, [this, worker, kept = role_.services().kept()] {
        if (!is_stopping_ && places_[worker].process == ProcessId{}) start(worker);
    });
}

// -- sending away ----------------------------------------------------------------------------------------------------

void Manager::dismiss(std::uint32_t worker) {
    if (places_[worker].process == ProcessId{} || places_[worker].is_leaving) return;
    role_.post().send_now(role_.worker_role(worker), Lane::control, {.kind = MessageKind::stop});
    expect_end(worker);
}

/// It leaves within max_wait_time, or is made to.
void Manager::expect_end(std::uint32_t worker) {
    Place& place = places_[worker];
    if (place.process == ProcessId{} || place.is_leaving) return;
    place.is_leaving = true;
    auto force = [this, worker, process = place.process, kept = role_.services().kept()] {
        if (places_[worker].process != process) return;  // it left just now, and another one has its place
        role_.log().line("force",
                         to_string(role_.worker_role(worker)) + " did not stop in time (max_wait_time): killed");
        static_cast<void>(role_.kernel().send_signal(process, Signal::kill));
    };
    place.force = timer::after(role_.settings().max_wait_time, std::move(force));
}

void Manager::dismiss_all(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t worker = first; worker < end; ++worker) dismiss(worker);
    auto is_gone = [&] {
        for (std::uint32_t worker = first; worker < end; ++worker)
            if (places_[worker].process != ProcessId{}) return false;
        return true;
    };
    while (!is_gone()) await_change();
}

/// One after the other, so that the server never stands without workers.
void Manager::reload(bool only_task_workers) {
    if (std::exchange(reloads_, true)) return;
    role_.log().note(only_task_workers ? "reloads the task workers" : "reloads all workers");
    role_.services().go("reload", [this, only_task_workers] {
        for (std::uint32_t worker = only_task_workers ? role_.settings().workers : 0; worker < count(); ++worker) {
            const std::uint32_t before = role_.board().worker(worker).starts;
            dismiss(worker);
            while (!is_stopping_ && role_.board().worker(worker).starts == before) await_change();
        }
        reloads_ = false;
    });
}

}  // namespace co::server
