// World: everything that a simulated machine consists of; co::sim::Machine and co::SimKernel are its two public faces.
//
//     World world({.seed = 42});
//     Task& server = world.spawn(nullptr, &host, "server", body);
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <co/sim_kernel.h>
#include <co/trace.h>

#include "chance.h"
#include "engine.h"
#include "network.h"
#include "task.h"

namespace co::sim {

class World {
  public:
    explicit World(const SimOptions& chosen);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World();

    // -- processes (world.cpp)
    /// The process that the caller is: it runs on the stack of whoever made the machine.
    Thread& adopt_caller(Computer* host, std::string name);
    Task& spawn(Task* parent, Computer& host, std::string name, ProcessBody body);
    /// The same without the parent's descriptors, on its host.
    Task& spawn_alone(Task& parent, std::string name, ProcessBody body);
    Thread& spawn_thread(Task& process, std::string name, ThreadBody body);
    Task* find(ProcessId id) const;
    std::unique_ptr<SimKernel> kernel_of(Thread& thread);
    static bool is_watched(const Task& process, Signal signal);
    void send_signal(const Task& from, Task& to, Signal signal);
    void orphan_children(const Task& parent);
    /// A child that has ended, each once.
    std::optional<ProcessEnd> reap(Task& parent);
    void reap(const Task& parent, Task& ended_child);
    /// As many processes and threads are alive as may be.
    bool is_full() const { return alive_ >= options.max_processes; }
    void count_end() { --alive_; }

    // -- shared memory
    std::span<std::byte> map_shared(std::size_t bytes);
    bool unmap_shared(std::span<std::byte> memory);
    std::size_t shared_segments() const { return segments_.size(); }

    // -- the trace
    struct Note {
        std::uint32_t object = 0;
        std::uint32_t other = trace::nobody;
        std::int64_t value = 0;
        std::string_view text = {};
    };
    void record(trace::EventKind kind, const Note& note) { record(0, kind, note); }
    void record(const Task& process, trace::EventKind kind, const Note& note);
    bool traces() const { return options.sink != nullptr; }

    SimOptions options;
    Chance chance;
    Engine engine;
    Network network;
    std::map<ProcessId, std::unique_ptr<Task>> processes;
    std::size_t bad_closes = 0;

  private:
    Task& start(Task* parent, Computer& host, std::string name, ProcessBody body);
    void record(std::uint32_t process, trace::EventKind kind, const Note& note);

    std::uint32_t next_number_ = 1;  // of processes and threads
    std::size_t alive_ = 0;          // processes
    struct alignas(64) CacheLine {
        std::byte bytes[64];
    };
    std::vector<std::unique_ptr<CacheLine[]>> memory_;  // freed at the end: a killed process may still unwind
    std::map<std::byte*, std::size_t> segments_;
};

}  // namespace co::sim
