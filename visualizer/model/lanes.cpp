#include "visualizer/model/lanes.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>

#include "visualizer/model/words.h"

namespace co::studio {

using trace::Event;
using trace::EventKind;
using trace::nobody;

std::string function_of(std::string_view call) {
    // A function without a name is known by its place: "function at line 3".
    if (call.starts_with("function at ")) return std::string(call.substr(std::string_view("function ").size()));
    const std::size_t bracket = call.find('(');
    if (bracket == 0) return std::string(call);
    if (bracket != std::string_view::npos) return std::string(call.substr(0, bracket));
    // The main coroutine is called after its file, which may be a path.
    return std::string(call.substr(call.find_last_of('/') + 1));
}

std::vector<std::uint32_t> longest_of(const std::vector<Lane>& lanes, std::size_t most,
                                      const std::function<double(std::uint32_t)>& time_at) {
    std::vector<std::uint32_t> longest(lanes.size());
    std::iota(longest.begin(), longest.end(), 0U);
    if (longest.size() <= most) return longest;
    std::uint32_t steps = 1;
    for (const Lane& lane : lanes) steps = lane.stays.empty() ? steps : std::max(steps, lane.stays.back().to);
    std::vector<double> lives;
    for (const Lane& lane : lanes) {
        if (lane.stays.empty()) {
            lives.push_back(0);
            continue;
        }
        const Stay& last = lane.stays.back();
        const std::uint32_t from = lane.stays.front().from, to = last.activity == Activity::done ? last.from : last.to;
        lives.push_back(static_cast<double>(to - from) / steps + time_at(to) - time_at(from));
    }
    std::ranges::stable_sort(longest, std::greater(), [&](std::uint32_t lane) { return lives[lane]; });
    longest.resize(most);
    std::ranges::sort(longest);
    return longest;
}

void LaneBuilder::before(const Event& event, const State& state) {
    const std::uint32_t step = state.step + 1;
    if (event.kind != EventKind::pop) return;
    if (const ChannelState* channel = state.channel(event.object); channel && !channel->seats.empty()) {
        const Seat& taken = channel->seats.front();
        const auto parked = pushed_at_.find(taken.step);
        const std::uint32_t from_step = parked == pushed_at_.end() ? taken.step : parked->second;
        arrows_.push_back({.from_step = from_step, .to_step = step, .from = taken.producer, .to = event.coroutine});
    }
    if (const CoroutineState* producer = state.coroutine(event.other)) pushed_at_[step] = producer->since_step;
}

void LaneBuilder::after(std::span<const Event> extent, const State& state) {
    const Event& event = extent.front();
    note_operation(event, state);
    if (event.kind == EventKind::push && event.other != nobody) point(event.coroutine, event.other, state.step);
    if (event.kind == EventKind::pop && event.other != nobody) point(event.coroutine, event.other, state.step);
    for (const Event& part : extent) {
        note_activity(part.coroutine, state);
        const bool runs_other = part.kind == EventKind::go || part.kind == EventKind::resume;
        const bool names_other = runs_other || part.kind == EventKind::ready || part.kind == EventKind::back;
        if (names_other) note_activity(part.object, state);
        if (runs_other || part.kind == EventKind::ready) point(part.coroutine, part.object, state.step);
        if (part.kind == EventKind::push || part.kind == EventKind::pop) note_activity(part.other, state);
    }
    if (event.kind == EventKind::process_end || event.kind == EventKind::stopped) note_end_of_process(state);
}

/// All of its coroutines ended with it, although the step names none of them.
void LaneBuilder::note_end_of_process(const State& state) {
    for (const CoroutineState& one : state.coroutines) {
        if (one.since_step == state.step) note_activity(one.id, state);
    }
}

void LaneBuilder::finish(const State& state) {
    for (std::vector<Lane>& of_process : lanes_) {
        for (Lane& lane : of_process) {
            if (!lane.stays.empty()) lane.stays.back().to = state.step + 1;
            const CoroutineState* coroutine = state.coroutine(lane.coroutine);
            lane.name = coroutine ? function_of(trace_.texts[coroutine->name]) : "";
            lane.stays.shrink_to_fit();
            lane.operations.shrink_to_fit();
        }
        of_process.shrink_to_fit();
    }
    arrows_.shrink_to_fit();
}

/// A stay ends where the next begins, so only the last one of a lane is open.
void LaneBuilder::note_activity(std::uint32_t id, const State& state) {
    Lane* lane = lane_of(id, state);
    const CoroutineState* coroutine = state.coroutine(id);
    if (!lane || !coroutine || coroutine->activity == Activity::unborn) return;
    std::vector<Stay>& stays = lane->stays;
    const bool is_new_stay = stays.empty() || stays.back().from != coroutine->since_step;
    if (!is_new_stay || coroutine->since_step != state.step) return;
    if (!stays.empty() && stays.back().activity == coroutine->activity) return;
    if (!stays.empty()) stays.back().to = state.step;
    stays.push_back({.activity = coroutine->activity, .from = state.step, .to = state.step + 1});
}

void LaneBuilder::note_operation(const Event& event, const State& state) {
    Lane* lane = lane_of(event.coroutine, state);
    if (!lane) return;
    lane->operations.push_back({.step = state.step, .label = {event, state}, .parks = leaves_running(event.kind)});
}

void LaneBuilder::point(std::uint32_t from, std::uint32_t to, std::uint32_t step) {
    if (from == nobody || to == nobody || from == to) return;
    const Arrow arrow{.from_step = step, .to_step = step, .from = from, .to = to};
    // A push names the consumer that it woke, and so does the detail that follows it.
    for (auto known = arrows_.rbegin(); known != arrows_.rend() && known->to_step == step; ++known) {
        if (*known == arrow) return;
    }
    arrows_.push_back(arrow);
}

Lane* LaneBuilder::lane_of(std::uint32_t id, const State& state) {
    if (!state.coroutine(id)) return nullptr;
    const std::uint32_t process = process_of(id);
    if (lanes_.size() <= process) lanes_.resize(process + 1);
    std::vector<Lane>& lanes = lanes_[process];
    while (lanes.size() <= own_number(id)) {
        const std::uint32_t next = joined_number(process, static_cast<std::uint32_t>(lanes.size()));
        lanes.push_back({.coroutine = next, .chip = chip_text(next), .name = {}, .stays = {}, .operations = {}});
    }
    return &lanes[own_number(id)];
}

std::vector<Lane> LaneBuilder::take_lanes() {
    if (lanes_.size() == 1) return std::move(lanes_.front());
    std::vector<Lane> all;
    for (std::vector<Lane>& of_process : lanes_)
        std::move(of_process.begin(), of_process.end(), std::back_inserter(all));
    return all;
}

}  // namespace co::studio
