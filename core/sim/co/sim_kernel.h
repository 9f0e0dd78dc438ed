// SimKernel: a deterministic machine in memory. Time passes only when everything waits; one seed gives one history.
//
//     co::SimKernel kernel({.seed = 42});
//     co::Scheduler scheduler(kernel);
//     scheduler.run([] { co::sleep(24h); });      // takes no time at all
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include <co/kernel.h>

namespace co {

struct SimOptions {
    std::uint64_t seed = 0;  // 0: the plain order that a real machine has
};

class SimKernel final : public Kernel {
  public:
    explicit SimKernel(SimOptions options = {}) : seed_(options.seed), random_state_(options.seed) {}

    TimePoint now() const override { return now_; }
    /// Starts at 2000-01-01 00:00:00 UTC and follows now().
    std::chrono::system_clock::time_point wall_now() const override;
    std::uint64_t random() override;
    std::size_t choose(std::size_t count) override;

    /// Moves the clock to `until` at once. Throws std::logic_error for TimePoint::max(): nothing would ever happen.
    Result<std::size_t> wait(std::span<ReadyFd> ready, TimePoint until) override;
    /// Nothing to interrupt: the machine has one thread, and that one is calling.
    void interrupt() override {}
    ProcessId process_id() const override { return ProcessId{1}; }

    std::uint64_t seed() const { return seed_; }
    /// From now on chance is what it would be at the start of a machine with this seed.
    void reseed(std::uint64_t seed) { seed_ = random_state_ = seed; }
    void hold_thread(Duration duration, Holding) override { now_ += duration; }
    Result<void> send_signal(ProcessId process, Signal signal) override;
    Result<void> watch_signal(Signal signal) override;
    std::optional<Signal> take_signal() override;

  private:
    TimePoint now_{};
    std::uint64_t seed_;
    std::uint64_t random_state_;
    std::vector<Signal> watched_signals_;
    std::deque<Signal> pending_signals_;
};

}  // namespace co
