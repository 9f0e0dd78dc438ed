#include "native/linux_commands.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include <co/linux_kernel.h>

#include "native/linux_error.h"

namespace co {
namespace {

std::error_code error_of(int number) { return {number, std::generic_category()}; }
pid_t pid_of(ProcessId process) { return static_cast<pid_t>(process); }

/// What the child is given: nothing to read, its output into `output`; its own group, and the signals as they were
/// before this program changed them.
class SpawnPlan {
  public:
    explicit SpawnPlan(int output) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&attributes_, 0);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }

    Result<pid_t> start(std::string line) {
        std::string shell = "sh", option = "-c";
        char* words[] = {shell.data(), option.data(), line.data(), nullptr};
        pid_t child = 0;
        int failure = posix_spawn(&child, "/bin/sh", &files_, &attributes_, words, environ);
        if (failure != 0) return error_of(failure);
        return child;
    }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

/// waitid(2) for this child alone; nothing when it has not ended.
Result<std::optional<ProcessEnd>> wait_for(pid_t child, int how) {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | how) != 0)
        if (errno != EINTR) return last_error();
    if (info.si_pid == 0) return std::optional<ProcessEnd>();
    ProcessEnd end{ProcessId{child}, 0, std::nullopt};
    if (info.si_code == CLD_EXITED)
        end.exit_code = info.si_status;
    else
        end.signal = static_cast<Signal>(info.si_status);
    return std::optional(end);
}

}  // namespace

LinuxCommands::~LinuxCommands() {
    for (ProcessId command : running_) {
        ::kill(-pid_of(command), SIGKILL);
        static_cast<void>(wait_for(pid_of(command), 0));
    }
}

Result<Command> LinuxCommands::spawn(const std::string& line) {
    reap_killed();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return last_error();
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    Result<pid_t> child = SpawnPlan(ends[1]).start(line);
    std::error_code why = child.error();
    ::close(ends[1]);
    int ended = child ? static_cast<int>(::syscall(SYS_pidfd_open, *child, 0)) : -1;
    if (ended >= 0) {
        running_.insert(ProcessId{*child});
        return Command{ProcessId{*child}, Fd{ends[0]}, Fd{ended}};
    }
    if (child) why = last_error();
    ::close(ends[0]);
    if (child) {
        ::kill(-*child, SIGKILL);
        static_cast<void>(wait_for(*child, 0));
    }
    return why;
}

Result<ProcessEnd> LinuxCommands::reap(ProcessId command) {
    if (!running_.contains(command)) return std::errc::no_child_process;
    auto end = wait_for(pid_of(command), WNOHANG);
    if (end && !*end) return std::errc::operation_would_block;
    running_.erase(command);
    killed_.erase(command);
    if (!end) return end.error();
    return **end;
}

Result<void> LinuxCommands::kill(ProcessId command) {
    if (!running_.contains(command)) return std::errc::no_such_process;
    killed_.insert(command);
    if (::kill(-pid_of(command), SIGKILL) != 0) return last_error();
    return {};
}

/// Those that were killed and took their time to die.
void LinuxCommands::reap_killed() {
    for (ProcessId command : std::set(killed_)) static_cast<void>(reap(command));
}

// -- of the kernel ---------------------------------------------------------------------------------------------------

Result<Command> LinuxKernel::spawn_command(std::string_view command) {
    if (!commands_) commands_ = std::make_unique<LinuxCommands>();
    return commands_->spawn(std::string(command));
}

Result<ProcessEnd> LinuxKernel::reap_command(ProcessId command) {
    return commands_ ? commands_->reap(command) : Result<ProcessEnd>(std::errc::no_child_process);
}

Result<void> LinuxKernel::kill_command(ProcessId command) {
    return commands_ ? commands_->kill(command) : Result<void>(std::errc::no_such_process);
}

/// kill(2) knows one that nobody has reaped; its pidfd says that it has ended.
bool LinuxKernel::is_alive(ProcessId process) {
    int there = static_cast<int>(::syscall(SYS_pidfd_open, pid_of(process), 0));
    if (there < 0) return errno != ESRCH;
    pollfd asked{.fd = there, .events = POLLIN, .revents = 0};
    bool has_ended = ::poll(&asked, 1, 0) == 1;
    ::close(there);
    return !has_ended;
}

}  // namespace co
