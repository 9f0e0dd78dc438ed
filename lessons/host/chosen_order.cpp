#include "lessons/host/chosen_order.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace co::lessons {

using co::trace::EventKind;

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

ChosenOrder::ChosenOrder(const Schedule& schedule, Perform perform)
    : schedule_(schedule), perform_(std::move(perform)) {
    perform_due(EventKind::start);
}

void ChosenOrder::after_step(std::uint64_t steps, EventKind kind) {
    steps_ = steps;
    perform_due(kind);
    if (kind == EventKind::segment_sent) sent_ = steps;
}

std::string ChosenOrder::last_sent() const {
    return sent_ == 0 ? "" : fmt::format("; the last one before it that sends is {}", sent_);
}

/// What decides a step is done as soon as the step before it is over: the step itself may ask for chance already.
void ChosenOrder::perform_due(EventKind latest) {
    while (done_ < schedule_.size() && perform(schedule_[done_], latest)) ++done_;
}

/// False: its moment has not come.
bool ChosenOrder::perform(const Pick& pick, EventKind latest) {
    const bool is_next = std::holds_alternative<RunsNext>(pick.what);
    const bool is_sent = std::holds_alternative<Drop>(pick.what) || std::holds_alternative<Delay>(pick.what);
    if (is_next && pick.step > steps_) return false;  // next() will be asked
    if (pick.step > steps_ + (is_sent ? 0 : 1)) return false;
    if (is_next) {
        reject(pick, "nobody is chosen there: no process's loop runs a ready coroutine at that step");
    } else if (is_sent && (pick.step != steps_ || latest != EventKind::segment_sent)) {
        reject(pick, "nothing is sent to another computer at that step" + last_sent());
    } else if (std::string why_not = perform_(pick); !why_not.empty()) {
        reject(pick, why_not);
    }
    return true;
}

std::size_t ChosenOrder::next(std::span<const std::uint32_t> ready) {
    if (done_ == schedule_.size() || schedule_[done_].step != steps_ + 1) return 0;
    const Pick& pick = schedule_[done_];
    if (!std::holds_alternative<RunsNext>(pick.what)) return 0;
    ++done_;
    const std::uint32_t wanted = std::get<RunsNext>(pick.what).coroutine;
    const auto found = std::ranges::find(ready, wanted);
    if (found != ready.end()) return static_cast<std::size_t>(found - ready.begin());
    reject(pick, fmt::format("{} is not ready then; ready are {}", chip(wanted), names_of(ready)));
    return 0;
}

void ChosenOrder::reject(const Pick& pick, const std::string& why) {
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
