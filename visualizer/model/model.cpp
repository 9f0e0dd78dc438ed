#include "visualizer/model/model.h"

#include <algorithm>
#include <numeric>

#include "visualizer/model/labels.h"
#include "visualizer/model/sentences.h"

namespace co::studio {

using trace::Event;
using trace::EventKind;
using trace::nobody;

Model::Model(trace::Trace trace) : Model(std::move(trace), Unread{}) {
    LaneBuilder lanes(trace_);
    State state(*processes_);
    for (std::uint32_t step = 1; step <= steps(); ++step) index_step(step, state, lanes);
    finish(std::move(state), lanes);
}

Model::Model(trace::Trace trace, Unread) : trace_(std::move(trace)) {
    mend();
    join_processes();
    trace_.events.shrink_to_fit();
    const auto is_step = [](const Event& event) { return trace::is_step(event.kind); };
    step_events_.reserve(static_cast<std::size_t>(std::ranges::count_if(trace_.events, is_step)));
    for (std::size_t i = 0; i < trace_.events.size(); ++i) {
        if (is_step(trace_.events[i])) step_events_.push_back(static_cast<std::uint32_t>(i));
    }
    keyframes_.emplace_back(*processes_);
}

Model::Builder::Builder(trace::Trace trace)
    : model_(new Model(std::move(trace), Unread{})), lanes_(model_->trace()), state_(model_->processes()) {}

bool Model::Builder::read(std::uint32_t steps) {
    const std::uint32_t last = model_->steps() - state_.step > steps ? state_.step + steps : model_->steps();
    while (state_.step < last) model_->index_step(state_.step + 1, state_, lanes_);
    return state_.step == model_->steps();
}

std::unique_ptr<Model> Model::Builder::take() {
    model_->finish(std::move(state_), lanes_);
    return std::move(model_);
}

/// Everything below may then look texts and sources up without asking.
void Model::mend() {
    if (trace_.texts.empty()) trace_.texts.emplace_back();
    for (Event& event : trace_.events) {
        if (event.text >= trace_.texts.size()) event.text = 0;
        if (event.source >= trace_.sources.size()) event.source = 0;
    }
}

void Model::join_processes() {
    const bool alone = std::ranges::all_of(trace_.events, [](const Event& event) {
        return event.process == 0 && event.kind != EventKind::process_start && event.kind != EventKind::process_end;
    });
    if (!alone) recorded_ = std::make_unique<trace::Trace>(trace_);
    processes_ = std::make_unique<Processes>(Processes::join(trace_));
}

/// `state`: that of the step before; then the step's own.
void Model::index_step(std::uint32_t step, State& state, LaneBuilder& lanes) {
    const Event& event = this->event(step);
    const std::uint32_t ran = state.running;
    if (clock_.empty() || clock_.back().time != event.time) clock_.push_back({.from = step, .time = event.time});
    if (event.kind == EventKind::print) output_.push_back({step, event.time, event.coroutine, trace_.text(event)});
    lanes.before(event, state);
    lateness_builder_.before(extent(step), state);
    connections_.take(event, step, trace_);
    advance(state);
    lanes.after(extent(step), state);
    const bool another_runs = state.running != nobody && state.running != ran;
    if (another_runs) switches_.push_back(step);
    if (is_keyframe_due(state)) keyframes_.push_back(state);
}

void Model::finish(State state, LaneBuilder& lanes) {
    lanes.finish(state);
    lanes_ = lanes.take_lanes();
    longest_lanes_ = longest_of(lanes_, 20, [this](std::uint32_t step) {
        const std::int64_t begin = event(1).time, length = event(steps()).time - begin;
        const std::int64_t time = event(std::clamp(step, 1U, steps())).time - begin;
        return length > 0 ? static_cast<double>(time) / static_cast<double>(length) : 0;
    });
    arrows_ = lanes.take_arrows();
    rows_ = LaneRows(lanes_, *processes_);
    traffic_ = Traffic(trace_, *processes_);
    lateness_ = lateness_builder_.take();
    problems_ = find_problems(trace_, step_events_, state, lateness_);
    unplaced_.resize(problems_.size());
    std::iota(unplaced_.begin(), unplaced_.end(), std::size_t{0});
}

/// What a copy of a state takes, nearly: a queue has a block of 512 bytes even when it is empty.
static std::size_t bytes_of(const State& state) {
    constexpr std::size_t queue = 600;
    return sizeof(State) + queue + state.coroutines.size() * (sizeof(CoroutineState) + sizeof(std::uint32_t)) +
           state.channels.size() * (sizeof(ChannelState) + 3 * queue) + state.timers.size() * sizeof(TimerState) +
           state.timer_heap().size() * sizeof(HeapEntry) + state.loops.bytes();
}

/// In a run with many coroutines keyframes stand further apart, so that they add little to each step.
bool Model::is_keyframe_due(const State& state) const {
    constexpr std::size_t bytes_a_step = 16;
    const std::size_t passed = state.step - keyframes_.back().step;
    return passed >= keyframe_every && passed >= bytes_of(state) / bytes_a_step;
}

std::uint32_t Model::end_of(std::uint32_t step) const {
    if (step == 0) return 0;
    std::size_t end = step_events_[step - 1] + 1;
    while (end < trace_.events.size() && trace::is_detail(trace_.events[end].kind)) ++end;
    return static_cast<std::uint32_t>(end);
}

std::span<const Event> Model::extent(std::uint32_t step) const {
    const std::uint32_t begin = step_events_[step - 1];
    return std::span(trace_.events).subspan(begin, end_of(step) - begin);
}

const State& Model::nearest(std::uint32_t step) const {
    const State& keyframe = *std::prev(std::ranges::upper_bound(keyframes_, step, {}, &State::step));
    return recent_.step <= step && recent_.step > keyframe.step ? recent_ : keyframe;
}

void Model::advance_to(State& state, std::uint32_t step) const {
    while (state.step < step) advance(state);
}

State Model::at(std::uint32_t step) const {
    constexpr std::uint32_t little = 64;
    step = std::min(step, steps());
    State state = nearest(step);
    if (step - state.step > keyframe_every + little) {  // a long way: who asks next asks for a step near this one
        advance_to(state, step - little);
        recent_ = state;
    }
    advance_to(state, step);
    return state;
}

void Model::advance(State& state) const {
    if (state.step >= steps()) return;
    const std::uint32_t begin = end_of(state.step);
    const std::uint32_t end = end_of(state.step + 1);
    for (std::uint32_t i = begin; i < end; ++i) state.apply(trace_.events[i]);
}

const Event& Model::event(std::uint32_t step) const { return trace_.events[step_events_.at(step - 1)]; }

bool Model::has_wall_clock() const {
    if (step_events_.empty()) return false;
    return event(1).kind == EventKind::start && event(1).value == real_clock;
}

std::span<const Event> Model::events_after(std::uint32_t step) const {
    return std::span(trace_.events).subspan(end_of(std::min(step, steps())));
}

std::uint32_t Model::step_at_time(std::int64_t ns) const {
    const auto found = std::ranges::lower_bound(clock_, ns, {}, &ClockSpan::time);
    return found == clock_.end() ? steps() : found->from;
}

std::uint32_t Model::previous_switch(std::uint32_t step) const {
    const auto found = std::ranges::lower_bound(switches_, step);
    return found == switches_.begin() ? 0 : *std::prev(found);
}

std::uint32_t Model::next_switch(std::uint32_t step) const {
    const auto found = std::ranges::upper_bound(switches_, step);
    return found == switches_.end() ? steps() : *found;
}

std::uint32_t Model::previous_of(std::uint32_t coroutine, std::uint32_t step) const {
    const Lane* lane = this->lane(coroutine);
    if (!lane) return step;
    std::uint32_t nearest = 0;
    const auto stay = std::ranges::lower_bound(lane->stays, step, {}, &Stay::from);
    if (stay != lane->stays.begin()) nearest = std::prev(stay)->from;
    const auto operation = std::ranges::lower_bound(lane->operations, step, {}, &Operation::step);
    if (operation != lane->operations.begin()) nearest = std::max(nearest, std::prev(operation)->step);
    return nearest == 0 ? step : nearest;
}

std::uint32_t Model::next_of(std::uint32_t coroutine, std::uint32_t step) const {
    const Lane* lane = this->lane(coroutine);
    if (!lane) return step;
    std::uint32_t nearest = steps() + 1;
    const auto stay = std::ranges::upper_bound(lane->stays, step, {}, &Stay::from);
    if (stay != lane->stays.end()) nearest = stay->from;
    const auto operation = std::ranges::upper_bound(lane->operations, step, {}, &Operation::step);
    if (operation != lane->operations.end()) nearest = std::min(nearest, operation->step);
    return nearest > steps() ? step : nearest;
}

const Lane* Model::lane(std::uint32_t coroutine) const {
    const auto place = lane_place(coroutine);
    return place ? &lanes_[*place] : nullptr;
}

std::optional<std::size_t> Model::lane_place(std::uint32_t coroutine) const {
    if (coroutine < lanes_.size() && lanes_[coroutine].coroutine == coroutine) return coroutine;
    const auto found = std::ranges::lower_bound(lanes_, coroutine, {}, &Lane::coroutine);
    if (found == lanes_.end() || found->coroutine != coroutine) return std::nullopt;
    return static_cast<std::size_t>(found - lanes_.begin());
}

void Model::add_problem(Problem problem) {
    const auto known =
        std::ranges::find_if(unplaced_, [&](std::size_t index) { return is_same_finding(problem, problems_[index]); });
    if (known == unplaced_.end()) return problems_.push_back(std::move(problem));
    Problem& told = problems_[*known];
    told.file = std::move(problem.file);
    told.line = problem.line;
    told.remedy = std::move(problem.remedy);
    unplaced_.erase(known);
}

std::string_view Model::function_name(std::uint32_t coroutine) const {
    const Lane* lane = this->lane(coroutine);
    return lane ? std::string_view(lane->name) : std::string_view();
}

std::string Model::sentence(std::uint32_t step) const {
    return step == 0 || step > steps() ? "before the first step" : line(step).what;
}

std::string Model::call(std::uint32_t step) const { return step == 0 || step > steps() ? "" : line(step).call; }

EventLine Model::line(std::uint32_t step) const {
    if (told_.step != step) {
        State state = at(step - 1);
        told_ = next_line(state);
    }
    return told_;
}

EventLine Model::next_line(State& state) const {
    if (state.step >= steps()) return {};
    const std::span<const Event> extent = this->extent(state.step + 1);
    const Event& event = extent.front();
    const Before before = Before::of(trace_, event, state);
    advance(state);
    const Moment moment{trace_, event, extent.subspan(1), before, state};
    const std::uint32_t who = is_done_by_loop(event.kind) ? nobody : event.coroutine;
    return {.step = state.step,
            .time = event.time,
            .who = chip_text(who),
            .process = processes_->several() ? (*processes_)[processes_->of(event)].title : "",
            .verb = std::string(event_verb(event, state)),
            .what = sentence_text(moment),
            .call = call_text(moment)};
}

}  // namespace co::studio
