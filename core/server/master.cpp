// The master: starts the manager and the reactor threads, waits for signals, and ends all of them in order. In BASE
// mode the first process is the manager itself.
#include <exception>

#include <co/coroutine.h>
#include <co/loop.h>

#include "launch.h"
#include "manager.h"
#include "tell.h"

namespace co::server {
namespace {

class Master {
  public:
    explicit Master(Role& role) : role_(role) {}

    int run() {
        SignalCalls signals([this] { stop(); }, [this] { tell_manager({.kind = MessageKind::reload}); });
        process::signal(Signal::child, [this, kept = role_.services().kept()] { reap(); });
        if (!start_manager()) return 1;
        const bool is_complete = start_reactors();
        role_.services().go("control", [this] {
            role_.post().listen(Lane::control, [this](const Message& message) { return take(message); });
        });
        const bool has_begun = is_complete && begin();
        while (!is_stopping_ && has_manager_) await_change();
        end_others();
        process::signal(Signal::child, [] {});
        role_.post().stop_listening(Lane::control);
        role_.services().wait_for_all();
        if (failure_) std::rethrow_exception(failure_);
        if (has_begun) ended(role_);
        return exit_code_;
    }

  private:
    bool start_manager() {
        const SharedStage& stage = role_.shared_stage();
        auto manager = role_.kernel().spawn_process("manager", [stage](Kernel& own) {
            int exit_code = 1;
            run_process(own, *stage, "manager",
                        [&](const ServerEvents& events) { exit_code = run_manager(stage, events); });
            return exit_code;
        });
        if (!manager) {
            role_.log().error("spawn", "cannot start the manager: " + manager.error().message());
            return false;
        }
        manager_ = *manager;
        has_manager_ = true;
        return true;
    }

    /// A server without one of them would leave that one's connections without an answer: so it ends.
    bool start_reactors() {
        const SharedStage& stage = role_.shared_stage();
        for (std::uint16_t index = 0; index < role_.settings().reactors; ++index) {
            auto started = role_.kernel().spawn_thread("reactor#" + std::to_string(index),
                                                       [stage, index](Kernel& own) { run_reactor(own, stage, index); });
            if (!started) {
                role_.log().error("spawn", "cannot start a reactor: " + started.error().message());
                exit_code_ = 1;
                is_stopping_ = true;
                return false;
            }
            ++reactors_;
        }
        return true;
    }

    /// What the program throws as it starts must not leave reactors and workers behind: it goes on its way after them.
    bool begin() {
        try {
            began(role_);
            return true;
        } catch (const Unwind&) {
            throw;
        } catch (const ProcessKilled&) {
            throw;
        } catch (...) {
            failure_ = std::current_exception();
            is_stopping_ = true;
            return false;
        }
    }

    void stop() {
        if (!is_stopping_) role_.log().note("stops");
        is_stopping_ = true;
        changes_.wake_all();
    }

    /// No new connections; then workers finish what they have; then connections get what is left to be sent.
    void end_others() {
        tell_reactors(0);
        tell_manager({.kind = MessageKind::stop});
        while (has_manager_) await_change();
        tell_reactors(1);
        while (reactors_ > 0) await_change();
    }

    void tell_manager(Message message) {
        role_.post().send_now({RoleKind::manager, 0}, Lane::control, std::move(message));
    }
    void tell_reactors(std::int64_t tag) {
        for (std::uint16_t index = 0; index < role_.settings().reactors; ++index)
            role_.post().send_now({RoleKind::reactor, index}, Lane::control, {.kind = MessageKind::stop, .tag = tag});
    }

    bool take(const Message& message) {
        if (message.kind == MessageKind::shutdown) stop();
        if (message.kind == MessageKind::retire && message.from.kind == RoleKind::reactor) {
            --reactors_;
            changes_.wake_all();
        }
        return true;
    }

    void reap() {
        for (;;) {
            auto child = role_.kernel().reap_child();
            if (!child || !*child) return;
            if ((*child)->process != manager_) continue;
            has_manager_ = false;
            if (!is_stopping_) lose_manager();
            changes_.wake_all();
        }
    }

    /// Nobody replaces workers any more, and nobody could: they are not the master's children.
    void lose_manager() {
        role_.log().error("manager", "the manager ended: the server stops");
        exit_code_ = 1;
        const std::uint32_t count = role_.settings().workers + role_.settings().task_workers;
        for (std::uint32_t worker = 0; worker < count; ++worker)
            if (const auto process = role_.board().worker(worker).process.load())
                static_cast<void>(role_.kernel().send_signal(ProcessId{process}, Signal::kill));
    }

    void await_change() {
        tell_pause();
        changes_.wait({.kind = WaitKind::none});
    }

    Role& role_;
    ProcessId manager_{};
    bool has_manager_ = false;
    std::uint32_t reactors_ = 0;
    Waiters changes_;
    bool is_stopping_ = false;
    int exit_code_ = 0;
    std::exception_ptr failure_{};
};

}  // namespace

int run_master(const SharedStage& stage, const ServerEvents& events) {
    struct Process {
        explicit Process(std::shared_ptr<Role> its_role) : role(std::move(its_role)), master(*role) {}
        std::shared_ptr<Role> role;
        Master master;
    };
    auto process = std::make_shared<Process>(Role::take(stage, {RoleKind::master, 0}, events));
    process->role->services().keep_alive(process);
    return process->master.run();
}

int run_manager(const SharedStage& stage, const ServerEvents& events) {
    struct Process {
        explicit Process(std::shared_ptr<Role> its_role) : role(std::move(its_role)), manager(*role) {}
        std::shared_ptr<Role> role;
        Manager manager;
    };
    auto process = std::make_shared<Process>(Role::take(stage, {RoleKind::manager, 0}, events));
    Role& role = *process->role;
    role.services().keep_alive(process);
    const bool is_first = role.settings().mode == ServerMode::base;
    SignalCalls signals([&process] { process->manager.stop(); }, [&process] { process->manager.reload(false); });
    if (is_first)
        began(role);
    else
        stage->lifeline.hold_on(role, [&process] { process->manager.stop(); });
    process->manager.run();
    stage->lifeline.let_go();
    role.services().wait_for_all();
    if (is_first) ended(role);
    return 0;
}

}  // namespace co::server
