#include "visualizer/model/choice.h"

#include <algorithm>

namespace co::studio {

using trace::Event;
using trace::EventKind;

std::vector<std::uint32_t> candidates(const Model& model, const State& state) {
    if (state.step >= model.steps()) return {};
    const Event& next = model.event(state.step + 1);
    if (next.kind != EventKind::run) return {};
    const std::uint32_t place = model.processes().of(next);
    if (model.processes()[place].is_thread) return {};  // a schedule has no say there
    std::vector<std::uint32_t> ready = state.ready_in(place);
    if (ready.size() < 2) ready.clear();
    return ready;
}

std::optional<std::uint32_t> next_choice(const Model& model, std::uint32_t step) {
    for (State state = model.at(step); state.step < model.steps(); model.advance(state)) {
        if (!candidates(model, state).empty()) return state.step;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> first_difference(const Model& one, const Model& other) {
    const auto same = [&](std::uint32_t step) {
        Event a = one.event(step), b = other.event(step);
        if (one.text(a.text) != other.text(b.text)) return false;
        a.text = b.text = 0;  // the same text may have another number
        return a == b;
    };
    const std::uint32_t both = std::min(one.steps(), other.steps());
    for (std::uint32_t step = 1; step <= both; ++step) {
        if (!same(step)) return step;
    }
    if (one.steps() == other.steps()) return std::nullopt;
    return both + 1;
}

}  // namespace co::studio
