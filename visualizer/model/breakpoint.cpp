#include "visualizer/model/breakpoint.h"

#include <algorithm>

#include <co/subject.h>

namespace co::studio {

namespace {

/// A coroutine stays at a line for several steps; the stop is where it comes to it.
bool comes_to_line(const Model& model, std::uint32_t step, std::uint32_t line) {
    const trace::Event& event = model.event(step);
    if (event.line != line || event.coroutine == trace::nobody) return false;
    if (step == 1) return true;
    const trace::Event& before = model.event(step - 1);
    return before.line != line || before.coroutine != event.coroutine;
}

}  // namespace

bool stops_at(const Model& model, const std::vector<Breakpoint>& breakpoints, std::uint32_t step) {
    if (step == 0 || step > model.steps()) return false;
    const trace::Event& event = model.event(step);
    return std::ranges::any_of(breakpoints, [&](const Breakpoint& breakpoint) {
        switch (breakpoint.kind) {
            case Breakpoint::Kind::line:
                return comes_to_line(model, step, breakpoint.id);
            case Breakpoint::Kind::coroutine:
                return event.coroutine == breakpoint.id;
            case Breakpoint::Kind::channel:
                return trace::subject_of(event.kind) == trace::Subject::channel && event.object == breakpoint.id;
        }
        return false;
    });
}

std::optional<std::uint32_t> next_stop(const Model& model, const std::vector<Breakpoint>& breakpoints,
                                       std::uint32_t after_step) {
    if (breakpoints.empty()) return std::nullopt;
    for (std::uint32_t step = after_step + 1; step <= model.steps(); ++step) {
        if (stops_at(model, breakpoints, step)) return step;
    }
    return std::nullopt;
}

void toggle(std::vector<Breakpoint>& breakpoints, const Breakpoint& breakpoint) {
    if (std::erase(breakpoints, breakpoint) == 0) breakpoints.push_back(breakpoint);
}

bool is_set(const std::vector<Breakpoint>& breakpoints, const Breakpoint& breakpoint) {
    return std::ranges::find(breakpoints, breakpoint) != breakpoints.end();
}

}  // namespace co::studio
