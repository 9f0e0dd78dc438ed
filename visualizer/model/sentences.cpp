#include "visualizer/model/sentences.h"

#include <co/subject.h>
#include <fmt/format.h>
#include <algorithm>

#include "visualizer/model/labels.h"
#include "visualizer/model/why.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

using trace::EventKind;
using trace::Subject;

/// `producer("tea")` is written `go(producer, "tea")` in the script.
std::string go_call(std::string_view started) {
    const std::size_t bracket = started.find('(');
    if (bracket == std::string_view::npos || bracket == 0 || !started.ends_with(')')) {
        return fmt::format("go({})", started);
    }
    const std::string_view function = started.substr(0, bracket);
    const std::string_view arguments = started.substr(bracket + 1, started.size() - bracket - 2);
    return arguments.empty() ? fmt::format("go({})", function) : fmt::format("go({}, {})", function, arguments);
}

std::int64_t milliseconds_ahead(const Moment& moment) { return (moment.event.value - moment.event.time) / 1'000'000; }

/// The script calls "timer t" just t.
std::string_view without_noun(std::string_view timer) { return timer.substr(timer.find(' ') + 1); }

std::string add_call(const Moment& moment) {
    const std::int64_t added = moment.event.value - moment.before.group_count;
    return added == 1 ? "add()" : fmt::format("add({})", added);
}

/// "; main goes on", when a coroutine that ran inside another parks or ends with this step.
std::string who_goes_on(const Moment& moment) {
    for (const trace::Event& detail : moment.details) {
        if (detail.kind == EventKind::back) return fmt::format("; {} goes on", chip_text(detail.coroutine));
    }
    return "";
}

/// "co#1 and co#2": whom this step made ready.
std::string woken(const Moment& moment) {
    std::vector<std::string> names;
    for (const trace::Event& detail : moment.details) {
        if (detail.kind == EventKind::ready) names.push_back(chip_text(detail.object));
    }
    const std::string verb = names.size() == 1 ? " is ready" : " are ready";
    return names.empty() ? "" : list_of(names) + verb;
}

std::string channel_of(const Moment& moment) { return channel_name(moment.trace, moment.after, moment.event.object); }

// -- why each kind of step came out as it did ----------------------------------------------------------

std::string why_run(const Moment& moment) {
    const std::uint32_t hand = moment.before.self.hand;
    const CoroutineState& self = moment.before.self;
    const std::string call = wait_call(moment.trace, self.last_wait, 0);
    std::string returns;
    if (hand != 0) returns = fmt::format("; its {} returns {}", call, moment.trace.texts[hand]);
    if (self.was_cancelled) returns = "; its wait says \"cancelled\"";
    const std::size_t place = moment.before.ready_place;
    if (place == 0) return fmt::format("{} was first in the ready queue{}", doer(moment), returns);
    return fmt::format("{} was chosen, ahead of {} in the ready queue{}", doer(moment), place, returns);
}

std::string why_due(const Moment& moment) {
    if (moment.event.value == 0) return fmt::format("the sleep of {} is over, so it is ready", doer(moment));
    const CoroutineState& self = moment.before.self;
    return fmt::format("{} has waited long enough, so its {} gives up and it is ready", doer(moment),
                       wait_call(moment.trace, self.wait, self.since_time));
}

std::string why_requeued(const Moment& moment) {
    const std::vector<std::uint32_t> queue = moment.after.ready_in(moment.after.process);
    const std::int64_t lines = moment.event.value;
    const std::string cut = lines == 0 ? "" : fmt::format("its time slice of {} lines is over; ", lines);
    const bool other_goes_on = !who_goes_on(moment).empty();  // the one that runs it by go() or resume()
    if (queue.size() < 2 && other_goes_on) return cut + "it is alone in the ready queue";
    if (queue.size() < 2) return cut + "nobody else is ready, so it runs again at once";
    return fmt::format("{}it goes to the back of the ready queue, behind {}", cut, chip_text(queue[queue.size() - 2]));
}

std::string why_push(const Moment& moment) {
    if (moment.event.other != trace::nobody) {
        const bool selects = moment.before.other.wait.kind == WaitKind::select;
        return fmt::format("{} waits in {}, so it gets the value and is ready", chip_text(moment.event.other),
                           selects ? "select()" : "pop()");
    }
    const ChannelState* channel = moment.after.channel(moment.event.object);
    return fmt::format("no consumer waits, so it takes seat {}", channel ? channel->seats.size() : 1);
}

std::string why_push_waits(const Moment& moment) {
    const ChannelState* channel = moment.after.channel(moment.event.object);
    const std::int64_t seats = channel ? channel->capacity : 1;
    const std::string full = seats == 1 ? "the only seat is taken" : fmt::format("all {} seats are taken", seats);
    return fmt::format("{}, so {} waits{}", full, doer(moment), or_by_timeout(moment));
}

std::string why_pop(const Moment& moment) {
    std::string why = fmt::format("{} comes out of seat 1", text_of(moment));
    if (moment.event.other == trace::nobody) return why;
    const std::string chip = chip_text(moment.event.other);
    return fmt::format("{}; the {} of {} takes the free seat, so {} is ready", why,
                       moment.trace.texts[moment.before.other.wait.offered_to(moment.event.object)], chip, chip);
}

std::string why_failed(const Moment& moment, std::string_view closed, std::string_view timeout) {
    const std::string_view reason = text_of(moment);
    if (reason == "closed") return fmt::format("{} is {}", channel_of(moment), closed);
    if (reason == "timeout") return std::string(timeout);
    if (reason == "cancelled") return "the wait was cancelled";
    return std::string(reason);
}

std::string why_close(const Moment& moment) {
    const std::string who = woken(moment);
    return fmt::format("{} takes no more values{}", channel_of(moment), who.empty() ? "" : "; " + who);
}

std::string why_group_done(const Moment& moment) {
    if (moment.event.value > 0) return fmt::format("{} still to wait for", moment.event.value);
    const std::string who = woken(moment);
    return who.empty() ? "the count is 0, nobody waits for it" : "the count is 0, so " + who;
}

std::string why_group_waits(const Moment& moment) {
    const GroupState* group = moment.after.group(moment.event.object);
    return fmt::format("{} not done yet, so {} waits{}", group ? group->count : 1, doer(moment), or_by_timeout(moment));
}

std::string why_group_passes(const Moment& moment) {
    const std::string_view reason = text_of(moment);
    if (reason.empty()) return "the count is 0, so there is nothing to wait for";
    if (reason == "timeout") return "the count did not come to 0 in time";
    return fmt::format("it gave up: {}", reason);
}

std::string why_timer_set(const Moment& moment) {
    const std::string timer = timer_name(moment.trace, moment.after, moment.event.object);
    const std::string when = seconds_text(moment.event.value);
    if (moment.event.kind == EventKind::timer_after) return fmt::format("{} fires once, at {}", timer, when);
    return fmt::format("{} fires every {} ms, first at {}", timer, moment.event.other, when);
}

std::string why_timer_cleared(const Moment& moment) {
    if (moment.event.value == 1) return fmt::format("{} will not fire", moment.before.timer);
    return fmt::format("{} has fired already, or was never set", moment.before.timer);
}

std::string why_timer_fires(const Moment& moment) {
    const std::string again =
        moment.event.value == trace::forever_ns ? "" : fmt::format("; again at {}", seconds_text(moment.event.value));
    return fmt::format("{} is due, so {} is ready{}", moment.before.timer, doer(moment), again);
}

std::string why_printed(const Moment& moment) {
    return fmt::format("line {} of the output", moment.after.lines_of_output);
}

std::string why_channel(const Moment& moment) {
    const ChannelState* channel = moment.after.channel(moment.event.object);
    const std::int64_t seats = channel ? channel->capacity : 1;
    return fmt::format("{} has {}, {}", channel_of(moment), counted(seats, "seat"), seats == 1 ? "free" : "all free");
}

std::string why_done(const Moment& moment) {
    const std::string who = woken(moment);
    return fmt::format("{} has come to its end{}", doer(moment), who.empty() ? "" : ", so " + who);
}

std::string why_coroutine(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::start:
            return "the program begins, in its main coroutine";
        case EventKind::go:
        case EventKind::resume:
            return fmt::format("{} runs at once, inside {}", chip_text(moment.event.object), doer(moment));
        case EventKind::run:
            return why_run(moment);
        case EventKind::requeue:
            return why_requeued(moment);
        case EventKind::yield:
            return fmt::format("{} waits until somebody resumes it", doer(moment));
        case EventKind::sleep:
            return fmt::format("{} wakes at {}", doer(moment), seconds_text(moment.event.value));
        case EventKind::defer:
            return fmt::format("a function is kept for the end of {}", doer(moment));
        case EventKind::deferred:
            return fmt::format("{} is ending, so its deferred function runs", doer(moment));
        case EventKind::done:
            return why_done(moment);
        case EventKind::due:
            return why_due(moment);
        default:
            return std::string(first_line(text_of(moment)));
    }
}

std::string why_channel_step(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::push:
            return why_push(moment);
        case EventKind::push_wait:
            return why_push_waits(moment);
        case EventKind::push_failed:
            return why_failed(moment, "closed", "no seat came free in time");
        case EventKind::pop:
            return why_pop(moment);
        case EventKind::pop_wait:
            return fmt::format("{} is empty, so {} waits{}", channel_of(moment), doer(moment), or_by_timeout(moment));
        case EventKind::pop_failed:
            return why_failed(moment, "closed and empty", "no value came in time");
        case EventKind::close:
            return why_close(moment);
        default:
            return why_channel(moment);
    }
}

std::string why_group_step(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::group_add:
            return fmt::format("{} to wait for", moment.event.value);
        case EventKind::group_done:
            return why_group_done(moment);
        case EventKind::group_wait:
            return why_group_waits(moment);
        case EventKind::group_pass:
            return why_group_passes(moment);
        default:
            return fmt::format("{} counts what is still to be done",
                               group_name(moment.trace, moment.after, moment.event.object));
    }
}

std::string why_timer_step(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::timer_clear:
            return why_timer_cleared(moment);
        case EventKind::timer_fire:
            return why_timer_fires(moment);
        default:
            return why_timer_set(moment);
    }
}

std::string why_program_step(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::print:
            return why_printed(moment);
        case EventKind::deadlock:
            return "every coroutine is parked and nothing can wake any of them";
        default:
            return std::string(first_line(text_of(moment)));
    }
}

std::string aside_call(const Moment& moment) {
    if (moment.event.kind == EventKind::command_start) return fmt::format("exec(\"{}\")", text_of(moment));
    if (moment.event.kind == EventKind::command_end) return fmt::format("process {}", moment.event.object);
    return std::string(text_of(moment));
}

/// Calls that a helper thread makes, and commands.
std::string why_aside(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::aside_wait:
            return fmt::format("a helper thread does it; {} waits and the thread is free for others{}", doer(moment),
                               or_by_timeout(moment));
        case EventKind::aside_done:
            return fmt::format("the helper thread is done, so {} is ready", chip_text(moment.event.other));
        case EventKind::command_start:
            return fmt::format("the command runs as process {}", moment.event.object);
        default:
            if (moment.event.value > 128) return fmt::format("signal {} ended it", moment.event.value - 128);
            return fmt::format("it ended with exit code {}", moment.event.value);
    }
}

std::string why(const Moment& moment) {
    switch (trace::subject_of(moment.event.kind)) {
        case Subject::coroutine:
            return why_coroutine(moment);
        case Subject::family:
            return why_family(moment);
        case Subject::channel:
            return why_channel_step(moment);
        case Subject::group:
            return why_group_step(moment);
        case Subject::gate:
            return why_gate(moment);
        case Subject::timer:
            return why_timer_step(moment);
        case Subject::loop:
            return why_loop(moment);
        case Subject::program:
            return why_program_step(moment);
        case Subject::server:
            return why_server(moment);
        case Subject::descriptor:
            return why_descriptor(moment);
        case Subject::network:
            return why_network(moment);
        case Subject::process:
        case Subject::unknown:
            return std::string(first_line(text_of(moment)));
        case Subject::aside:
            return why_aside(moment);
        case Subject::shared:
            return why_shared(moment);
    }
    return "";
}

// -- the call as the script knows it ---------------------------------------------------------------------

std::string coroutine_call(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::go:
            return go_call(text_of(moment));
        case EventKind::resume:
            return fmt::format("resume({})", own_number(moment.event.object));
        case EventKind::yield:
            return "yield()";
        case EventKind::sleep:
            return fmt::format("sleep({})", seconds_number(moment.event.value - moment.event.time));
        case EventKind::defer:
            return "defer(function)";
        default:
            return std::string(operation_label(moment.event, moment.after));
    }
}

std::string channel_call(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::channel:
            return fmt::format("chan({})", moment.event.value);
        case EventKind::push:
        case EventKind::push_wait:
            return fmt::format("push({})", text_of(moment));
        default:
            return fmt::format("{}()", operation_label(moment.event, moment.after));
    }
}

std::string group_call(const Moment& moment) {
    if (moment.event.kind == EventKind::group) return "WaitGroup()";
    if (moment.event.kind == EventKind::group_add) return add_call(moment);
    return fmt::format("{}()", operation_label(moment.event, moment.after));
}

std::string timer_call(const Moment& moment) {
    switch (moment.event.kind) {
        case EventKind::timer_after:
            return fmt::format("after({})", milliseconds_ahead(moment));
        case EventKind::timer_tick:
            return fmt::format("tick({})", moment.event.other);
        case EventKind::timer_clear:
            return fmt::format("clear({})", without_noun(moment.before.timer));
        default:
            return std::string(operation_label(moment.event, moment.after));
    }
}

std::string program_call(const Moment& moment) {
    if (moment.event.kind == EventKind::print) return fmt::format("print(\"{}\")", text_of(moment));
    return std::string(operation_label(moment.event, moment.after));
}

}  // namespace

Before Before::of(const trace::Trace& trace, const trace::Event& event, const State& state) {
    Before before;
    if (const CoroutineState* self = state.coroutine(event.coroutine)) before.self = *self;
    if (const CoroutineState* other = state.coroutine(event.other)) before.other = *other;
    if (const GroupState* group = state.group(event.object)) before.group_count = group->count;
    before.timer = timer_name(trace, state, event.object);
    const auto place =
        event.kind == EventKind::run ? std::ranges::find(state.ready, event.coroutine) : state.ready.end();
    if (place != state.ready.end()) {
        before.ready_place = static_cast<std::size_t>(std::count_if(state.ready.begin(), place, [&](std::uint32_t id) {
            return process_of(id) == process_of(event.coroutine);
        }));
    }
    return before;
}

std::string doer(const Moment& moment) { return chip_text(moment.event.coroutine); }
std::string_view text_of(const Moment& moment) { return moment.trace.text(moment.event); }

std::string or_by_timeout(const Moment& moment) {
    if (moment.event.value == trace::forever_ns) return "";
    return fmt::format(", at most until {}", seconds_text(moment.event.value));
}

std::string call_text(const Moment& moment) {
    switch (trace::subject_of(moment.event.kind)) {
        case Subject::coroutine:
            return coroutine_call(moment);
        case Subject::family:
            return family_call(moment);
        case Subject::channel:
            return channel_call(moment);
        case Subject::group:
            return group_call(moment);
        case Subject::gate:
            return gate_call(moment);
        case Subject::timer:
            return timer_call(moment);
        case Subject::loop:
            return loop_call(moment);
        case Subject::program:
            return program_call(moment);
        case Subject::descriptor:
        case Subject::network:
        case Subject::process:
        case Subject::server:
        case Subject::unknown:
            return std::string(operation_label(moment.event, moment.after));
        case Subject::aside:
            return aside_call(moment);
        case Subject::shared:
            return shared_call(moment);
    }
    return "";
}

std::string sentence_text(const Moment& moment) {
    return fmt::format("{}: {}{}", call_text(moment), why(moment), who_goes_on(moment));
}

}  // namespace co::studio
