#include "visualizer/page_json.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "lessons/format/condition.h"

namespace co::studio::page_json {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> tab_names{"channels", "timers", "reactor", "processes", "stack", "waits"};

/// A script may print any bytes.
std::string text_of(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json id_or_null(std::uint32_t coroutine) { return coroutine == trace::nobody ? json() : json(coroutine); }

json time_or_null(std::int64_t ns) { return ns == trace::forever_ns ? json() : json(ns); }

std::string_view name(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::syntax_error:
            return "syntax_error";
        case ProblemKind::uncaught_error:
            return "uncaught_error";
        case ProblemKind::deadlock:
            return "deadlock";
        case ProblemKind::budget:
            return "budget";
        case ProblemKind::horizon:
            return "horizon";
        case ProblemKind::schedule:
            return "schedule";
        case ProblemKind::leak:
            return "leak";
        case ProblemKind::blocking:
            return "blocking";
        case ProblemKind::partial_deadlock:
            return "partial_deadlock";
        case ProblemKind::late:
            return "late";
        case ProblemKind::undrained:
            return "undrained";
        case ProblemKind::group_left:
            return "group_left";
        case ProblemKind::group_early:
            return "group_early";
    }
    return "problem";
}

std::string_view name(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return "unborn";
        case Activity::running:
            return "running";
        case Activity::ready:
            return "ready";
        case Activity::waiting_channel:
            return "waiting_channel";
        case Activity::waiting_timer:
            return "waiting_timer";
        case Activity::waiting_io:
            return "waiting_io";
        case Activity::done:
            return "done";
        case Activity::failed:
            return "failed";
        case Activity::handed_off:
            return "handed_off";
    }
    return "unborn";
}

bool ended_normally(ProblemKind kind) {
    return is_remark(kind) || kind == ProblemKind::leak || kind == ProblemKind::blocking ||
           kind == ProblemKind::partial_deadlock;
}

std::string_view ended(const Model& model) {
    std::string_view how = "finished";
    for (const Problem& problem : model.problems()) {
        if (problem.kind == ProblemKind::horizon) how = "horizon";
        if (!ended_normally(problem.kind)) return name(problem.kind);
    }
    return how;
}

// There may be a thousand rows of a kind, at every step: made member by member, as a list in braces is copied whole.

json lanes_of(const Model& model) {
    json lanes = json::array();
    for (const Lane& lane : model.lanes()) {
        json& row = lanes.emplace_back();
        row["coroutine"] = lane.coroutine;
        row["chip"] = lane.chip;
        row["name"] = lane.name;
    }
    return lanes;
}

json problems_of(const Model& model) {
    json problems = json::array();
    for (const Problem& problem : model.problems()) {
        problems.push_back({{"kind", name(problem.kind)},
                            {"step", problem.step},
                            {"line", problem.line},
                            {"what", problem.what},
                            {"remedy", problem.remedy}});
    }
    return problems;
}

json checkpoints_of(const LessonText& lesson) {
    json checkpoints = json::array();
    for (const CheckpointText& one : lesson.checkpoints) {
        checkpoints.push_back(
            {{"title", one.title}, {"prose", one.prose}, {"step", one.step ? json(*one.step) : json()}});
    }
    return checkpoints;
}

json tries_of(const LessonText& lesson) {
    json tries = json::array();
    for (const TaskText& one : lesson.tasks) tries.push_back({{"met", one.met}, {"missing", one.missing}});
    return tries;
}

/// Who runs next was the event loop's choice: those among whom it had to choose.
json choices_of(const Model& model, const State& state) {
    if (state.step >= model.steps()) return json::array();
    const trace::Event& next = model.event(state.step + 1);
    const std::uint32_t place = model.processes().of(next);
    const bool loop_chooses = next.kind == trace::EventKind::run && !model.processes()[place].is_thread;
    return loop_chooses ? json(state.ready_in(place)) : json::array();
}

/// "co#2", and where several processes take part "worker 0 co#2".
std::string who_text(const Model& model, std::uint32_t process, const std::string& chip) {
    return model.processes().several() ? model.processes()[process].title + ' ' + chip : chip;
}

/// What can be made to go wrong now: its name, and the choice that a schedule has for it.
json interferences_of(const Model& model, const State& state) {
    json all = json::array();
    for (const Interference& one : interferences(model, state))
        all.push_back({{"label", one.label}, {"choice", lessons::to_text(pick_of(one))}});
    return all;
}

json coroutines_of(const Model& model, const State& state) {
    json coroutines = json::array();
    for (const CoroutineState& one : state.coroutines) {
        const bool waits = one.wait.kind != WaitKind::none;
        json& row = coroutines.emplace_back();
        row["coroutine"] = one.id;
        row["number"] = own_number(one.id);
        row["chip"] = Model::chip(one.id);
        row["who"] = who_text(model, process_of(one.id), Model::chip(one.id));
        row["name"] = model.function_name(one.id);
        row["state"] = name(one.activity);
        row["state_text"] = activity_name(one.activity);
        row["line"] = one.source == 0 ? one.line : 0;
        row["why"] = waits ? wait_place(model.trace(), state, one.wait, one.since_time) : "";
    }
    return coroutines;
}

/// The call, and what came of it: the halves of the sentence.
json now_of(const Model& model, std::uint32_t step) {
    if (step == 0) return {"before the first step", ""};
    const std::string sentence = model.sentence(step), call = model.call(step);
    const std::size_t colon = sentence.starts_with(call + ": ") ? call.size() + 2 : 0;
    return {call, as_sentence(sentence.substr(colon))};
}

std::uint32_t line_of(const State& state) {
    const CoroutineState* running = state.coroutine(state.running);
    return running && running->source == 0 ? running->line : 0;
}

}  // namespace

std::string run(const Session& session) {
    const Model& model = session.model();
    const auto& challenge = session.lesson().challenge;
    return text_of({{"steps", model.steps()},
                    {"lines", model.output().size()},
                    {"end", model.steps() == 0 ? 0 : model.event(model.steps()).time},
                    {"seed", std::to_string(model.trace().seed)},
                    {"ended", ended(model)},
                    {"clock", model.has_wall_clock() ? "wall" : "virtual"},
                    {"processes", model.processes().several() ? model.processes().size() : 1},
                    {"lanes", lanes_of(model)},
                    {"problems", problems_of(model)},
                    {"checkpoints", checkpoints_of(session.lesson())},
                    {"tries", tries_of(session.lesson())},
                    {"broken", challenge ? json(!challenge->holds) : json()}});
}

std::string state(const Session& session, std::optional<std::uint32_t> step) {
    const Model& model = session.model();
    const bool is_now = !step || *step == session.view().cursor;
    const State state = is_now ? session.state() : model.at(*step);
    const std::uint32_t doer = state.step == 0 ? trace::nobody : model.event(state.step).coroutine;
    const std::string who =
        state.step == 0 ? "" : who_text(model, model.processes().of(model.event(state.step)), Model::chip(doer));
    return text_of({{"step", state.step},
                    {"time", state.time},
                    {"time_text", seconds_text(state.time)},
                    {"line", line_of(state)},
                    {"running", id_or_null(state.running)},
                    {"focus", id_or_null(is_now ? session.focus() : state.running)},
                    {"now", now_of(model, state.step)},
                    {"who", who},
                    {"output_lines", state.lines_of_output},
                    {"choices", choices_of(model, state)},
                    {"interferences", interferences_of(model, state)},
                    {"coroutines", coroutines_of(model, state)}});
}

std::string output(const Session& session, std::uint32_t from, std::uint32_t count) {
    json lines = json::array();
    const Model& model = session.model();
    const auto& output = model.output();
    const std::size_t first = std::min<std::size_t>(from, output.size());
    for (const OutputLine& line :
         std::span(output).subspan(first, std::min<std::size_t>(count, output.size() - first))) {
        lines.push_back({{"step", line.step},
                         {"time", line.time},
                         {"coroutine", id_or_null(line.coroutine)},
                         {"who", who_text(model, process_of(line.coroutine), Model::chip(line.coroutine))},
                         {"text", line.text}});
    }
    return text_of(lines);
}

std::string events(const Session& session, std::uint32_t from, std::uint32_t count) {
    const Model& model = session.model();
    json lines = json::array();
    State state = model.at(std::max(from, 1U) - 1);
    while (count-- > 0 && state.step < model.steps()) {
        const EventLine line = model.next_line(state);
        const trace::Event& event = model.event(line.step);
        lines.push_back({{"step", line.step},
                         {"time", line.time},
                         {"line", event.source == 0 ? event.line : 0},
                         {"coroutine", id_or_null(event.coroutine)},
                         {"who", who_text(model, model.processes().of(event), line.who)},
                         {"verb", line.verb},
                         {"what", line.what},
                         {"call", line.call}});
    }
    return text_of(lines);
}

std::string card(const Session& session, std::uint32_t coroutine) {
    const Card card = session.model().card(coroutine, session.state());
    return text_of({{"chip", card.chip},
                    {"state", card.state},
                    {"place", card.place},
                    {"rows", card.rows},
                    {"story", card.story},
                    {"outlook", card.outlook}});
}

std::string inspector(const Session& session) {
    const State& state = session.state();
    const trace::Trace& trace = session.model().trace();
    json all = {
        {"channels", json::array()}, {"timers", json::array()}, {"groups", json::array()}, {"gates", json::array()}};
    for (const ChannelState& one : state.channels) {
        json seats = json::array();
        for (const Seat& seat : one.seats)
            seats.push_back({{"value", trace.texts[seat.text]}, {"producer", id_or_null(seat.producer)}});
        all["channels"].push_back({{"name", channel_name(trace, state, one.id)},
                                   {"capacity", one.capacity},
                                   {"closed", one.closed},
                                   {"seats", std::move(seats)},
                                   {"producers", one.producers},
                                   {"consumers", one.consumers}});
    }
    for (const TimerState& one : state.timers) {
        all["timers"].push_back({{"name", timer_name(trace, state, one.id)},
                                 {"deadline", time_or_null(one.deadline)},
                                 {"period_ms", one.period_ms},
                                 {"owner", id_or_null(one.owner)}});
    }
    for (const GroupState& one : state.groups) {
        all["groups"].push_back(
            {{"name", group_name(trace, state, one.id)}, {"count", one.count}, {"waiters", one.waiters}});
    }
    for (const GateState& one : state.gates) {
        all["gates"].push_back({{"name", gate_name(trace, state, one.id)},
                                {"remark", gate_remark(one)},
                                {"owner", id_or_null(one.owner)},
                                {"waiters", one.waiters}});
    }
    return text_of(all);
}

std::string view(const Session& session) {
    const View& view = session.view();
    return text_of({{"cursor", view.cursor},
                    {"selected", id_or_null(view.selected)},
                    {"hovered", id_or_null(view.hovered)},
                    {"playing", view.playing},
                    {"speed", view.speed},
                    {"clock", name(view.clock)},
                    {"theme", studio::name(session.theme())},
                    {"inspector_tab", tab_names[static_cast<std::size_t>(view.inspector_tab)]}});
}

std::string find(const Session& session, const std::string& condition, std::uint32_t after) {
    const auto step = lessons::find_step(session.model().recorded(), condition, after);
    return text_of(step ? json(*step) : json());
}

std::string error(const std::string& what) { return text_of({{"error", what}}); }

}  // namespace co::studio::page_json
