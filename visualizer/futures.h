// Futures: what a person decided about a run, and what they had decided before: the way back, and the history that the
// new one is compared with.
//
//     Futures futures(0);
//     futures.decide({14, lessons::RunsNext{3}});   // at step 14 co#3 runs
//     futures.now().schedule                        // what to run
//     futures.before()                              // what it is compared with
//     futures.undo();
#pragma once

#include <cstdint>
#include <vector>

#include "lessons/format/schedule.h"
#include "visualizer/model/interference.h"

namespace co::studio {

/// All that a program's history depends on, beside the program.
struct Plan {
    std::uint64_t seed = 0;
    lessons::Schedule schedule = {};
    friend bool operator==(const Plan&, const Plan&) = default;
};

/// What a schedule says of it.
lessons::Pick pick_of(const Interference& what);

class Futures {
  public:
    explicit Futures(std::uint64_t seed) : now_{seed, {}} {}
    explicit Futures(Plan plan) : now_{plan.seed, {}} {
        if (!plan.schedule.empty()) replace(std::move(plan));
    }

    const Plan& now() const { return now_; }
    /// Null: nothing was decided yet.
    const Plan* before() const { return past_.empty() ? nullptr : &past_.back(); }
    /// The seed that is in force at a step: the run's own, or the one that was chosen since.
    std::uint64_t seed_at(std::uint32_t step) const;

    /// Decides one step; what was decided for that one and later ones is dropped, for it belonged to another history.
    void decide(const lessons::Pick& pick);
    void replace(Plan plan);
    /// False: there is nothing to take back.
    bool undo();

  private:
    Plan now_;
    std::vector<Plan> past_;
};

}  // namespace co::studio
