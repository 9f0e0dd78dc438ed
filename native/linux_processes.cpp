// Processes, threads and signals of LinuxKernel.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <co/linux_kernel.h>
#include <co/scheduler.h>

#include "native/linux_error.h"
#include "native/linux_poll.h"
#include "native/signal_watch.h"

#if defined(__SANITIZE_THREAD__)
#define COSTUDIO_FORKS_UNSEEN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COSTUDIO_FORKS_UNSEEN 1
#endif
#endif

namespace co {
namespace {

// To ThreadSanitizer every coroutine is a thread, and a process that was forked beside threads is one in which it looks
// at nothing any more, and which may start none: for a lock might be held there. Coroutines stand where none is held,
// so it need not know. _Fork() is what fork() is but for the handlers by which it would learn of it.
#ifdef COSTUDIO_FORKS_UNSEEN
constexpr auto fork_here = &_Fork;
#else
constexpr auto fork_here = &fork;
#endif

pid_t number(ProcessId process) { return static_cast<pid_t>(process); }

/// No signal that a kernel may watch reaches this thread while it lives: until a new process or thread has found out
/// whose signals it gets.
class SignalsHeld {
  public:
    SignalsHeld() {
        const sigset_t held = watchable_signals();
        pthread_sigmask(SIG_BLOCK, &held, &before_);
    }
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

void call_it(const std::string& name) { prctl(PR_SET_NAME, name.c_str()); }  // the first 15 bytes count

/// What nobody caught ends the process.
template <typename Body>
int run_body(const std::string& name, Body body) {
    try {
        return body();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: nobody caught the exception: %s\n", name.c_str(), error.what());
    } catch (...) {
        std::fprintf(stderr, "%s: nobody caught the exception, which is no std::exception\n", name.c_str());
    }
    return 1;
}

ProcessEnd end_of(pid_t process, int status) {
    ProcessEnd end{.process = ProcessId{process}, .exit_code = 0, .signal = std::nullopt};
    if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end.signal = static_cast<Signal>(WTERMSIG(status));
    return end;
}

}  // namespace

ProcessId LinuxKernel::process_id() const { return process_; }

Result<ProcessId> LinuxKernel::spawn_process(std::string_view name, ProcessBody body) {
    const std::string its_name(name);
    std::fflush(nullptr);  // what waits to be written would be written by both
    const SignalsHeld held;
    const pid_t child = fork_here();
    if (child < 0) return last_error();
    if (child == 0) be_child(its_name, body);
    children_.push_back(ProcessId{child});
    return ProcessId{child};
}

/// In the new process, on the stack of whatever coroutine started it; nothing of that is ever returned to.
void LinuxKernel::be_child(const std::string& name, const ProcessBody& body) {
    call_it(name);
    SignalWatch::leave_to_system();
    Scheduler::exchange_current(nullptr);
    poll_.reset();  // the parent's: both would take each other's events from it
    for (const auto& [path, fd] : held_files_) ::close(fd);
    const sigset_t mine = watchable_signals();
    pthread_sigmask(SIG_UNBLOCK, &mine, nullptr);
    const int exit_code = run_body(name, [&] {
        LinuxKernel own(start_);
        own.is_child_ = true;
        return body(own);
    });
    std::fflush(nullptr);
    _exit(exit_code);  // destructors and exit handlers are the parent's
}

Result<void> LinuxKernel::spawn_thread(std::string_view name, ThreadBody body) {
    const SignalsHeld held;  // and for the thread as long as it lives: signals are the first thread's
    try {
        std::unique_ptr<LinuxKernel> own(new LinuxKernel(start_));  // here, where somebody hears of what is missing
        threads_.emplace_back([own = std::move(own), name = std::string(name), body = std::move(body)]() mutable {
            call_it(name);
            const int failed = run_body(name, [&] {
                const std::unique_ptr<LinuxKernel> mine = std::move(own);
                body(*mine);
                return 0;
            });
            if (failed) _exit(failed);
        });
    } catch (const std::system_error& error) {
        return error.code();
    }
    return {};
}

/// Only those of this kernel: others in this process may wait for theirs.
Result<std::optional<ProcessEnd>> LinuxKernel::reap_child() {
    for (auto child = children_.begin(); child != children_.end(); ++child) {
        int status = 0;
        const pid_t ended = uninterrupted([&] { return waitpid(number(*child), &status, WNOHANG); });
        if (ended == 0) continue;
        children_.erase(child);
        if (ended < 0) return last_error();
        return std::optional(end_of(ended, status));
    }
    return std::optional<ProcessEnd>();
}

Result<void> LinuxKernel::send_signal(ProcessId process, Signal signal) {
    if (number(process) <= 0) return std::errc::no_such_process;  // kill(2) would mean a whole group by it
    if (kill(number(process), static_cast<int>(signal)) != 0) return last_error();
    return {};
}

Result<void> LinuxKernel::watch_signal(Signal signal) {
    if (!signals_) signals_ = std::make_unique<SignalWatch>(poll_->wake_up());
    return signals_->watch(signal);
}

std::optional<Signal> LinuxKernel::take_signal() { return signals_ ? signals_->take() : std::nullopt; }

void LinuxKernel::exit_process(int exit_code) {
    if (!is_child_) std::exit(exit_code);
    std::fflush(nullptr);
    _exit(exit_code);
}

}  // namespace co
