// ProcessPool: so many processes that do the same, under one that replaces whoever ends.
//
//     co::ProcessPool pool(4);
//     pool.on_worker_start([](co::PoolWorker& self) {
//         fmt::print("worker {} begins\n", self.id());
//         program();
//     });
//     pool.start();                         // until somebody calls shutdown(), or a signal to terminate
//
// A worker's id is a post: who comes after one that ended has the same one, another process, and an empty memory. It
// ends when on_worker_start returns; with on_message it then stays for messages. (Tutorial 8, Process\Pool.)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <co/children.h>
#include <co/result.h>

namespace co {

/// In a process of the pool.
class PoolWorker {
  public:
    /// From 0.
    std::uint32_t id() const { return id_; }
    /// To the on_message of another worker; nobody is asked whether it arrived. std::errc::invalid_argument: there is
    /// no such worker.
    Result<void> send(std::string_view data, std::uint32_t worker);
    /// Ends the pool in good order.
    void shutdown();

  private:
    friend class ProcessPool;
    struct Line;
    PoolWorker(std::uint32_t id, std::uint32_t workers, Stream& parent);
    ~PoolWorker();

    std::uint32_t id_;
    std::uint32_t workers_;
    std::unique_ptr<Line> line_;
};

class ProcessPool {
  public:
    using Event = std::function<void(PoolWorker&)>;
    using Message = std::function<void(PoolWorker&, std::uint32_t from, std::string_view data)>;

    /// Throws std::invalid_argument unless it is 1 to 1,000 workers.
    explicit ProcessPool(std::uint32_t workers);
    ProcessPool(const ProcessPool&) = delete;
    ProcessPool& operator=(const ProcessPool&) = delete;
    ~ProcessPool();

    // -- before start; each in the worker
    void on_worker_start(Event event);
    /// It ends in good order, within 3 s, or is killed.
    void on_worker_stop(Event event);
    /// In a coroutine of its own.
    void on_message(Message event);
    /// For programs that need something of their own in each process, like an interpreter: it runs the fresh process,
    /// and calls `main` with the pool as that process has it. Its result is the exit code.
    using Runner =
        std::function<int(Kernel& own, const std::string& name, const std::function<void(ProcessPool&)>& main)>;
    void run_processes_by(Runner runner);

    /// Until shutdown(), or a signal to terminate. From inside a coroutine. A worker that ends within a second, three
    /// times in a row, is replaced after a second.
    void start();
    /// In the first process, while start() runs; workers have a call of their own. Throws std::logic_error elsewhere.
    void shutdown();

  private:
    struct State;
    class Master;
    void be_worker(std::uint32_t id, Stream& parent);

    std::shared_ptr<State> state_;
};

}  // namespace co
