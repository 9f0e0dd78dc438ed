#include "lessons/host/chosen_order.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace co::lessons {
namespace {

std::string chip(std::uint32_t coroutine) { return coroutine == 0 ? "main" : fmt::format("co#{}", coroutine); }

std::string names_of(std::span<const std::uint32_t> coroutines) {
    constexpr std::size_t most = 9;
    std::string names;
    for (const std::uint32_t id : coroutines.first(std::min(most, coroutines.size()))) {
        names += (names.empty() ? "" : ", ") + chip(id);
    }
    return coroutines.size() > most ? names + ", …" : names;
}

}  // namespace

ChosenOrder::ChosenOrder(const Schedule& schedule, Reseed reseed) : schedule_(schedule), reseed_(std::move(reseed)) {
    take_seeds();
}

void ChosenOrder::after_step(std::uint64_t steps) {
    steps_ = steps;
    take_seeds();
}

/// A seed is taken as soon as the step before its own is over: the step itself may ask for chance already.
void ChosenOrder::take_seeds() {
    for (; done_ < schedule_.size() && schedule_[done_].step <= steps_ + 1; ++done_) {
        const Pick& pick = schedule_[done_];
        const auto* seed = std::get_if<NewSeed>(&pick.what);
        if (seed) {
            reseed_(seed->seed);
        } else if (pick.step <= steps_) {
            reject(pick, "nobody is chosen there: the loop runs no ready coroutine at that step");
        } else {
            return;  // next() will be asked
        }
    }
}

std::size_t ChosenOrder::next(std::span<const std::uint32_t> ready) {
    if (done_ == schedule_.size() || schedule_[done_].step != steps_ + 1) return 0;
    const Pick& pick = schedule_[done_++];
    const std::uint32_t wanted = std::get<RunsNext>(pick.what).coroutine;
    const auto found = std::ranges::find(ready, wanted);
    if (found != ready.end()) return static_cast<std::size_t>(found - ready.begin());
    reject(pick, fmt::format("{} is not ready then; ready are {}", chip(wanted), names_of(ready)));
    return 0;
}

void ChosenOrder::reject(const Pick& pick, std::string why) {
    if (!rejected_) rejected_ = fmt::format("The choice {} can't be made: {}.", to_text(pick), why);
}

std::optional<Finding> ChosenOrder::misfit(const Script& script) const {
    std::optional<std::string> what = rejected_;
    if (!what && done_ < schedule_.size()) {
        what = fmt::format("The choice {} can't be made: the run ended after {} steps.", to_text(schedule_[done_]),
                           steps_);
    }
    if (!what) return std::nullopt;
    Finding finding{.kind = FindingKind::schedule,
                    .file = script.file.empty() ? script.name : script.file,
                    .what = *what,
                    .remedy = "Choose anew: a schedule belongs to one program, one seed and the choices before it.",
                    .details = {}};
    return finding;
}

}  // namespace co::lessons
