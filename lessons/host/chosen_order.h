// ChosenOrder: lets a run follow a schedule: at the steps that it names, the coroutine that it names runs next; at all
// others who was woken first. What else it names, a seed or what goes wrong, it has done at its moment.
//
//     ChosenOrder order(parse_schedule("14:3"), [&](const Pick& pick) { return perform(pick); });
//     Scheduler scheduler(kernel, {.sink = &sink, .run_order = &order});   // and the sink calls after_step()
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <co/event.h>
#include <co/run_order.h>

#include "lessons/format/schedule.h"
#include "lessons/host/simulate.h"

namespace co::lessons {

class ChosenOrder final : public RunOrder {
  public:
    /// Does what a pick other than RunsNext says; an empty answer: done, else why it can not be.
    using Perform = std::function<std::string(const Pick& pick)>;
    ChosenOrder(const Schedule& schedule, Perform perform);

    std::size_t next(std::span<const std::uint32_t> ready) override;
    /// `steps` were recorded so far, the last was of that kind.
    void after_step(std::uint64_t steps, co::trace::EventKind kind);

    /// The first choice that could not be made, and why; nothing when the run followed the whole schedule.
    std::optional<Finding> misfit(const Script& script) const;

  private:
    void perform_due(co::trace::EventKind latest);
    bool perform(const Pick& pick, co::trace::EventKind latest);
    void reject(const Pick& pick, const std::string& why);
    std::string last_sent() const;

    const Schedule& schedule_;
    Perform perform_;
    std::size_t done_ = 0;     // picks of the schedule
    std::uint64_t steps_ = 0;  // recorded
    std::uint64_t sent_ = 0;   // the last step that sent something to another computer; 0: none
    std::optional<std::string> rejected_;
};

}  // namespace co::lessons
