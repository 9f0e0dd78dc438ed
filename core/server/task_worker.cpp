// A task worker: runs tasks one after the other, in its only coroutine, and may block its thread over each.
#include <co/coroutine.h>

#include "launch.h"
#include "server_role.h"
#include "tell.h"

namespace co::server {
namespace {

class TaskWorker {
  public:
    explicit TaskWorker(Role& role) : role_(role) {}

    void run() {
        const std::uint32_t id = *role_.worker_id();
        if (const auto& start = role_.events().worker_start) start(id);
        role_.services().go("control", [this] {
            role_.post().listen(Lane::control, [this](const Message& message) { return take_control(message); });
        });
        role_.post().listen(Lane::work, [this](Message message) { return take_work(std::move(message)); });
        if (const auto& stop = role_.events().worker_stop) stop(id);
        role_.post().flush(role_.settings().max_wait_time);
        role_.post().stop_listening(Lane::control);
    }

  private:
    bool take_control(const Message& message) {
        if (message.kind == MessageKind::room) role_.room(message.session);
        if (message.kind == MessageKind::stop) role_.post().stop_listening(Lane::work);
        return true;
    }

    bool take_work(Message message) {
        if (message.kind == MessageKind::pipe_message) {
            const auto& handler = role_.events().pipe_message;
            if (handler) handler(message.number, message.body);
            return true;
        }
        if (message.kind != MessageKind::task) return true;
        const std::uint32_t place = role_.board().task_worker_place(role_.self().index);
        role_.board().begin(place, 0, {.whose = message.from.index + 1u, .number = message.number});
        role_.post().taken(Lane::work);
        run_task(std::move(message));
        role_.board().end(place, 0);
        if (++done_ != role_.settings().task_max_request.value_or(0)) return true;
        role_.retire();
        return false;
    }

    void run_task(Message message) {
        const Message given{
            .from = message.from, .session = message.session, .number = message.number, .tag = message.tag};
        Task task(message.number, message.from.index, std::move(message.body),
                  [this, given](std::string result) { finish(given, std::move(result)); });
        tell_task(trace::EventKind::task_begin, given.number, *role_.worker_id(), task.data());
        try {
            role_.events().task(task);
            if (!task.is_finished()) fail(given, ServerError::no_answer);
        } catch (const std::exception& error) {
            role_.log().error("task", "on_task failed: " + std::string(error.what()));
            if (!task.is_finished()) fail(given, ServerError::task_failed);
        }
    }

    void finish(const Message& given, std::string result) {
        tell_task(trace::EventKind::task_finish, given.number, *role_.worker_id(), result);
        answer(given, {.kind = MessageKind::finish, .body = std::move(result)});
    }

    void fail(const Message& given, ServerError why) {
        tell_task(trace::EventKind::task_failed, given.number, *role_.worker_id(), make_error_code(why).message());
        answer(given, {.kind = MessageKind::task_failed, .port = static_cast<std::uint16_t>(why)});
    }

    void answer(const Message& given, Message message) {
        message.session = given.session;
        message.number = given.number;
        message.tag = given.tag;
        role_.post().send(given.from, Lane::control, std::move(message));
        role_.post().ring();  // the next task may take long
    }

    Role& role_;
    std::uint64_t done_ = 0;
};

}  // namespace

int run_task_worker(Kernel& own, const SharedStage& stage, std::uint16_t index) {
    run_process(own, *stage, "task worker " + std::to_string(index), [&stage, index](const ServerEvents& events) {
        struct Process {
            explicit Process(std::shared_ptr<Role> its_role) : role(std::move(its_role)), worker(*role) {}
            std::shared_ptr<Role> role;
            TaskWorker worker;
        };
        auto process = std::make_shared<Process>(Role::take(stage, {RoleKind::task_worker, index}, events));
        process->role->services().keep_alive(process);
        follow_signals(*process->role);
        stage->lifeline.hold_on(*process->role, [&role = *process->role] { role.post().stop_listening(Lane::work); });
        process->worker.run();
        Scheduler::current().stop("the task worker has stopped");
    });
    return 0;
}

}  // namespace co::server
