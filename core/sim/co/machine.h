// Machine: several simulated computers with a network between them, and a clock that a test moves.
//
//     co::sim::Machine machine({.seed = 42});
//     co::sim::Host app = machine.host("app"), client = machine.host("client", {.latency = 5ms, .loss = 0.01});
//     app.start([] { auto door = co::Listener::open(co::Address::ip4(0, 0, 0, 0, 9501)); });
//     client.start([] { auto server = co::Stream::connect(co::Address::ip4(10, 0, 0, 1, 9501), 1s); });
//     machine.at(30ms, [&] { app.process("app").kill(); });
//     machine.run_for(2s);                        // two simulated seconds, in milliseconds
//
// Everything happens in the caller's thread, inside run_for() and run(). The first host is 10.0.0.1, the next 10.0.0.2;
// Kernel::resolve() knows their names. How it works: docs/simulation.md.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/callable.h>
#include <co/sim_kernel.h>

namespace co::sim {

class World;
struct Computer;
struct Task;

/// The kernel calls that can be made to fail.
enum class Call : std::uint8_t { open_socket, accept, connect, read, write, spawn, resolve, read_file, write_file };

/// A process of a machine: cheap to copy, valid as long as the machine.
class Process {
  public:
    std::string_view name() const;
    ProcessId id() const;
    bool is_alive() const;
    /// How it ended; nothing while it is alive.
    std::optional<ProcessEnd> end() const;
    /// What went wrong in it: uncaught exceptions, a deadlock; empty when nothing did.
    std::string_view failure() const;
    std::size_t descriptors() const;

    /// As kill -9: nothing of it runs any more, its descriptors close, what it shared stays as it stands.
    void kill() const { send(Signal::kill); }
    void send(Signal signal) const;
    /// Whether the signal is an event for it, instead of what the system does with it.
    bool watches(Signal signal) const;
    /// Its `nth` such call from now on fails, without doing anything.
    void fail(Call call, std::errc why, std::uint64_t nth = 1);
    /// Its `nth` such call from now on takes that much longer; its thread stands still meanwhile.
    void delay(Call call, Duration by, std::uint64_t nth = 1);

  private:
    friend class Host;
    friend class Machine;
    explicit Process(Task& task) : task_(&task) {}
    Task* task_;
};

/// A computer of a machine: cheap to copy, valid as long as the machine.
class Host {
  public:
    std::string_view name() const;
    Address address(std::uint16_t port) const;
    /// Starts `main` as the main coroutine of a process that has the host's name, or another one.
    Process start(std::function<void()> main);
    Process start(std::string name, std::function<void()> main);
    /// The same without a scheduler; what `body` returns is the exit code.
    Process start_bare(std::string name, ProcessBody body);
    /// The last one started under that name. Throws std::out_of_range when there was none.
    Process process(std::string_view name) const;

    /// Pulls its plug, or puts it back: it answers nothing meanwhile, but what it runs goes on.
    void unplug();
    void plug_in();
    void write_file(std::string path, std::string content);
    /// From now on commands know a program of that name here; see co/program.h.
    void install(std::string name, Program program);

  private:
    friend class Machine;
    explicit Host(Computer& computer) : computer_(&computer) {}
    Computer* computer_;
};

struct MachineStats {
    std::size_t alive = 0;        // processes
    std::size_t zombies = 0;      // that ended and were not reaped
    std::size_t descriptors = 0;  // open ones, of all processes
    std::size_t shared_segments = 0;
    std::size_t bad_closes = 0;  // of descriptors that their process did not have
};

class Machine {
  public:
    explicit Machine(const SimOptions& options = {});
    /// The machine whose first process the caller is, with more computers around that process's own. Time passes when
    /// it waits: run() and run_for() throw std::logic_error. `first` lives longer.
    explicit Machine(SimKernel& first);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    /// Whatever still runs is unwound, unseen: the trace hears nothing of it.
    ~Machine();

    /// From now on the trace hears of packets, processes and signals; first of the computers that there are.
    void trace_to(trace::Sink& sink);

    /// The host of that name; a new one when there is none.
    Host host(std::string name);
    /// The same, and this is how it is linked from now on.
    Host host(std::string name, const HostOptions& options);
    /// Nothing gets from one to the other, until heal().
    void partition(const Host& a, const Host& b);
    void heal(const Host& a, const Host& b);
    /// What is sent next from one computer to another gets lost, or arrives that much later.
    void lose_next();
    void delay_next(Duration by);
    /// Those that are alive, in the order of their start; of a machine whose first process the caller is, it is the
    /// first.
    std::vector<Process> processes() const;
    /// The first one is computer 1 in the trace, the next 2.
    std::vector<Host> hosts() const;

    TimePoint now() const;
    /// Does `action` at that time since the machine was made. It must not wait. What it throws comes out of run_for().
    void at(Duration time, Callable action);
    /// Lets all others run until they wait, without any time passing. Of a machine whose first process the caller is,
    /// before that has a scheduler.
    void settle();
    /// Does `action` once, when nothing can ever happen any more: what it does may set things going again. At that time
    /// since the machine was made even if there is something to come.
    void when_quiet(Callable action, std::optional<Duration> at_the_latest = std::nullopt);
    void run_for(Duration duration);
    /// Until nothing can ever happen any more.
    void run();

    MachineStats stats() const;
    /// What went wrong in processes, "app: co#1 failed: …", in the order of their start.
    std::vector<std::string> failures() const;

  private:
    void drive(TimePoint until);

    std::unique_ptr<World> own_;  // none: it belongs to the SimKernel
    World* world_;
    SimKernel* first_ = nullptr;
};

}  // namespace co::sim
