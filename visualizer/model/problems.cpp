#include "visualizer/model/problems.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "visualizer/model/blocking.h"
#include "visualizer/model/leftovers.h"
#include "visualizer/model/remedies.h"
#include "visualizer/model/wait_graph.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

bool is_parked(const CoroutineState& coroutine) {
    switch (coroutine.activity) {
        case Activity::waiting_channel:
        case Activity::waiting_timer:
        case Activity::waiting_io:
            return true;
        default:
            return false;
    }
}

std::string source_name(const trace::Trace& trace, std::uint16_t source) {
    return source < trace.sources.size() ? trace.sources[source].name : "";
}

/// `co#1 (producer("tea"))`, in another process than the first `main of worker 1`; main has no other name.
std::string full_name(const trace::Trace& trace, const State& end, const CoroutineState& coroutine) {
    const bool is_first = process_of(coroutine.id) == 0;
    const std::string chip = is_first ? chip_text(coroutine.id) : chip_and_process(end, coroutine.id);
    if (own_number(coroutine.id) == 0 || coroutine.name == 0) return chip;
    return fmt::format("{} ({})", chip, trace.texts[coroutine.name]);
}

/// "main waits in pop() on results, line 14".
std::string who_waits_where(const trace::Trace& trace, const State& end, const CoroutineState& coroutine) {
    std::string text = fmt::format("{} waits in {}", full_name(trace, end, coroutine),
                                   wait_place(trace, end, coroutine.wait, coroutine.since_time));
    text += who_holds_it(end, coroutine.wait);
    if (coroutine.line != 0) text += fmt::format(", line {}", coroutine.line);
    return text;
}

/// Those of one process: of a server's others nobody expects that they end by themselves.
std::vector<const CoroutineState*> parked_ones(const State& end, std::uint32_t process = 0) {
    std::vector<const CoroutineState*> parked;
    for (const CoroutineState& coroutine : end.coroutines) {
        if (process_of(coroutine.id) == process && is_parked(coroutine)) parked.push_back(&coroutine);
    }
    return parked;
}

Problem uncaught_error(const trace::Trace& trace, const Event& event, std::uint32_t step, const State& end) {
    const CoroutineState* coroutine = end.coroutine(event.coroutine);
    const std::string who = coroutine ? full_name(trace, end, *coroutine) : chip_text(event.coroutine);
    return {.kind = ProblemKind::uncaught_error,
            .step = step,
            .file = source_name(trace, event.source),
            .line = event.line,
            .what = fmt::format("{} ended by an error that nothing caught: {}.", who, first_line(trace.text(event))),
            .remedy = "Mend the line, or catch the error there with pcall; the other coroutines went on."};
}

/// Who waits for what; with several, each waits for another one that waits itself.
std::string deadlock_story(const trace::Trace& trace, const State& end,
                           const std::vector<const CoroutineState*>& parked) {
    if (parked.empty()) return "Deadlock: every coroutine is parked and nothing can wake any of them.";
    constexpr std::size_t most_named = 4;
    std::vector<std::string> places;
    for (const CoroutineState* coroutine : parked) {
        if (places.size() == most_named) break;
        places.push_back(who_waits_where(trace, end, *coroutine));
    }
    if (parked.size() > most_named) places.push_back(fmt::format("{} more wait", parked.size() - most_named));
    const std::string why = parked.size() == 1 ? fmt::format("and {}", who_is_missing(parked.front()->wait.kind))
                                               : "and each needs another one that is parked itself, or has ended";
    std::string story = "Deadlock: ";
    for (std::size_t i = 0; i < places.size(); ++i) story += (i > 0 ? "; " : "") + places[i];
    return fmt::format("{}; {}.", story, why);
}

Problem deadlock(const trace::Trace& trace, const Event& event, std::uint32_t step, const State& end) {
    const auto parked = parked_ones(end, end.place_of(event));
    Problem problem{.kind = ProblemKind::deadlock,
                    .step = step,
                    .file = source_name(trace, 0),
                    .line = 0,
                    .what = deadlock_story(trace, end, parked),
                    .remedy = remedy_for(WaitKind::none)};
    if (parked.empty()) return problem;
    if (const WaitCycle cycle = find_cycle(wait_edges(trace, end)); !cycle.empty()) {
        problem.what = fmt::format("Deadlock, in a circle: {}.", cycle_text(trace, end, cycle));
        if (parked.size() > cycle.size()) {
            problem.what +=
                fmt::format(" {} besides.", parked.size() - cycle.size() == 1
                                                ? "One more waits"
                                                : fmt::format("{} more wait", parked.size() - cycle.size()));
        }
    }
    problem.file = source_name(trace, parked.front()->source);
    problem.line = parked.front()->line;
    problem.remedy = remedy_for(parked.front()->wait.kind);
    return problem;
}

Problem stopped(const trace::Trace& trace, const Event& event, std::uint32_t step, const State& end) {
    const std::string_view why = trace.text(event);
    const CoroutineState* running = end.coroutine(end.running_in(end.place_of(event)));
    Problem problem{.kind = ProblemKind::budget,
                    .step = step,
                    .file = source_name(trace, 0),
                    .line = running ? running->line : 0,
                    .what = as_sentence(first_line(why)),
                    .remedy = "Let the loop wait now and then, for instance with co.sleep(0), or let it end."};
    if (why.find("horizon") == std::string_view::npos) return problem;
    problem.kind = ProblemKind::horizon;
    problem.what = fmt::format("The run was ended at {}, its time limit.", seconds_text(event.time));
    problem.remedy = "That is no mistake where a program never ends by itself; raise the limit to see more.";
    return problem;
}

/// A budget ends the coroutine that exhausted it by an error, and then the run: that is one problem, not two.
void add_stop(std::vector<Problem>& problems, Problem stop, std::string_view why) {
    const auto error = std::ranges::find_if(problems, [&](const Problem& known) {
        return !why.empty() && known.kind == ProblemKind::uncaught_error && known.what.find(why) != std::string::npos;
    });
    if (error != problems.end()) {
        stop.line = error->line;
        problems.erase(error);
    }
    problems.push_back(std::move(stop));
}

/// The run came to its end without a deadlock, yet somebody is parked still.
Problem leak(const trace::Trace& trace, std::uint32_t step, const State& end, const CoroutineState& coroutine) {
    return {.kind = ProblemKind::leak,
            .step = step,
            .file = source_name(trace, coroutine.source),
            .line = coroutine.line,
            .what = fmt::format("The run ended, yet {}.", who_waits_where(trace, end, coroutine)),
            .remedy = remedy_for(coroutine.wait.kind)};
}

/// The same of another process, which ended while the run went on.
Problem left_behind(const trace::Trace& trace, const State& end, const CoroutineState& coroutine) {
    const std::uint32_t step = end.left_at(process_of(coroutine.id));
    Problem problem = leak(trace, step, end, coroutine);
    problem.what = fmt::format("{} ended, yet {}.", end.process_title(process_of(coroutine.id)),
                               who_waits_where(trace, end, coroutine));
    return problem;
}

/// Where a run ended because nothing could happen any more: who waits for ever in processes that had not ended.
void add_stuck(std::vector<Problem>& problems, const trace::Trace& trace, const State& end,
               const std::vector<std::uint32_t>& deadlocks) {
    for (const CoroutineState& one : end.coroutines) {
        const bool is_told = std::ranges::find(deadlocks, process_of(one.id)) != deadlocks.end();
        if (is_told || !waits_for_ever(one)) continue;
        Problem problem = leak(trace, end.step, end, one);
        problem.what = fmt::format("In {}, too, nothing can happen any more: {}.",
                                   end.process_title(process_of(one.id)), who_waits_where(trace, end, one));
        problems.push_back(std::move(problem));
    }
}

/// Of the processes that ended by themselves, without a deadlock: that tells of all who wait.
void add_left_behind(std::vector<Problem>& problems, const trace::Trace& trace, const State& end,
                     const std::vector<std::uint32_t>& deadlocks) {
    for (const CoroutineState& one : end.left_behind) {
        const std::uint32_t process = process_of(one.id);
        const bool is_told = process == 0 || std::ranges::find(deadlocks, process) != deadlocks.end();
        if (!is_told) problems.push_back(left_behind(trace, end, one));
    }
}

/// Some wait for each other for ever, while the run went on without them.
std::optional<Problem> circle(const trace::Trace& trace, const State& end, const WaitCycle& cycle) {
    if (cycle.empty()) return std::nullopt;
    const CoroutineState* last = end.coroutine(cycle.front());
    for (const std::uint32_t id : cycle) {
        if (const CoroutineState* one = end.coroutine(id); one && one->since_step > last->since_step) last = one;
    }
    return Problem{.kind = ProblemKind::partial_deadlock,
                   .step = last->since_step,
                   .file = source_name(trace, last->source),
                   .line = last->line,
                   .what = fmt::format("{} wait in a circle for ever, while others went on: {}.",
                                       counted(static_cast<std::int64_t>(cycle.size()), "coroutine"),
                                       cycle_text(trace, end, cycle)),
                   .remedy = remedy_for(last->wait.kind)};
}

}  // namespace

std::vector<Problem> find_problems(const trace::Trace& trace, std::span<const std::uint32_t> steps, const State& end,
                                   const Lateness& lateness) {
    std::vector<Problem> problems = find_blocking(trace, steps);
    bool is_deadlock = false, was_stopped = false;
    std::vector<std::uint32_t> deadlocks;  // the processes that came to one
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Event& event = trace.events[steps[i]];
        const auto step = static_cast<std::uint32_t>(i + 1);
        if (event.kind == EventKind::stopped && event.process != 0) continue;  // so a server's process ends
        if (event.kind == EventKind::failed) problems.push_back(uncaught_error(trace, event, step, end));
        if (event.kind == EventKind::deadlock) problems.push_back(deadlock(trace, event, step, end));
        if (event.kind == EventKind::stopped) {
            add_stop(problems, stopped(trace, event, step, end), first_line(trace.text(event)));
        }
        is_deadlock |= event.kind == EventKind::deadlock;
        if (event.kind == EventKind::deadlock) deadlocks.push_back(end.place_of(event));
        was_stopped |= event.kind == EventKind::stopped;
    }
    const WaitCycle cycle = is_deadlock ? WaitCycle{} : find_cycle(wait_edges(trace, end));
    if (auto problem = circle(trace, end, cycle)) problems.push_back(std::move(*problem));
    if (!is_deadlock && !was_stopped) {
        for (const CoroutineState* coroutine : parked_ones(end)) {
            const bool in_circle = std::ranges::find(cycle, coroutine->id) != cycle.end();
            if (!in_circle) problems.push_back(leak(trace, end.step, end, *coroutine));
        }
        add_leftovers(problems, trace, steps, end);
    }
    if (std::ranges::find(deadlocks, 0U) != deadlocks.end()) add_stuck(problems, trace, end, deadlocks);
    add_left_behind(problems, trace, end, deadlocks);
    add_late(problems, trace, lateness);
    std::ranges::stable_sort(problems, {}, &Problem::step);
    return problems;
}

bool is_same_finding(const Problem& a, const Problem& b) {
    if (a.kind != b.kind) return false;
    const bool happens_once =
        a.kind == ProblemKind::deadlock || a.kind == ProblemKind::budget || a.kind == ProblemKind::horizon;
    const bool says_the_same = a.what.find(b.what) != std::string::npos || b.what.find(a.what) != std::string::npos;
    return happens_once || says_the_same;
}

}  // namespace co::studio
