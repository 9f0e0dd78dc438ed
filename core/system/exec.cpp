#include <co/exec.h>

#include <co/stream.h>

namespace co {

using trace::EventKind;

namespace {

/// A command that runs. One that is left before its end is killed.
class RunningCommand {
  public:
    explicit RunningCommand(const Command& command)
        : process_(command.process), output_(command.output), ended_(command.ended) {}
    RunningCommand(const RunningCommand&) = delete;
    RunningCommand& operator=(const RunningCommand&) = delete;
    ~RunningCommand() {
        if (is_reaped_) return;
        kill();
        static_cast<void>(kernel_.reap_command(process_));  // what is not dead yet is the kernel's to reap
    }

    Result<std::string> read_output(Deadline deadline, std::size_t most) {
        std::string all;
        for (;;) {
            auto more = output_.read_some(deadline);
            if (!more) return more.error();
            if (more->empty()) return all;
            all += *more;
            if (all.size() > most) return std::errc::value_too_large;
        }
    }

    Result<ProcessEnd> wait_for_end(Deadline deadline) {
        WaitStatus waited = Reactor::current().wait(ended_.fd(), Direction::read, deadline);
        if (waited == WaitStatus::timeout) return std::errc::timed_out;
        if (waited == WaitStatus::cancelled) return std::errc::operation_canceled;
        auto end = kernel_.reap_command(process_);
        is_reaped_ = true;
        return end;
    }

    void kill() { static_cast<void>(kernel_.kill_command(process_)); }

  private:
    Kernel& kernel_ = Scheduler::current().kernel();
    ProcessId process_;
    Stream output_;
    Socket ended_;
    bool is_reaped_ = false;
};

void tell_end(const ProcessEnd& end) {
    int code = end.signal ? 128 + static_cast<int>(*end.signal) : end.exit_code;
    Scheduler::current().record(EventKind::command_end,
                                {.object = static_cast<std::uint32_t>(end.process), .value = code});
}

/// `why` it is not waited for any longer. It dies at once, unless the system holds it; that is not waited for for ever.
Result<ExecResult> give_up(RunningCommand& running, std::error_code why) {
    constexpr std::chrono::seconds time_to_die{1};
    running.kill();
    if (auto end = running.wait_for_end(time_to_die)) tell_end(*end);
    return why;
}

}  // namespace

Result<ExecResult> exec(std::string_view command, const ExecOptions& options) {
    Scheduler& scheduler = Scheduler::current();
    auto expiry = scheduler.wait_until(options.deadline);
    if (!expiry) return std::errc::timed_out;
    Deadline until = options.deadline.is_forever() ? options.deadline : Deadline(*expiry);
    auto started = scheduler.kernel().spawn_command(command);
    if (!started) return started.error();
    RunningCommand running(*started);
    scheduler.record(EventKind::command_start,
                     {.object = static_cast<std::uint32_t>(started->process), .text = command});
    auto output = running.read_output(until, options.most_output);
    if (!output) return give_up(running, output.error());
    auto end = running.wait_for_end(until);
    if (!end) return give_up(running, end.error());
    tell_end(*end);
    return ExecResult{*std::move(output), end->exit_code, end->signal};
}

}  // namespace co
