// Kernel: everything the runtime asks of an operating system, and the only way in which it asks.
//
//     co::SimKernel simulated({.seed = 42});   // a deterministic machine in memory
//     co::LinuxKernel real;                    // the machine that you sit at
//     co::Scheduler scheduler(simulated);      // the same scheduler, channels, timers, servers on both
//
// Calls do not block, but for wait(), the files and resolve() (which coroutines have made by call_aside()). What would
// block answers std::errc::operation_would_block; readiness is level-triggered, as epoll's. A kernel that lacks
// something answers std::errc::function_not_supported, never a made-up success. All calls are for the scheduler's own
// thread, except interrupt().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <co/address.h>
#include <co/result.h>

namespace co {

using Duration = std::chrono::nanoseconds;

/// The kernel's monotonic clock: it starts at 0 when the kernel does and never goes back.
struct KernelClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<KernelClock>;
    static constexpr bool is_steady = true;
};
using TimePoint = KernelClock::time_point;

enum class Fd : std::int32_t {};
enum class ProcessId : std::int32_t {};
enum class Signal : std::uint8_t {
    hangup = 1,
    interrupt = 2,
    kill = 9,
    user1 = 10,
    user2 = 12,
    terminate = 15,
    child = 17
};

enum class SocketKind : std::uint8_t { tcp4, tcp6, udp4, udp6, unix_stream, unix_datagram };
enum class SocketOption : std::uint8_t {
    reuse_port,
    no_delay,
    keep_alive,
    keep_alive_idle,      // seconds before the first probe
    keep_alive_interval,  // seconds between two
    keep_alive_probes,    // without an answer, then the connection is broken
    send_buffer,
    receive_buffer,
    linger
};
enum class ShutdownHow : std::uint8_t { read, write, both };

/// What a descriptor is watched for, or is ready for.
struct Readiness {
    bool read = false;
    bool write = false;
    bool hangup = false;  // reported always, asked for never
};

struct ReadyFd {
    Fd fd;
    Readiness readiness;
};

struct Accepted {
    Fd fd;
    Address peer;
};

struct Datagram {
    std::size_t bytes;
    Address from;
};

/// How a child process ended.
struct ProcessEnd {
    ProcessId process;
    int exit_code;                 // when it exited by itself
    std::optional<Signal> signal;  // when a signal ended it
};

/// A command that spawn_command() started. Both descriptors are the caller's to close.
struct Command {
    ProcessId process;
    Fd output;  // what it prints; 0 bytes: it prints no more
    Fd ended;   // readable from its end on
};

/// How a thread is held.
enum class Holding : std::uint8_t { asleep, computing };

class Kernel;
class LogSink;
struct LogOptions;
using ProcessBody = std::function<int(Kernel& own)>;
using ThreadBody = std::function<void(Kernel& own)>;

/// Thrown out of wait(), hold_thread() and send_signal() in a simulated process that was killed, when its machine is
/// taken down: nobody sees what its destructors do. Let it pass.
struct ProcessKilled {};

class Kernel {
  public:
    virtual ~Kernel() = default;

    // -- clock, chance ---------------------------------------------------------------------------------------
    virtual TimePoint now() const = 0;
    /// Since 1970; for people and protocols, never for a timeout.
    virtual std::chrono::system_clock::time_point wall_now() const = 0;
    /// 64 random bits; in a simulated machine from its seed.
    virtual std::uint64_t random() = 0;
    /// One of `count` equals (at least 1): always 0 on a real machine and for seed 0, else from the seed.
    virtual std::size_t choose(std::size_t count) = 0;

    /// The running code keeps its thread for so long: sleeping, or computing. Nothing else of the process runs.
    virtual void hold_thread(Duration duration, Holding how) = 0;

    // -- waiting: the one place where a thread may stand still ------------------------------------------------
    /// Waits until a watched descriptor is ready, a watched signal came, interrupt() was called, or `until`.
    /// Fills `ready` from its start and returns how many; 0 when it was the time or an interrupt. A simulated machine
    /// on which nothing can ever happen again answers std::errc::resource_deadlock_would_occur.
    virtual Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) = 0;
    /// Makes wait() return. From any thread.
    virtual void interrupt() = 0;
    virtual Result<void> watch(Fd fd, Readiness interest);
    virtual Result<void> unwatch(Fd fd);

    // -- sockets, pipes --------------------------------------------------------------------------------------
    virtual Result<Fd> open_socket(SocketKind kind);
    virtual Result<std::pair<Fd, Fd>> open_socket_pair(SocketKind kind);
    virtual Result<void> bind(Fd fd, const Address& address);
    virtual Result<void> listen(Fd fd, int backlog);
    virtual Result<Accepted> accept(Fd fd);
    /// std::errc::operation_in_progress: writable when it is done, then take_error() says how it went.
    virtual Result<void> connect(Fd fd, const Address& address);
    virtual Result<void> take_error(Fd fd);
    /// 0 bytes: the peer will send no more.
    virtual Result<std::size_t> read(Fd fd, std::span<std::byte> buffer);
    virtual Result<std::size_t> write(Fd fd, std::span<const std::byte> bytes);
    virtual Result<Datagram> receive_from(Fd fd, std::span<std::byte> buffer);
    virtual Result<std::size_t> send_to(Fd fd, std::span<const std::byte> bytes, const Address& to);
    virtual Result<void> shut_down(Fd fd, ShutdownHow how);
    virtual Result<void> close(Fd fd);
    virtual Result<void> set_option(Fd fd, SocketOption option, int value);
    virtual Result<Address> local_address(Fd fd);
    virtual Result<Address> peer_address(Fd fd);

    // -- processes, threads, signals -------------------------------------------------------------------------
    virtual ProcessId process_id() const = 0;
    /// The number under which traces know the running process, or thread of it; 0: the machine's first one.
    virtual std::uint32_t trace_number() const { return 0; }
    /// Starts `body` as a process of its own, as fork() does: it has this one's descriptors, and watches none of them.
    /// It gets a kernel of its own, and what it returns is the exit code. `body` must own what it captures, and share
    /// only memory of map_shared(): on a real machine it runs on a copy of the rest.
    virtual Result<ProcessId> spawn_process(std::string_view name, ProcessBody body);
    /// Starts `body` as a thread of this process, with a kernel of its own: it shares the descriptors, and watches its
    /// own. A process ends with its first thread.
    virtual Result<void> spawn_thread(std::string_view name, ThreadBody body);
    /// A child that has ended, each once; nothing when none has.
    virtual Result<std::optional<ProcessEnd>> reap_child();
    virtual Result<void> send_signal(ProcessId process, Signal signal);
    /// Whether it runs. One that has ended does not, also while nobody has reaped it. True where it cannot be known.
    virtual bool is_alive(ProcessId process);
    /// When that process ends a byte is written into `bell`, one end of a pair: for those that wait at the other one
    /// for something that only it could do. A kernel that has no bells leaves it to them to look now and then.
    virtual Result<void> ring_at_end(ProcessId process, Fd bell);
    /// From now on the signal is a loop event: wait() returns and take_signal() gives it.
    virtual Result<void> watch_signal(Signal signal);
    virtual std::optional<Signal> take_signal();
    /// Ends this process as it stands: no coroutine of it goes on.
    [[noreturn]] virtual void exit_process(int exit_code);
    /// How many descriptors this process may have; unset: nobody counts them.
    virtual std::optional<std::size_t> descriptor_limit();

    // -- what a program that runs for long asks for ------------------------------------------------------------
    /// Where lines for whoever looks after the program go: a file, or standard error. Processes and threads that are
    /// started from here may write to it, too.
    virtual Result<std::shared_ptr<LogSink>> open_log(const LogOptions& options);
    /// Writes a file and holds it for this process, until release_file() or its end. device_or_resource_busy: another
    /// process holds it.
    virtual Result<void> hold_file(std::string_view path, std::string_view content);
    /// And removes it.
    virtual Result<void> release_file(std::string_view path);
    /// Leaves the terminal and its session: there is no input any more, and what is printed goes to that file; nowhere
    /// when it is empty. The process was started by spawn_process().
    virtual Result<void> detach(std::string_view output);

    // -- commands --------------------------------------------------------------------------------------------
    /// Starts `command`, a line for the system's shell. It reads nothing; its errors go where this program's go.
    virtual Result<Command> spawn_command(std::string_view command);
    /// How a command ended, once for each, in place of reap_child(); operation_would_block while it runs.
    virtual Result<ProcessEnd> reap_command(ProcessId command);
    /// As kill -9: ends it with all that it started. It is to be reaped afterwards.
    virtual Result<void> kill_command(ProcessId command);

    // -- memory that processes share -------------------------------------------------------------------------
    virtual Result<std::span<std::byte>> map_shared(std::size_t bytes);
    virtual Result<void> unmap_shared(std::span<std::byte> memory);

    // -- may block -------------------------------------------------------------------------------------------
    /// Calls `work` in a helper thread of this process, of which there are a few; it may block there. It gets a kernel
    /// for calls of this section, must throw nothing, and says by itself that it is done (co::Remote).
    virtual Result<void> call_aside(ThreadBody work);
    virtual Result<std::string> read_file(std::string_view path);
    virtual Result<void> write_file(std::string_view path, std::string_view content);
    virtual Result<std::vector<Address>> resolve(std::string_view host);
    /// The same as far as nobody needs to be asked, like an address in digits; else operation_would_block.
    virtual Result<std::vector<Address>> resolve_at_once(std::string_view host);
};

}  // namespace co
