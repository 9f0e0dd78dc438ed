// ChosenOrder: lets a run follow a schedule: at the steps that it names, the coroutine that it names runs next; at all
// others who was woken first.
//
//     ChosenOrder order(parse_schedule("14:3"), [&](std::uint64_t seed) { kernel.reseed(seed); });
//     Scheduler scheduler(kernel, {.sink = &sink, .run_order = &order});   // and the sink calls after_step()
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <co/run_order.h>

#include "lessons/format/schedule.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

class ChosenOrder final : public RunOrder {
  public:
    using Reseed = std::function<void(std::uint64_t seed)>;
    ChosenOrder(const Schedule& schedule, Reseed reseed);

    std::size_t next(std::span<const std::uint32_t> ready) override;
    /// `steps` were recorded so far.
    void after_step(std::uint64_t steps);

    /// The first choice that could not be made, and why; nothing when the run followed the whole schedule.
    std::optional<Finding> misfit(const Script& script) const;

  private:
    void take_seeds();
    void reject(const Pick& pick, std::string why);

    const Schedule& schedule_;
    Reseed reseed_;
    std::size_t done_ = 0;     // picks of the schedule
    std::uint64_t steps_ = 0;  // recorded
    std::optional<std::string> rejected_;
};

}  // namespace co::lessons
