#include "visualizer/model/card.h"

#include <algorithm>

#include <fmt/format.h>

#include "visualizer/model/labels.h"
#include "visualizer/model/model.h"

namespace co::studio {
namespace {

using trace::Event;
using trace::EventKind;

/// What the functions below look at.
struct CardSubject {
    const Model& model;
    const State& state;
    const CoroutineState& self;
};

bool is_waiting(Activity activity) {
    return activity == Activity::waiting_channel || activity == Activity::waiting_timer ||
           activity == Activity::waiting_io;
}

std::string state_word(Activity activity) {
    return is_waiting(activity) ? "waiting" : std::string(activity_name(activity));
}

std::string place(const CardSubject& subject) {
    const std::string_view name = subject.model.text(subject.self.name);
    if (subject.self.line == 0) return std::string(name);
    return fmt::format("{}, line {}", name, subject.self.line);
}

/// The last step that the coroutine itself made, 0 when it has not made any.
std::uint32_t last_own_step(const CardSubject& subject) {
    const Lane* lane = subject.model.lane(subject.self.id);
    if (!lane) return 0;
    const auto after = std::ranges::upper_bound(lane->operations, subject.state.step, {}, &Operation::step);
    return after == lane->operations.begin() ? 0 : std::prev(after)->step;
}

// -- woken by ------------------------------------------------------------------------------------------

std::string gate_waker(const CardSubject& subject, const Event& event) {
    const GateState* gate = subject.state.gate(event.object);
    if (gate && gate->kind == GateKind::barrier)
        return fmt::format("{}, the last to arrive", chip_text(event.coroutine));
    return fmt::format("{}’s {}()", chip_text(event.coroutine), operation_label(event, subject.state));
}

bool is_at_shared(const Wait& wait) {
    return wait.kind == WaitKind::shared_lock || wait.kind == WaitKind::shared_number;
}

/// "an unlock() of door".
std::string shared_opener(const CardSubject& subject, const Wait& wait) {
    const std::string name = shared_name(subject.model.trace(), subject.state, wait.object);
    return fmt::format("{} of {}", wait.kind == WaitKind::shared_lock ? "an unlock()" : "a wake()", name);
}

std::string waker(const CardSubject& subject) {
    const Event& event = subject.model.event(subject.self.woken_step);
    switch (event.kind) {
        case EventKind::due:
            return event.value == 1 ? "its timeout" : "its timer";
        case EventKind::timer_fire:
            return timer_name(subject.model.trace(), subject.model.at(subject.self.woken_step - 1), event.object);
        case EventKind::requeue:
            return event.value == 0 ? "itself, with sleep(0)" : "the end of its time slice";
        case EventKind::group_done:
            return chip_text(event.coroutine) + "’s done()";
        case EventKind::done:
        case EventKind::failed:
            return chip_text(event.coroutine) + "’s end";
        case EventKind::loop_call:
            return "the event loop";
        case EventKind::fd_ready:
            if (is_at_shared(subject.self.last_wait)) return shared_opener(subject, subject.self.last_wait);
            return fmt::format("descriptor {}, ready to {}", event.object, subject.model.trace().text(event));
        case EventKind::aside_done:
            return "a helper thread";
        case EventKind::gate_pass:
        case EventKind::gate_open:
            return gate_waker(subject, event);
        default:
            return fmt::format("{}’s {}", chip_text(subject.self.woken_by), operation_label(event, subject.state));
    }
}

bool has_parked_before(const CardSubject& subject, const Event& event, std::uint32_t step) {
    const Lane* lane = subject.model.lane(event.coroutine);
    return lane && std::ranges::any_of(lane->operations, [&](const Operation& operation) {
               return operation.step < step && subject.model.event(operation.step).kind == event.kind;
           });
}

/// ", when co#1 slept again": what made room for the coroutine that the event loop ran at `step`.
std::string what_made_room(const CardSubject& subject, std::uint32_t step) {
    if (step < 2) return "";
    const Event& event = subject.model.event(step - 1);
    const std::string chip = chip_text(event.coroutine);
    const std::string again = has_parked_before(subject, event, step - 1) ? " again" : "";
    switch (event.kind) {
        case EventKind::sleep:
            return fmt::format(", when {} slept{}", chip, again);
        case EventKind::pop_wait:
        case EventKind::push_wait:
        case EventKind::group_wait:
        case EventKind::gate_wait:
        case EventKind::shared_wait:
        case EventKind::select_wait:
        case EventKind::join_wait:
            return fmt::format(", when {} waited in {}(){}", chip, operation_label(event, subject.state), again);
        case EventKind::yield:
            return fmt::format(", when {} yielded{}", chip, again);
        case EventKind::done:
            return fmt::format(", when {} ended", chip);
        case EventKind::failed:
            return fmt::format(", when {} failed", chip);
        default:
            return "";
    }
}

std::pair<std::string, std::string> started_by(const CardSubject& subject) {
    const Lane* lane = subject.model.lane(subject.self.id);
    const std::uint32_t step = lane && !lane->stays.empty() ? lane->stays.front().from : 1;
    if (subject.self.parent == trace::nobody) return {"Started by", fmt::format("the program, step {}", step)};
    return {"Started by", fmt::format("{}’s go, step {}", chip_text(subject.self.parent), step)};
}

std::pair<std::string, std::string> woken_by(const CardSubject& subject) {
    const CoroutineState& self = subject.self;
    if (self.woken_step == 0) return started_by(subject);
    std::string text = fmt::format("{}, step {}", waker(subject), self.woken_step);
    if (self.hand != 0) text += fmt::format(", holding {}", subject.model.text(self.hand));
    const bool ran_later = self.ran_step > self.woken_step;
    if (ran_later) text += fmt::format("; ran at step {}{}", self.ran_step, what_made_room(subject, self.ran_step));
    return {"Woken by", text};
}

// -- next ----------------------------------------------------------------------------------------------

/// "; push does not switch", where one might think that it does.
std::string and_stays(const CardSubject& subject) {
    if (subject.state.step == 0) return "";
    const Event& event = subject.model.event(subject.state.step);
    const bool wakes = event.kind == EventKind::push || event.kind == EventKind::close ||
                       event.kind == EventKind::group_done || event.kind == EventKind::cancel ||
                       event.kind == EventKind::gate_open;
    if (!wakes || event.coroutine != subject.self.id) return "";
    const std::string_view call = operation_label(event, subject.state);
    return call == "opens" ? "" : fmt::format("; {} does not switch", call);
}

std::string what_runs_next(const CardSubject& subject) {
    for (const Event& event : subject.model.events_after(subject.state.step)) {
        if (event.coroutine != subject.self.id) continue;
        if (event.kind == EventKind::line) return fmt::format("goes on to line {}", event.line);
        if (event.kind == EventKind::done) return "ends";
        if (event.kind == EventKind::failed) return "fails";
        if (event.kind == EventKind::deferred) return "runs its deferred function";
        return event.line == 0 ? "goes on" : fmt::format("goes on in line {}", event.line);
    }
    return "nothing: the run ends here";
}

std::string when_ready_runs(const CardSubject& subject) {
    const std::uint32_t process = process_of(subject.self.id);
    const std::vector<std::uint32_t> queue = subject.state.ready_in(process);
    const std::uint32_t running = subject.state.running_in(process);
    const auto self = std::ranges::find(queue, subject.self.id);
    if (self != queue.end() && self != queue.begin()) return fmt::format("runs after {}", chip_text(*std::prev(self)));
    if (running == trace::nobody) return "runs now, as nobody else does";
    return fmt::format("runs when {} waits or ends", chip_text(running));
}

std::string when_goes_on(const CardSubject& subject) {
    for (const CoroutineState& other : subject.state.coroutines) {
        if (other.id != trace::nobody && other.running_inside == subject.self.id) {
            return fmt::format("goes on when {} waits or ends", chip_text(other.id));
        }
    }
    return "goes on when the coroutine inside it waits or ends";
}

// -- waiting -------------------------------------------------------------------------------------------

/// "a push to jobs or a pop from quit".
std::string first_of(const CardSubject& subject, const Wait& wait) {
    std::string text;
    for (std::size_t i = 0; i < wait.cases.size(); ++i) {
        const SelectCase& one = wait.cases[i];
        const std::string channel = channel_name(subject.model.trace(), subject.state, one.channel);
        if (i > 0) text += i + 1 == wait.cases.size() ? " or " : ", ";
        text += fmt::format("{} {}", one.pushes ? "a pop from" : "a push to", channel);
    }
    return text.empty() ? "somebody else" : text;
}

/// "co#1’s unlock()".
std::string who_opens(const CardSubject& subject, const Wait& wait) {
    const GateState* gate = subject.state.gate(wait.object);
    if (!gate) return "somebody else";
    switch (gate->kind) {
        case GateKind::mutex:
            return gate->owner == trace::nobody ? "an unlock()" : chip_text(gate->owner) + "’s unlock()";
        case GateKind::semaphore:
            return "a release()";
        case GateKind::barrier:
            return fmt::format("the last to arrive, {} {} still missing", gate->missing(),
                               gate->missing() == 1 ? "is" : "are");
    }
    return "somebody else";
}

std::string wakes_up_by(const CardSubject& subject) {
    const Wait& wait = subject.self.wait;
    const std::string at = seconds_text(wait.deadline);
    const std::string or_timeout =
        wait.deadline == trace::forever_ns ? "" : fmt::format(", or by its timeout at {}", at);
    switch (wait.kind) {
        case WaitKind::sleep:
            return fmt::format("its timer at {}", at);
        case WaitKind::pop:
            return "a push" + or_timeout;
        case WaitKind::push:
            return "a pop" + or_timeout;
        case WaitKind::group:
            return "the last done()" + or_timeout;
        case WaitKind::resume:
            return "a resume";
        case WaitKind::select:
            return first_of(subject, wait) + or_timeout;
        case WaitKind::join:
            return fmt::format("the end of {}{}", few_of(joined_chips(subject.model.text(wait.text))), or_timeout);
        case WaitKind::lock:
        case WaitKind::acquire:
        case WaitKind::barrier:
            return who_opens(subject, wait) + or_timeout;
        case WaitKind::descriptor:
            return fmt::format("the event loop, when it is ready to {}{}", subject.model.text(wait.text), or_timeout);
        case WaitKind::send:
            return "room in the connection’s output buffer" + or_timeout;
        case WaitKind::post:
            return "room in its mailbox" + or_timeout;
        case WaitKind::task:
            return "the end of its tasks" + or_timeout;
        case WaitKind::aside:
            return "a helper thread, when the call is done" + or_timeout;
        case WaitKind::shared_lock:
        case WaitKind::shared_number:
            return shared_opener(subject, wait) + or_timeout;
        case WaitKind::none:
            break;
    }
    return "somebody else";
}

std::string parked(const CardSubject& subject) {
    const CoroutineState& self = subject.self;
    std::string text = "parked in " + wait_place(subject.model.trace(), subject.state, self.wait, self.since_time);
    if (self.line != 0) text += fmt::format(", line {}", self.line);
    const std::int64_t lasted = subject.state.time - self.since_time;
    text += lasted > 0 ? fmt::format(", for {}", plain_seconds_text(lasted))
                       : fmt::format(", since step {}", self.since_step);
    return fmt::format("{}; will be woken by {}", text, wakes_up_by(subject));
}

std::string was_parked(const CardSubject& subject) {
    const CoroutineState& self = subject.self;
    if (self.last_wait.kind == WaitKind::none) {
        const std::uint32_t step = last_own_step(subject);
        return step == 0 ? "has not run yet" : subject.model.sentence(step);
    }
    const State before = subject.model.at(self.woken_step - 1);
    const CoroutineState* then = before.coroutine(self.id);
    const std::int64_t since = then ? then->since_time : 0;
    return fmt::format("was parked in {} for {}",
                       wait_place(subject.model.trace(), subject.state, self.last_wait, since),
                       plain_seconds_text(self.last_wait_time));
}

std::string just_now(const CardSubject& subject) {
    const std::uint32_t step = last_own_step(subject);
    const bool handed_back = subject.self.activity == Activity::running && subject.self.since_step > step;
    if (handed_back && step != 0) {
        const Event& event = subject.model.event(subject.self.since_step);
        const bool child_ended = event.kind == EventKind::done || event.kind == EventKind::failed;
        return fmt::format("goes on, as {} {}", chip_text(event.coroutine), child_ended ? "has ended" : "waits");
    }
    return step == 0 ? "has begun" : subject.model.sentence(step);
}

// -- the card ------------------------------------------------------------------------------------------

void add_ready(Card& card, const CardSubject& subject) {
    const std::string past = was_parked(subject);
    const std::string next = when_ready_runs(subject);
    card.rows.emplace_back("Just now", past);
    card.rows.push_back(woken_by(subject));
    card.rows.emplace_back("Next", next);
    card.story = as_sentence(past);
    if (subject.self.woken_step != 0) {
        std::string woken = fmt::format(" Woken at step {} by {}", subject.self.woken_step, waker(subject));
        if (subject.self.hand != 0) woken += fmt::format(", holding {}", subject.model.text(subject.self.hand));
        card.story += woken + ".";
    }
    card.outlook = as_sentence(next);
}

void add_active(Card& card, const CardSubject& subject) {
    const bool runs = subject.self.activity == Activity::running;
    const std::string now = just_now(subject);
    const std::string next = runs ? what_runs_next(subject) + and_stays(subject) : when_goes_on(subject);
    card.rows.emplace_back("Just now", now);
    card.rows.push_back(woken_by(subject));
    card.rows.emplace_back("Next", next);
    card.story = as_sentence(now);
    card.outlook = as_sentence(next);
}

void add_waiting(Card& card, const CardSubject& subject) {
    const std::string now = parked(subject);
    card.rows.emplace_back("Now", now);
    if (subject.self.woken_step != 0) card.rows.push_back(woken_by(subject));
    card.story = as_sentence(now);
}

void add_ended(Card& card, const CardSubject& subject) {
    const std::string end = subject.model.sentence(subject.self.since_step);
    card.rows.emplace_back(
        "Ended", fmt::format("step {}, at {}", subject.self.since_step, seconds_text(subject.self.since_time)));
    card.rows.emplace_back("Why", end);
    card.rows.push_back(started_by(subject));
    card.story = as_sentence(end);
}

}  // namespace

Card make_card(const Model& model, std::uint32_t coroutine, const State& state) {
    const CoroutineState* self = state.coroutine(coroutine);
    if (!self || self->activity == Activity::unborn) return {};
    const CardSubject subject{model, state, *self};
    Card card{.chip = chip_text(coroutine),
              .state = state_word(self->activity),
              .place = place(subject),
              .rows = {},
              .story = {},
              .outlook = {}};
    switch (self->activity) {
        case Activity::running:
        case Activity::handed_off:
            add_active(card, subject);
            break;
        case Activity::ready:
            add_ready(card, subject);
            break;
        case Activity::done:
        case Activity::failed:
            add_ended(card, subject);
            break;
        default:
            add_waiting(card, subject);
    }
    return card;
}

}  // namespace co::studio
