#include "visualizer/futures.h"

#include <utility>

namespace co::studio {

std::uint64_t Futures::seed_at(std::uint32_t step) const {
    std::uint64_t seed = now_.seed;
    for (const lessons::Pick& pick : now_.schedule) {
        const auto* chosen = std::get_if<lessons::NewSeed>(&pick.what);
        if (chosen && pick.step <= step) seed = chosen->seed;
    }
    return seed;
}

void Futures::decide(const lessons::Pick& pick) {
    Plan plan{now_.seed, {}};
    for (const lessons::Pick& earlier : now_.schedule) {
        // A seed and a coroutine may both be chosen for one step.
        const bool stands =
            earlier.step < pick.step || (earlier.step == pick.step && earlier.what.index() != pick.what.index());
        if (stands) plan.schedule.push_back(earlier);
    }
    plan.schedule.push_back(pick);
    replace(std::move(plan));
}

void Futures::replace(Plan plan) {
    if (plan == now_) return;
    past_.push_back(std::exchange(now_, std::move(plan)));
}

bool Futures::undo() {
    if (past_.empty()) return false;
    now_ = std::move(past_.back());
    past_.pop_back();
    return true;
}

}  // namespace co::studio
