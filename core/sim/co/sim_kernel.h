// SimKernel: a deterministic machine in memory. Time passes only when everything waits; one seed gives one history.
//
//     co::SimKernel kernel({.seed = 42});
//     co::Scheduler scheduler(kernel);
//     scheduler.run([] { co::sleep(24h); });      // takes no time at all
//
// The caller is the machine's first process; it may start others, which run whenever it waits. For several computers
// and a network between them see co/machine.h. How it works: docs/simulation.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <co/kernel.h>
#include <co/program.h>

namespace co {

namespace trace {
class Sink;
}

namespace sim {
class Machine;
class World;
struct Thread;

/// A simulated computer, and its line to the network.
struct HostOptions {
    Duration latency{};                  // from this host to the middle of the network
    Duration jitter{};                   // at most so much more, from the seed; none with seed 0
    double loss = 0;                     // how many of its packets get lost, 0 to 1: TCP sends again, UDP does not
    std::uint64_t bytes_per_second = 0;  // 0: no limit
    bool is_down = false;                // it answers nothing
};
}  // namespace sim

struct SimOptions {
    std::uint64_t seed = 0;                // 0: the plain order that a real machine has
    trace::Sink* sink = nullptr;           // where the machine tells of packets, processes and signals
    std::size_t stack_bytes = 256 * 1024;  // of each simulated thread
    std::size_t max_descriptors = 1024;    // of each process; beyond them EMFILE
    std::size_t send_buffer = 64 * 1024;   // of each socket, until set_option() says otherwise
    std::size_t receive_buffer = 64 * 1024;
    std::string host = "localhost";                     // the computer of a SimKernel's first process
    std::size_t max_processes = 4096;                   // alive at once; beyond them EAGAIN
    std::size_t disk_bytes = 64 * 1024 * 1024;          // of each host; beyond them ENOSPC
    Duration file_time = std::chrono::milliseconds(1);  // the thread that reads or writes a file stands still as long
};

class SimKernel final : public Kernel {
  public:
    explicit SimKernel(SimOptions options = {});
    SimKernel(const SimKernel&) = delete;
    SimKernel& operator=(const SimKernel&) = delete;
    /// Takes the machine down: whatever still runs on it is unwound.
    ~SimKernel() override;

    std::uint64_t seed() const;
    /// From now on chance is what it would be at the start of a machine with this seed.
    void reseed(std::uint64_t seed);

    TimePoint now() const override;
    /// Starts at 2000-01-01 00:00:00 UTC and follows now().
    std::chrono::system_clock::time_point wall_now() const override;
    std::uint64_t random() override;
    std::size_t choose(std::size_t count) override;

    void hold_thread(Duration duration, Holding) override;
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) override;
    void interrupt() override;
    Result<void> watch(Fd fd, Readiness interest) override;
    Result<void> unwatch(Fd fd) override;

    Result<Fd> open_socket(SocketKind kind) override;
    Result<std::pair<Fd, Fd>> open_socket_pair(SocketKind kind) override;
    Result<void> bind(Fd fd, const Address& address) override;
    Result<void> listen(Fd fd, int backlog) override;
    Result<Accepted> accept(Fd fd) override;
    Result<void> connect(Fd fd, const Address& address) override;
    Result<void> take_error(Fd fd) override;
    Result<std::size_t> read(Fd fd, std::span<std::byte> buffer) override;
    Result<std::size_t> write(Fd fd, std::span<const std::byte> bytes) override;
    Result<Datagram> receive_from(Fd fd, std::span<std::byte> buffer) override;
    Result<std::size_t> send_to(Fd fd, std::span<const std::byte> bytes, const Address& to) override;
    Result<void> shut_down(Fd fd, ShutdownHow how) override;
    Result<void> close(Fd fd) override;
    Result<void> set_option(Fd fd, SocketOption option, int value) override;
    Result<Address> local_address(Fd fd) override;
    Result<Address> peer_address(Fd fd) override;

    ProcessId process_id() const override;
    std::uint32_t trace_number() const override;
    Result<ProcessId> spawn_process(std::string_view name, ProcessBody body) override;
    Result<void> spawn_thread(std::string_view name, ThreadBody body) override;
    Result<std::optional<ProcessEnd>> reap_child() override;
    Result<void> send_signal(ProcessId process, Signal signal) override;
    bool is_alive(ProcessId process) override;
    Result<void> ring_at_end(ProcessId process, Fd bell) override;
    Result<void> watch_signal(Signal signal) override;
    std::optional<Signal> take_signal() override;
    /// Throws std::logic_error in the machine's first process, which it cannot outlive.
    [[noreturn]] void exit_process(int exit_code) override;

    /// Of files alone: standard error there is none, so it answers function_not_supported.
    Result<std::shared_ptr<LogSink>> open_log(const LogOptions& options) override;
    Result<void> hold_file(std::string_view path, std::string_view content) override;
    Result<void> release_file(std::string_view path) override;
    Result<void> detach(std::string_view) override { return {}; }

    Result<Command> spawn_command(std::string_view command) override;
    Result<ProcessEnd> reap_command(ProcessId command) override;
    Result<void> kill_command(ProcessId command) override;
    /// From now on commands know a program of that name, on the host of this process; see co/program.h.
    void install(std::string name, sim::Program program);

    Result<std::span<std::byte>> map_shared(std::size_t bytes) override;
    Result<void> unmap_shared(std::span<std::byte> memory) override;

    Result<void> call_aside(ThreadBody work) override;
    Result<std::string> read_file(std::string_view path) override;
    Result<void> write_file(std::string_view path, std::string_view content) override;
    Result<std::vector<Address>> resolve(std::string_view host) override;
    /// The machine knows all names there are.
    Result<std::vector<Address>> resolve_at_once(std::string_view host) override { return resolve(host); }

  private:
    friend class sim::Machine;
    friend class sim::World;
    SimKernel(sim::World& world, sim::Thread& thread);

    std::unique_ptr<sim::World> own_;  // of the machine's first process alone
    sim::World* world_;
    sim::Thread* thread_;
};

}  // namespace co
