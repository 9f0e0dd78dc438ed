// LinuxKernel: the machine that you sit at.
//
//     co::LinuxKernel kernel;
//     co::Scheduler scheduler(kernel);
//     scheduler.run([] { co::sleep(10ms); });      // takes ten real milliseconds
#pragma once

#include <memory>
#include <random>

#include <co/kernel.h>

namespace co {

class SignalWatch;

class LinuxKernel final : public Kernel {
  public:
    /// Throws std::system_error when the process has no descriptor left.
    LinuxKernel();
    LinuxKernel(const LinuxKernel&) = delete;
    LinuxKernel& operator=(const LinuxKernel&) = delete;
    ~LinuxKernel() override;

    /// CLOCK_MONOTONIC since this kernel was made.
    TimePoint now() const override;
    std::chrono::system_clock::time_point wall_now() const override;
    std::uint64_t random() override;
    std::size_t choose(std::size_t) override { return 0; }

    void hold_thread(Duration duration, Holding how) override;
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) override;
    void interrupt() override;
    ProcessId process_id() const override;

    /// Instead of what the system would do; a process's signal goes to the kernel that watched it last.
    Result<void> watch_signal(Signal signal) override;
    std::optional<Signal> take_signal() override;

  private:
    Duration start_;
    int wake_up_;                           // an eventfd
    std::unique_ptr<SignalWatch> signals_;  // null: none is watched
    std::random_device entropy_;
};

}  // namespace co
