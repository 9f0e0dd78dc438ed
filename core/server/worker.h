// Worker: runs the program's events, each in a coroutine of its own. In PROCESS mode they come from the reactors; in
// BASE mode it owns connections itself.
//
//     Worker worker(role);
//     worker.run();            // until it is to stop and all that it began is done
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "acceptor.h"
#include "connections.h"
#include "server_role.h"

namespace co::server {

class Worker final : public ConnectionListener {
  public:
    explicit Worker(Role& role);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() override;

    void run();
    /// From now on it takes no work; run() returns when all that it has is done.
    void stop();

    // -- ConnectionListener: in BASE mode
    void connected(SessionId session) override;
    void packet(SessionId session, const ConnectionRow& row, std::string_view bytes, Cutter& cutter) override;
    void closed(SessionId session) override;
    void buffer_full(SessionId session) override;
    void buffer_empty(SessionId session) override;
    void room(SessionId session, std::uint64_t waiting) override;

  private:
    struct Event;

    // -- its life (worker.cpp)
    class Staying;
    bool take_work(Message message);
    bool take_control(Message message);
    void look_after_connections();
    void drain();
    bool is_idle() const;
    bool owes_farewells() const;
    bool is_base() const { return role_.settings().mode == ServerMode::base; }

    // -- the program's events (worker_events.cpp)
    void tell_program(std::string_view event, const std::function<void(Connection)>& handler, SessionId session);
    void datagram(const DatagramFrom& from, std::uint32_t request, std::string data);
    void finish(TaskResult result);
    void pipe_message(std::uint32_t from, std::string data);
    /// One that is not in progress yet, with memory that was used before.
    std::unique_ptr<Event> next_event(std::string_view name, SessionId session, std::uint32_t request);
    void begin_event(std::unique_ptr<Event> event);
    void begin_request(std::unique_ptr<Event> event);
    void begin_here(std::unique_ptr<Event> event);
    /// Until its coroutine ends, in PROCESS mode, where the manager gives back what a dead worker had begun. Waits
    /// while the ledger is full.
    bool enter_in_ledger(Event& event);
    [[gnu::cold]] bool wait_for_slot();
    void leave_ledger(std::uint32_t slot);
    [[gnu::cold]] void turn_away(SessionId session, const Protocol* protocol);
    class Running;
    /// What it throws is logged, and ends its coroutine.
    void run_event(Event& event);
    void receive(const Event& event);
    void over(std::unique_ptr<Event> event);
    void end_request(const Event& event);
    std::string_view event_of(std::size_t port) const;
    bool has_served_enough();

    Role& role_;
    Connections connections_;
    Acceptor acceptor_;
    std::vector<std::uint32_t> free_slots_;
    Waiters for_slots_;
    SparesOf<Event> spare_events_;
    std::size_t running_ = 0;     // events
    std::uint64_t requests_ = 0;  // since it was started
    bool is_stopping_ = false;
    std::shared_ptr<void> stays_{};  // itself, while it runs or events do: these may be unwound after it
    bool has_run_ = false;
    bool gives_up_ = false;  // what is in the ledger now stays there: the manager tells those who wait
};

/// A worker with its role. Its coroutines hold it, so it outlives them in whatever order they end.
struct WorkerProcess {
    explicit WorkerProcess(std::shared_ptr<Role> its_role) : role(std::move(its_role)), worker(*role) {}
    static std::shared_ptr<WorkerProcess> make(const SharedStage& stage, std::uint16_t index,
                                               const ServerEvents& events);

    std::shared_ptr<Role> role;
    Worker worker;
};

}  // namespace co::server
