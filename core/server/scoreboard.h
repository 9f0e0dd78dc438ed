// Scoreboard: what all processes of a server know, in memory that they share. It outlives any of them, so it also tells
// what one was doing when it died.
//
//     Scoreboard board(*kernel.map_shared(Scoreboard::bytes(shape)), shape);   // once; the others inherit the memory
//     std::uint32_t session = board.open_session({.owner = 0, .peer = peer}, now);
//     if (ConnectionRow* row = board.find(session)) row->pending += bytes;
//
// Every field is an atomic of its own: no locks, so nobody can die holding one.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include <co/address.h>
#include <co/kernel.h>

namespace co::server {

/// One open connection.
struct ConnectionRow {
    std::atomic<std::uint32_t> session;  // 0: the row is free
    std::atomic<std::uint16_t> owner;    // the reactor, or in BASE mode the worker, that has its descriptor
    std::uint16_t port;                  // the listening port's place among the server's
    AddressFamily family;                // who connected; written before the session is
    std::atomic<std::uint8_t> is_closing;
    std::uint16_t peer_port;
    std::array<std::uint8_t, 16> peer_ip;
    std::atomic<std::uint64_t> pending;          // bytes that were sent and are not yet written
    std::atomic<std::uint64_t> waiting;          // workers in which somebody waits to send: bit w is worker w modulo 64
    std::atomic<std::int64_t> connected_at;      // ns
    std::atomic<std::int64_t> last_received_at;  // ns

    Address peer() const { return {family, peer_ip, peer_port, {}}; }
};

/// One worker or task worker, whatever process it is at the moment.
struct WorkerRow {
    std::atomic<std::uint32_t> busy;      // requests, or tasks, that were sent to it and are not finished
    std::atomic<std::uint32_t> starts;    // how often a process was started for it
    std::atomic<std::int32_t> process;    // its id; 0: none runs
    std::atomic<std::int32_t> retiring;   // the process that leaves by itself; 0: none does
    std::atomic<std::uint64_t> finished;  // requests, or tasks; nobody but itself writes it
    std::array<std::byte, 40> apart;      // a cache line for each
};

/// Numbers of the whole server.
struct Totals {
    std::atomic<std::uint32_t> next_session;
    std::atomic<std::uint32_t> next_task;
    std::atomic<std::uint32_t> connections;  // open now
    std::atomic<std::uint64_t> accepted;
    std::atomic<std::uint64_t> closed;
    std::atomic<std::uint64_t> requests;
    std::atomic<std::uint64_t> tasks;
    std::atomic<std::int32_t> master;
    std::atomic<std::int32_t> manager;
    std::atomic<std::int64_t> started_at;  // ns since 1970
};

class Scoreboard {
  public:
    struct Shape {
        std::uint32_t connections = 0;
        std::uint32_t workers = 0;
        std::uint32_t task_workers = 0;
        std::uint32_t at_once = 0;      // requests that one worker may have in progress
        bool is_fed_by_itself = false;  // a worker, as in BASE mode: nobody else counts how busy it is
    };
    struct Opening {
        std::uint16_t owner = 0;
        std::uint16_t port = 0;
        Address peer{};
    };
    /// Something that a worker has in progress: a request of a session, or a task of a worker.
    struct InProgress {
        std::uint32_t whose = 0;   // the session; or the worker that gave the task, counted from 1
        std::uint32_t number = 0;  // the request's or the task's
    };

    static std::size_t bytes(const Shape& shape);
    /// Memory of bytes(shape), zeroed before the first use.
    Scoreboard(std::span<std::byte> memory, const Shape& shape);

    const Shape& shape() const { return shape_; }
    Totals& totals() { return *totals_; }
    /// Counts a request, and numbers it.
    std::uint32_t next_request() { return static_cast<std::uint32_t>(++totals_->requests); }

    // -- connections
    /// A number that no open connection has, and none had for long; 0 when there is no free row.
    std::uint32_t open_session(const Opening& opening, TimePoint now);
    void close_session(std::uint32_t session);
    /// Null when no such connection is open.
    ConnectionRow* find(std::uint32_t session);
    std::span<ConnectionRow> connections() { return {connections_, shape_.connections}; }

    // -- workers: those of the task workers follow those of the workers
    WorkerRow& worker(std::uint32_t index) { return workers_[index]; }
    WorkerRow& task_worker(std::uint32_t index) { return workers_[shape_.workers + index]; }

    /// Something is on its way to that worker; count_finished() takes it back, or end().
    void count_busy(std::uint32_t worker);
    void count_finished(std::uint32_t worker);

    // -- what a worker has in progress, by slots that it hands out itself
    void begin(std::uint32_t worker, std::uint32_t slot, InProgress what);
    void end(std::uint32_t worker, std::uint32_t slot);
    /// After its death: tells of each, and forgets them. One that is fed by itself has none there, and is busy no more.
    void clear_in_progress(std::uint32_t worker, const std::function<void(InProgress)>& tell);
    /// The one slot of a task worker.
    std::uint32_t task_worker_place(std::uint32_t index) const { return shape_.workers + index; }

  private:
    void change_busy(std::uint32_t worker, std::int32_t by);
    std::span<std::atomic<std::uint64_t>> ledger(std::uint32_t worker);

    Shape shape_;
    Totals* totals_;
    ConnectionRow* connections_;
    WorkerRow* workers_;
    std::atomic<std::uint64_t>* ledgers_;
};

}  // namespace co::server
