// Role: the part of a server that one of its processes or threads plays; what the calls of co::Server mean there.
//
//     std::shared_ptr<Role> role = Role::take(stage, {RoleKind::worker, 0});
//     role->send(session, "hello");       // to the reactor that owns the connection, or straight to it in BASE mode
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/costly_calls.h>

#include "connections.h"
#include "log.h"
#include "post.h"
#include "services.h"
#include "spares.h"
#include "stage.h"
#include "task_book.h"

namespace co::server {

class Role : public std::enable_shared_from_this<Role> {
  public:
    /// For the scheduler that runs. Whoever parks in a call of it holds it.
    static std::shared_ptr<Role> take(SharedStage stage, RoleId self, const ServerEvents& events);
    /// What runs here is in that server; null: nothing. For calls that hold it themselves before they park.
    static Role* here(const Plan& plan) {
        const Scheduler* scheduler = Scheduler::current_or_null();
        return scheduler ? static_cast<Role*>(scheduler->attached(&plan)) : nullptr;
    }
    Role(SharedStage stage, RoleId self, const ServerEvents& events);
    Role(const Role&) = delete;
    Role& operator=(const Role&) = delete;
    ~Role();

    const Plan& plan() const { return *stage_->plan; }
    const ServerSettings& settings() const { return plan().settings; }
    const ServerEvents& events() const { return events_; }
    Server& server() const { return stage_->server; }
    const Stage& stage() const { return *stage_; }
    const SharedStage& shared_stage() const { return stage_; }
    RoleId self() const { return self_; }
    Kernel& kernel() const { return Scheduler::current().kernel(); }
    Scoreboard& board() { return board_; }
    Post& post() { return post_; }
    Log& log() { return log_; }
    Services& services() { return services_; }
    /// The connections of this thread; none in a worker of PROCESS mode.
    void owns(Connections* connections) { own_ = connections; }

    // -- calls of co::Server: see there
    /// `ends_answer`: see Connections::send(). Holds this role when it parks.
    Result<void> send(SessionId session, std::string_view bytes, bool ends_answer = false);
    Result<void> send_to(const DatagramFrom& receiver, std::string_view bytes);
    Result<void> close(SessionId session, bool reset);
    std::optional<ConnectionInfo> client_info(SessionId session);
    std::vector<SessionId> connections();
    std::vector<SessionId> heartbeat(bool closes);
    Result<TaskId> task(std::string data, std::int64_t tag, std::optional<std::uint32_t> worker);
    std::vector<Result<std::string>> task_wait(std::vector<std::string> data, Deadline deadline);
    Result<void> send_message(std::string data, std::uint32_t worker);
    ServerStats stats();
    std::optional<std::uint32_t> worker_id() const;

    /// reload, retire, shutdown: to the process whose business it is.
    void ask(MessageKind what, std::int64_t tag);
    /// This process will end by itself, for it has served enough. The manager learns it even when the end is quicker
    /// than the message.
    void retire();
    /// That process is this one: it does what is asked itself.
    void on_ask(std::function<void(MessageKind, std::int64_t)> asked) { asked_ = std::move(asked); }

    /// This process ends soon, and its connections with it: no answer promises more of them.
    void leaves() { is_leaving_ = true; }
    bool is_leaving() const { return is_leaving_; }

    // -- what comes in for them
    /// Whoever waits to send on that connection looks again.
    void room(SessionId session);
    /// The result of a task, or why there is none; an event for the program when nobody waits for it.
    std::optional<TaskResult> finished(Message message);

    /// The field of an HTTP answer that tells the time of day; its text is made once a second.
    std::string_view date_line();
    Spares& spares() { return spares_; }

    RoleId worker_role(std::uint32_t worker) const;

  private:
    struct Sender {
        Waiters waiters;
        bool is_busy = false;  // somebody is in the middle of sending
    };
    class SendTurn;

    Result<void> send_in_turn(SessionId session, std::string_view bytes, bool ends_answer);
    Result<void> send_piece(SessionId session, std::string_view piece, bool ends_answer);
    bool reserve(ConnectionRow& row, std::size_t bytes) const;
    void pass_on(const ConnectionRow& row, SessionId session, std::string_view bytes, bool ends_answer);
    bool is_own(const ConnectionRow& row) const;
    void hand_over(const ConnectionRow& row, Message message);
    Result<TaskId> give(std::string data, std::int64_t tag, std::optional<std::uint32_t> worker, bool waits);
    /// The place among workers and task workers, in one series.
    std::uint32_t place() const;
    Waiters& waiters_of(TaskWait& wait);
    void mailbox_fails(std::error_code why, bool for_good);

    SharedStage stage_;
    const ServerEvents& events_;  // of this process
    RoleId self_;
    const void* scheduler_;
    Scoreboard board_;
    Log log_;
    Services services_;
    Post post_;
    Connections* own_ = nullptr;
    std::string date_line_{};
    TimePoint date_until_{};  // it is right
    Spares spares_;
    bool is_leaving_ = false;
    std::map<SessionId, Sender> senders_;
    TaskBook tasks_;
    Waiters task_waiters_;
    Thrift is_thrifty_;  // who waits for tasks is woken when they are there; else also when others are: all see it
    std::uint64_t tasks_given_ = 0;
    std::function<void(MessageKind, std::int64_t)> asked_;
};

}  // namespace co::server
