#include "visualizer/model/leftovers.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

std::string file_of(const trace::Trace& trace, std::uint16_t source) {
    return source < trace.sources.size() ? trace.sources[source].name : "";
}

/// " of worker 1": of the first process nobody has to be told.
std::string of_process(const State& end, std::uint32_t id) {
    return process_of(id) == 0 ? "" : fmt::format(" of {}", end.process_title(process_of(id)));
}

/// Whether one may speak of a process's end: the first one's is the run's own, another's must have come by itself. And
/// what no line of the script did is the runtime's own affair there.
bool is_told(const State& end, std::uint32_t id, std::uint32_t line) {
    return process_of(id) == 0 || (end.left_at(process_of(id)) > 0 && line > 0);
}

Problem undrained(const trace::Trace& trace, std::span<const std::uint32_t> steps, const State& end,
                  const ChannelState& channel) {
    const Seat& first = channel.seats.front();
    const bool is_known = first.step > 0 && first.step <= steps.size();
    const Event push = is_known ? trace.events[steps[first.step - 1]] : Event{};
    const auto values = static_cast<std::int64_t>(channel.seats.size());
    return {.kind = ProblemKind::undrained,
            .step = first.step,
            .file = file_of(trace, push.source),
            .line = push.line,
            .what = fmt::format("{}{} holds {} at the end, {} first, and nobody pops {} any more.",
                                channel_name(trace, end, channel.id), of_process(end, channel.id),
                                counted(values, "value"), trace.texts[first.text], values == 1 ? "it" : "them"),
            .remedy = "Pop until the channel is closed and empty, or push only what somebody will take."};
}

/// The last add() of a group, by its number.
const Event* last_add(const trace::Trace& trace, std::uint32_t group) {
    const auto found = std::find_if(trace.events.rbegin(), trace.events.rend(), [group](const Event& event) {
        return event.kind == EventKind::group_add && event.object == group;
    });
    return found == trace.events.rend() ? nullptr : &*found;
}

Problem left_group(const trace::Trace& trace, const State& end, const GroupState& group) {
    const Event* add = last_add(trace, group.id);
    return {
        .kind = ProblemKind::group_left,
        .step = end.step,
        .file = file_of(trace, add ? add->source : 0),
        .line = add ? add->line : 0,
        .what = fmt::format("{}{} stands at {} at the end: add() counted {} more than done() did, and nobody waits.",
                            group_name(trace, end, group.id), of_process(end, group.id), group.count, group.count),
        .remedy =
            "Call done() once for everything that add() counted, also where a coroutine ends early: defer it; "
            "and let somebody wait()."};
}

/// A wait() that found the count at 0 because nobody had called add() yet, which somebody did later.
void add_early_waits(std::vector<Problem>& problems, const trace::Trace& trace, std::span<const std::uint32_t> steps,
                     const State& end) {
    struct Seen {
        bool added = false;
        std::uint32_t early = 0;  // the step of that wait(); 0: none
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, Seen> groups;  // by process and number
    for (std::uint32_t step = 1; step <= steps.size(); ++step) {
        const Event& event = trace.events[steps[step - 1]];
        if (event.kind != EventKind::group_pass && event.kind != EventKind::group_add) continue;
        Seen& seen = groups[{event.process, event.object}];
        if (event.kind == EventKind::group_pass && event.text == 0 && !seen.added && seen.early == 0) seen.early = step;
        if (event.kind != EventKind::group_add) continue;
        if (!seen.added && seen.early > 0) {
            const Event& wait = trace.events[steps[seen.early - 1]];
            problems.push_back(
                {.kind = ProblemKind::group_early,
                 .step = seen.early,
                 .file = file_of(trace, wait.source),
                 .line = wait.line,
                 .what = fmt::format("wait() on {} did not wait: the first add() came later, in {} at step {}.",
                                     group_name(trace, end, event.object), chip_text(event.coroutine), step),
                 .remedy = "Call add() before the coroutine is started that calls done(), not inside it."});
        }
        seen.added = true;
    }
}

/// All lateness of one timer, or of one coroutine.
struct LateOne {
    Late worst{};
    std::uint32_t times = 0;
    std::uint32_t dropped = 0;
};

Problem late_problem(const trace::Trace& trace, const LateOne& one, const Lateness& lateness) {
    const bool is_timer = one.worst.coroutine == trace::nobody;
    std::string name = is_timer ? "timer" : "the wait of " + chip_text(one.worst.coroutine);
    if (is_timer)
        name = one.worst.name != 0 ? "timer " + trace.texts[one.worst.name] : fmt::format("timer {}", one.worst.timer);
    std::string what = fmt::format("{} {} {} late", name, is_timer ? "fired" : "ended", duration_text(one.worst.by));
    if (one.times > 1) what += fmt::format(" at worst, {} times in all", one.times);
    if (one.dropped > 0) what += fmt::format(", and dropped {}", counted(one.dropped, "tick"));
    const auto held = std::find_if(lateness.held.begin(), lateness.held.end(), [&](const Held& call) {
        return call.from <= one.worst.due && one.worst.due <= call.to();
    });
    const std::string because =
        held == lateness.held.end()
            ? "Others ran when it was due: let them wait now and then."
            : fmt::format("{} held the thread when it was due, from {} on: let it wait, not the thread.",
                          chip_text(held->coroutine), seconds_text(held->from));
    return {.kind = ProblemKind::late,
            .step = one.worst.step,
            .file = file_of(trace, 0),
            .line = one.worst.line,
            .what = what + ".",
            .remedy = because};
}

}  // namespace

void add_leftovers(std::vector<Problem>& problems, const trace::Trace& trace, std::span<const std::uint32_t> steps,
                   const State& end) {
    for (const ChannelState& channel : end.channels) {
        if (channel.seats.empty()) continue;
        Problem problem = undrained(trace, steps, end, channel);
        if (is_told(end, channel.id, problem.line)) problems.push_back(std::move(problem));
    }
    add_early_waits(problems, trace, steps, end);
    for (const GroupState& group : end.groups) {
        if (group.count <= 0 || !group.waiters.empty()) continue;
        Problem problem = left_group(trace, end, group);
        if (is_told(end, group.id, problem.line)) problems.push_back(std::move(problem));
    }
}

void add_late(std::vector<Problem>& problems, const trace::Trace& trace, const Lateness& lateness) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, LateOne> all;
    const auto one_of = [&](std::uint32_t timer, std::uint32_t coroutine) -> LateOne& {
        return all[{coroutine, timer}];
    };
    for (const Late& late : lateness.late) {
        LateOne& one = one_of(late.timer, late.coroutine);
        ++one.times;
        if (late.by > one.worst.by) one.worst = late;
    }
    for (const DroppedTick& tick : lateness.dropped) ++one_of(tick.timer, trace::nobody).dropped;
    for (const auto& [who, one] : all) {
        if (one.times > 0) problems.push_back(late_problem(trace, one, lateness));
    }
}

}  // namespace co::studio
