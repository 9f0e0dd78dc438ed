#include "visualizer/model/blocking.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

constexpr std::uint32_t task_worker_role = 4;  // after master, manager, reactor and worker

/// All blocking calls of one line.
struct BlockingLine {
    Event first;
    std::uint32_t step;
    std::uint32_t calls = 0;
    std::int64_t held = 0;               // ns, in all
    std::vector<std::string> late = {};  // whom it held up, each once
};

/// Those that could have run while the thread was held: ready already, or due before its end.
std::vector<std::string> held_up(const trace::Trace& trace, const State& state, const Event& event) {
    std::vector<std::string> names;
    for (const std::uint32_t id : state.ready_in(state.process)) names.push_back(chip_text(id));
    for (const HeapEntry& entry : state.timer_heap()) {
        if (entry.deadline - event.time >= event.value) continue;
        const bool is_timer = entry.coroutine == trace::nobody;
        names.push_back(is_timer ? timer_name(trace, state, entry.timer) : chip_text(entry.coroutine));
    }
    std::ranges::sort(names);
    return names;
}

void add_call(std::vector<BlockingLine>& lines, const Event& event, std::uint32_t step, std::vector<std::string> late) {
    const auto same_line = [&](const BlockingLine& line) {
        return line.first.source == event.source && line.first.line == event.line && line.first.text == event.text;
    };
    auto line = std::ranges::find_if(lines, same_line);
    if (line == lines.end()) line = lines.insert(lines.end(), BlockingLine{.first = event, .step = step});
    ++line->calls;
    line->held += event.value;
    for (std::string& name : late) {
        if (std::ranges::find(line->late, name) == line->late.end()) line->late.push_back(std::move(name));
    }
}

Problem problem_of(const trace::Trace& trace, const BlockingLine& line) {
    const Event& event = line.first;
    const std::string_view call = trace.text(event);
    const bool computes = call == "compute";
    std::string what = fmt::format("blocking.{}() held the whole thread for {}", computes ? "compute" : "sleep",
                                   duration_text(line.held));
    if (line.calls > 1) what += fmt::format(", in {} calls", line.calls);
    const bool one = line.late.size() == 1;
    what += line.late.empty() ? "; nothing else could run meanwhile."
                              : fmt::format("; {} {} late by it.", few_of(line.late), one ? "was" : "were");
    const std::string wait =
        fmt::format("Let the coroutine wait, not the thread: co.sleep({}).", seconds_number(event.value));
    return {.kind = ProblemKind::blocking,
            .step = line.step,
            .file = event.source < trace.sources.size() ? trace.sources[event.source].name : "",
            .line = event.line,
            .what = std::move(what),
            .remedy = computes ? "Do the work in smaller parts with co.sleep(0) between them, so that others can run."
                               : wait};
}

}  // namespace

std::vector<Problem> find_blocking(const trace::Trace& trace, std::span<const std::uint32_t> steps) {
    std::vector<Problem> problems;
    const bool any =
        std::ranges::any_of(steps, [&](std::uint32_t i) { return trace.events[i].kind == EventKind::block; });
    if (!any) return problems;
    std::vector<BlockingLine> lines;
    std::set<std::uint32_t> task_workers;  // processes that are there to block
    State state;
    for (const Event& event : trace.events) {
        state.apply(event);
        if (event.kind == EventKind::role && event.object >> 16 == task_worker_role) task_workers.insert(event.process);
        if (event.kind != EventKind::block || task_workers.contains(event.process)) continue;
        add_call(lines, event, state.step, held_up(trace, state, event));
    }
    for (const BlockingLine& line : lines) problems.push_back(problem_of(trace, line));
    return problems;
}

}  // namespace co::studio
