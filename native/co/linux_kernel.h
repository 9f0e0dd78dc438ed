// LinuxKernel: the machine that you sit at.
//
//     co::LinuxKernel kernel;
//     co::Scheduler scheduler(kernel);
//     scheduler.run([] { co::sleep(10ms); });      // takes ten real milliseconds
//
// One for each thread. Descriptors are the process's, and every other part of the program may use them too; they are
// non-blocking, and closed by exec(). No call ends the process by SIGPIPE, and none returns because a signal came,
// except wait().
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <co/costly_calls.h>
#include <co/kernel.h>

namespace co {

class HelperThreads;
class LinuxCommands;
class LinuxPoll;
class SignalWatch;

class LinuxKernel final : public Kernel, public CostlyCalls {
  public:
    /// Throws std::system_error when the process has no descriptor left.
    LinuxKernel();
    LinuxKernel(const LinuxKernel&) = delete;
    LinuxKernel& operator=(const LinuxKernel&) = delete;
    /// Waits for the threads that it started. Children stay.
    ~LinuxKernel() override;

    /// CLOCK_MONOTONIC since this kernel was made, or the one that started this process or thread.
    TimePoint now() const override;
    std::chrono::system_clock::time_point wall_now() const override;
    std::uint64_t random() override;
    std::size_t choose(std::size_t) override { return 0; }

    void hold_thread(Duration duration, Holding how) override;
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) override;
    void interrupt() override;
    void give_way() override;
    Result<void> watch(Fd fd, Readiness interest) override;
    Result<void> unwatch(Fd fd) override;

    // -- sockets (linux_sockets.cpp)
    Result<Fd> open_socket(SocketKind kind) override;
    Result<std::pair<Fd, Fd>> open_socket_pair(SocketKind kind) override;
    /// A path whose last owner died without closing it is taken over; it is removed again by close().
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

    // -- processes, threads, signals (linux_processes.cpp)
    ProcessId process_id() const override;
    /// fork(): `body` runs on a copy of this process's memory, with this thread as the only one. Signals that this
    /// process handles are at their defaults there.
    Result<ProcessId> spawn_process(std::string_view name, ProcessBody body) override;
    Result<void> spawn_thread(std::string_view name, ThreadBody body) override;
    /// Of those that this kernel started alone.
    Result<std::optional<ProcessEnd>> reap_child() override;
    Result<void> send_signal(ProcessId process, Signal signal) override;
    /// Instead of what the system would do; a process's signal goes to the kernel that watched it last.
    Result<void> watch_signal(Signal signal) override;
    std::optional<Signal> take_signal() override;
    /// In a process of spawn_process(), what runs at the end of a program is the parent's: it does not run.
    [[noreturn]] void exit_process(int exit_code) override;
    std::optional<std::size_t> descriptor_limit() override;

    // -- what a program that runs for long asks for (linux_service.cpp, linux_log.cpp)
    Result<std::shared_ptr<LogSink>> open_log(const LogOptions& options) override;
    Result<void> hold_file(std::string_view path, std::string_view content) override;
    Result<void> release_file(std::string_view path) override;
    Result<void> detach(std::string_view output) override;

    Result<std::span<std::byte>> map_shared(std::size_t bytes) override;
    Result<void> unmap_shared(std::span<std::byte> memory) override;

    // -- commands, calls that may block (linux_commands.cpp, linux_files.cpp)
    bool is_alive(ProcessId process) override;
    Result<Command> spawn_command(std::string_view command) override;
    Result<ProcessEnd> reap_command(ProcessId command) override;
    Result<void> kill_command(ProcessId command) override;

    Result<void> call_aside(ThreadBody work) override;
    Result<std::string> read_file(std::string_view path) override;
    Result<void> write_file(std::string_view path, std::string_view content) override;
    /// IPv4 addresses.
    Result<std::vector<Address>> resolve(std::string_view host) override;

  private:
    explicit LinuxKernel(Duration start);
    [[noreturn]] void be_child(const std::string& name, const ProcessBody& body);

    Duration start_;                         // of the clock
    ProcessId process_;                      // asking the system for it costs more than many a call that needs it
    bool is_child_ = false;                  // of spawn_process()
    std::map<std::string, int> held_files_;  // descriptors, by path
    std::unique_ptr<LinuxPoll> poll_;
    std::unique_ptr<SignalWatch> signals_;  // null: none is watched
    std::map<Fd, std::string> paths_;       // of the sockets that were bound to one here
    std::vector<ProcessId> children_;       // that were not reaped
    std::vector<std::thread> threads_;
    std::unique_ptr<LinuxCommands> commands_;  // null: none was started
    std::unique_ptr<HelperThreads> helpers_;   // null: none was needed
};

}  // namespace co
