// Server: processes and coroutines behind one or more ports, and the events that they bring.
//
//     int main() {
//         co::Server server("127.0.0.1", 9502);
//         server.set({.workers = 2, .task_workers = 2, .framing = co::framing::eof("\r\n")});
//         server.on_receive([&](co::Connection from, std::string_view line) {
//             if (co::Result<std::string> answer = server.task_wait(std::string(line), 2s)) from.send(*answer);
//         });
//         server.on_task([](co::Task& task) { task.finish(task.data()); });   // in a task worker: it may block
//         return server.start();
//     }
//
// Every event of a worker runs in a coroutine of its own. Workers are processes: they share nothing but what is in
// shared memory, so what an event changes in a variable, the other workers do not see. (Tutorial 2; docs/server.md.)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <co/deadline.h>
#include <co/result.h>
#include <co/server_error.h>
#include <co/server_events.h>
#include <co/server_settings.h>

namespace co {

namespace server {
struct Plan;
class Protocol;
class Role;
}  // namespace server

class Server {
  public:
    /// A server for TCP connections at that address; port 0 picks a free one. A host that begins with `/` is the path
    /// of a Unix socket.
    Server(std::string host, std::uint16_t port, Transport transport = Transport::tcp);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    // -- before start ----------------------------------------------------------------------------------------
    /// Throws std::invalid_argument with every complaint at once. The framing is that of the first port.
    void set(ServerSettings settings);
    const ServerSettings& settings() const;
    /// One more port, with packets framed in its own way. Throws std::invalid_argument like set().
    void listen(std::string host, std::uint16_t port, Transport transport = Transport::tcp, Framing framing = {});
    /// All events, for those that have no call of their own below.
    ServerEvents& events();
    /// For events that need something of their own in each process, like an interpreter: `runner` runs the manager, the
    /// workers and the task workers, and brings their events. Unset: all of them have the events above.
    void run_processes_by(ProcessRunner runner);
    void on_receive(std::function<void(Connection, std::string_view)> handler);
    void on_connect(std::function<void(Connection)> handler);
    void on_close(std::function<void(Connection)> handler);
    void on_packet(std::function<void(const DatagramFrom&, std::string_view)> handler);
    void on_task(std::function<void(Task&)> handler);
    void on_finish(std::function<void(const TaskResult&)> handler);

    // -- running ---------------------------------------------------------------------------------------------
    /// Serves until shutdown() or a signal to terminate; then 0. From main(), or from inside a coroutine. Throws
    /// std::system_error when a port cannot be had.
    int start();
    /// The address of a port, in the order in which they were given; known once start() listens.
    Address address(std::size_t port = 0) const;

    // -- from an event of a worker -------------------------------------------------------------------------------
    /// Sends all of it, in order. At a full output buffer it parks, or answers `full` when send_yield is off. What is
    /// sent is not yet received, nor perhaps written before the event's function waits or returns; `closed` when the
    /// connection is gone.
    Outcome<void> send(SessionId fd, std::string_view bytes);
    /// The same with what stands in a file, which is read first; its errors are those of co/file.h.
    Outcome<void> send_file(SessionId fd, std::string_view path, Deadline deadline = forever);
    Outcome<void> send_to(const DatagramFrom& receiver, std::string_view bytes);
    /// After what was sent has been written. With `reset` at once: what was not is lost. `closed` when it is already.
    Outcome<void> close(SessionId fd, bool reset = false);
    std::optional<ConnectionInfo> client_info(SessionId fd) const;
    std::vector<SessionId> connections() const;
    /// Those that have been silent for longer than heartbeat_idle; closes them unless told not to.
    std::vector<SessionId> heartbeat(bool closes = true);

    /// Gives a task to the task worker that has least to do; returns its id at once. on_finish gets its result.
    Outcome<TaskId> task(std::string data, std::int64_t tag = 0, std::optional<std::uint32_t> worker = {});
    /// Parks until the task is finished.
    Result<std::string> task_wait(std::string data, Deadline deadline);
    /// Parks until all are finished, or the deadline: what is not there by then says why.
    std::vector<Result<std::string>> task_wait_multi(std::vector<std::string> data, Deadline deadline);

    /// To the on_pipe_message of another worker; task workers are numbered after the workers.
    Outcome<void> send_message(std::string data, std::uint32_t worker);

    /// Replaces all workers, one by one, and then the task workers; or the latter only.
    void reload(bool only_task_workers = false);
    /// Replaces this worker, or that one; task workers are numbered after the workers. Throws std::logic_error when
    /// the caller is none and says none.
    Outcome<void> stop_worker(std::optional<std::uint32_t> worker = {});
    /// Ends the server in good order. From any of its processes.
    void shutdown();
    ServerStats stats() const;

    /// Of the process that calls: from 0, task workers after workers; none in master and manager.
    std::optional<std::uint32_t> worker_id() const;
    bool is_task_worker() const;
    ProcessId master_pid() const;
    ProcessId manager_pid() const;

  protected:
    /// What the first port speaks instead of its framing.
    void speak(std::shared_ptr<const server::Protocol> protocol);

  private:
    friend class server::Role;

    std::shared_ptr<server::Role> role() const;

    std::shared_ptr<server::Plan> plan_;
};

}  // namespace co
