#include "visualizer/futures.h"

#include <utility>

namespace co::studio {

namespace {

/// One coroutine runs next, one seed begins: of what goes wrong there may be several at one step.
bool replaces(const lessons::Pick& pick, const lessons::Pick& earlier) {
    const bool is_single =
        std::holds_alternative<lessons::RunsNext>(pick.what) || std::holds_alternative<lessons::NewSeed>(pick.what);
    return is_single ? earlier.what.index() == pick.what.index() : earlier.what == pick.what;
}

}  // namespace

lessons::Pick pick_of(const Interference& what) {
    switch (what.kind) {
        case Interference::Kind::drop:
            break;
        case Interference::Kind::delay:
            return {what.step, lessons::Delay{what.first}};
        case Interference::Kind::kill:
            return {what.step, lessons::Kill{what.first}};
        case Interference::Kind::cut:
            return {what.step, lessons::Cut{what.first, what.second}};
        case Interference::Kind::heal:
            return {what.step, lessons::Heal{what.first, what.second}};
    }
    return {what.step, lessons::Drop{}};
}

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
        const bool stands = earlier.step < pick.step || (earlier.step == pick.step && !replaces(pick, earlier));
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
