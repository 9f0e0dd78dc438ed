// ServerEvents: what a server tells your program, and what it hands over with it.
//
//     co::ServerEvents events;
//     events.receive = [](co::Connection from, std::string_view packet) { from.send(packet); };
//     events.worker_start = [](std::uint32_t worker) { fmt::print("worker {} is here\n", worker); };
//
// In the order of a server's life: start, manager_start, worker_start; connect, receive, close of each connection;
// worker_stop, manager_stop, shutdown.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <co/address.h>
#include <co/kernel.h>
#include <co/result.h>

namespace co {

class Server;
struct SchedulerOptions;
namespace http {
struct Request;
class Response;
}  // namespace http

/// A connection as programs see it: its number stays the same in all processes, and is not given to another one soon.
using SessionId = std::uint32_t;
using TaskId = std::uint32_t;

enum class Transport : std::uint8_t { tcp, udp };

/// A Result that may be left unread: an event will tell, or the connection's end.
template <typename T>
class Outcome : public Result<T> {
  public:
    using Result<T>::Result;
    Outcome(Result<T> result) : Result<T>(std::move(result)) {}
};

/// Cheap to copy: the server and a number.
class Connection {
  public:
    Connection(Server& server, SessionId fd) : server_(&server), fd_(fd) {}
    SessionId fd() const { return fd_; }
    Outcome<void> send(std::string_view bytes) const;
    Outcome<void> close(bool reset = false) const;

  private:
    Server* server_;
    SessionId fd_;
};

struct ConnectionInfo {
    Address peer;
    std::size_t port = 0;     // the listening port's place among the server's
    std::uint32_t owner = 0;  // its reactor; in BASE mode its worker
    TimePoint connected_at{};
    TimePoint last_received_at{};
    std::uint64_t unsent_bytes = 0;
};

/// Who sent a datagram, and to which port it came.
struct DatagramFrom {
    Address sender;
    std::size_t port = 0;
};

class Task {
  public:
    Task(TaskId id, std::uint32_t from, std::string data, std::function<void(std::string)> answer)
        : id_(id), from_(from), data_(std::move(data)), answer_(std::move(answer)) {}

    TaskId id() const { return id_; }
    /// The worker that gave it.
    std::uint32_t from() const { return from_; }
    const std::string& data() const { return data_; }
    /// Its result, once; later calls do nothing.
    void finish(std::string result);
    bool is_finished() const { return !answer_; }

  private:
    TaskId id_;
    std::uint32_t from_;
    std::string data_;
    std::function<void(std::string)> answer_;
};

struct TaskResult {
    TaskId id = 0;
    std::int64_t tag = 0;  // what task() was given
    std::string data;
    std::error_code error{};  // worker_died or task_failed; then there is no data
};

/// How a worker ended that was not asked to.
struct WorkerEnd {
    std::uint32_t worker = 0;
    ProcessEnd process{};
};

/// Those that are not set are not called.
struct ServerEvents {
    // in the master
    std::function<void()> start, shutdown;
    // in the manager; in BASE mode in the first process
    std::function<void()> manager_start, manager_stop;
    std::function<void(const WorkerEnd&)> worker_error;
    // in each worker and task worker; its number
    std::function<void(std::uint32_t)> worker_start, worker_stop;
    // worker_exit: it will stop, and waits for what still runs: end what would run for ever
    std::function<void(std::uint32_t)> worker_exit;
    // in workers, each in a coroutine of its own
    std::function<void(Connection)> connect, close, buffer_full, buffer_empty;
    std::function<void(Connection, std::string_view)> receive;
    std::function<void(const DatagramFrom&, std::string_view)> packet;
    std::function<void(const http::Request&, http::Response&)> request;  // of an http::Server
    std::function<void(const TaskResult&)> finish;
    std::function<void(std::uint32_t from, std::string_view data)> pipe_message;
    // in a task worker, one after the other
    std::function<void(Task&)> task;
    // in the reactors, with DispatchPolicy::by_function: which worker gets the packet. Must not wait.
    std::function<std::uint32_t(SessionId, std::string_view)> dispatch;
    // in any of the processes: one line about something refused or wrong; unset: the machine's log has it, which is
    // standard error unless there is a log_file
    std::function<void(std::string_view)> log;
};

/// What a process of the server does: the caller's coroutine is its first one.
using ServerMain = std::function<void(const ServerEvents&)>;
/// Runs a process of the server on its own kernel: a scheduler with these options, whose first coroutine calls `main`
/// with the events of this process, once. They must outlive that scheduler.
using ProcessRunner =
    std::function<void(Kernel& own, const SchedulerOptions& options, const std::string& name, ServerMain main)>;

struct ServerStats {
    std::chrono::system_clock::time_point started_at{};
    std::uint32_t connections = 0;  // open now
    std::uint64_t accepted = 0;
    std::uint64_t closed = 0;
    std::uint64_t requests = 0;  // packets and datagrams that came in
    std::uint64_t tasks = 0;     // given
    std::uint32_t tasking = 0;   // of them not finished
    std::uint32_t idle_workers = 0;
    std::uint32_t idle_task_workers = 0;
    std::size_t coroutines = 0;  // alive in the process that asks
    struct Worker {
        std::uint32_t busy = 0;  // requests, or tasks, that it has not finished
        std::uint64_t finished = 0;
        std::uint32_t starts = 0;  // processes that were started for it
        ProcessId process{};
    };
    std::vector<Worker> workers;  // task workers after workers
};

}  // namespace co
