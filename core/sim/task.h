// Task: what the machine knows of a simulated process, its descriptors, its signals, its threads; Thread: one of its
// lines of execution.
//
//     Task& worker = world.spawn(parent, host, "worker#1", body);
//     worker.end({.process = worker.id, .exit_code = 0});
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <co/sim_kernel.h>

#include "aside.h"
#include "engine.h"
#include "fault.h"
#include "open_file.h"

namespace co::sim {

class World;
class StreamEnd;
struct Computer;
struct Task;

struct Thread {
    Thread(World& world, Task& owner, std::uint32_t its_number, std::string its_name);
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;
    ~Thread();

    Engine& engine() const;
    void run_body();
    bool is_first() const;

    // -- waiting
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until);
    void hold(Duration duration);
    /// A call that may block takes that long, unless a destructor makes it while the thread unwinds.
    void pass(Duration duration);
    void catch_up();
    bool has_reason_to_run();
    std::size_t collect(std::span<ReadyFd> ready);

    std::optional<std::errc> fault(Call call);

    // -- watching
    Result<void> watch(Fd fd, Readiness interest);
    bool unwatch(Fd fd);
    void may_be_ready(Watch& watch);

    Task& process;
    std::uint32_t number;  // processes and threads are counted in one series, as Linux does
    std::string name;
    std::function<void(Kernel&)> body;
    std::unique_ptr<SimKernel> kernel;
    Strand strand;

    std::map<Fd, Watch> watches;
    std::deque<Watch*> candidates;  // that may be ready, in the order in which they became so
    std::vector<Signal> watched_signals;
    std::deque<Signal> signals;
    bool is_interrupted = false;
};

struct Task {
    Task(World& world_of_it, Computer* its_host, Task* its_parent, std::uint32_t number, std::string its_name);
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    // -- descriptors
    Result<Fd> add(std::shared_ptr<OpenFile> file);
    OpenFile* find(Fd fd) const;
    template <typename File>
    Result<File*> find(Fd fd) const;
    Result<void> close(Fd fd);
    /// From now on `fd` stands for something else, as after listen().
    void replace(Fd fd, std::shared_ptr<OpenFile> file);
    bool has_room() const { return count_descriptors() + first_descriptor < max_descriptors(); }
    void inherit_from(const Task& other);
    std::size_t count_descriptors() const;
    std::size_t max_descriptors() const;
    static constexpr std::size_t first_descriptor = 3;  // 0 to 2 are the standard streams

    // -- its end
    void end(int exit_code, std::optional<Signal> signal);
    void signal(Signal signal);
    bool is_alive() const { return !ended; }

    void ring_at_end(const std::shared_ptr<StreamEnd>& bell);

    void plan(const Fault& fault) { faults.push_back(fault); }

    World& world;
    Computer* host;
    Task* parent;  // null: nobody will reap it
    ProcessId id;
    std::string name;
    std::vector<std::unique_ptr<Thread>> threads;
    std::vector<std::shared_ptr<OpenFile>> descriptors;
    std::optional<ProcessEnd> ended;
    std::string failure;  // the exception that left its body
    bool is_reaped = false;
    std::vector<Fault> faults;  // to come
    std::deque<Task*> ended_children;
    bool is_command = false;                            // its parent asks for it by its number
    std::vector<std::weak_ptr<OpenFile>> end_watchers;  // that are readable when it has ended
    std::vector<std::weak_ptr<StreamEnd>> bells;        // into which a byte is written then
    AsideCalls aside;
};

template <typename File>
Result<File*> Task::find(Fd fd) const {
    OpenFile* file = find(fd);
    if (!file) return std::errc::bad_file_descriptor;
    auto* as_asked = dynamic_cast<File*>(file);
    if (!as_asked) return std::errc::not_a_socket;
    return as_asked;
}

}  // namespace co::sim
