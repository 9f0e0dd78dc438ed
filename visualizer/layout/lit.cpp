#include "visualizer/layout/lit.h"

#include <algorithm>

#include <co/subject.h>

#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr std::uint32_t most_steps = 4000;  // in sight: of more than that no single one can be seen

bool is_any_lit(const View& view) {
    return view.hovered_channel || view.selected_channel || view.hovered_timer || view.selected_timer;
}

bool waits_at(const CoroutineState& coroutine, std::optional<std::uint32_t> channel) {
    return channel && (coroutine.wait.stands_at(*channel, true) || coroutine.wait.stands_at(*channel, false));
}

bool has_set(const State& state, const CoroutineState& coroutine, std::optional<std::uint32_t> timer) {
    const TimerState* set = timer ? state.timer(*timer) : nullptr;
    return set && set->owner == coroutine.id;
}

}  // namespace

bool is_channel_lit(const View& view, std::uint32_t channel) {
    return view.hovered_channel == channel || view.selected_channel == channel;
}

bool is_timer_lit(const View& view, std::uint32_t timer) {
    return view.hovered_timer == timer || view.selected_timer == timer;
}

bool is_lit(const PanelInput& input, const CoroutineState& coroutine) {
    const View& view = input.view;
    return waits_at(coroutine, view.hovered_channel) || waits_at(coroutine, view.selected_channel) ||
           has_set(input.state, coroutine, view.hovered_timer) || has_set(input.state, coroutine, view.selected_timer);
}

bool is_lit(const PanelInput& input, const trace::Event& event) {
    if (!is_any_lit(input.view)) return false;
    switch (trace::subject_of(event.kind)) {
        case trace::Subject::channel:
            return is_channel_lit(input.view, event.object);
        case trace::Subject::timer:
            return is_timer_lit(input.view, event.object);
        default:
            return false;
    }
}

void draw_lit_steps(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    if (!is_any_lit(input.view) || input.model.steps() == 0) return;
    const std::uint32_t first = std::max(1U, scale.step_at(TimelineScale::labels));
    const std::uint32_t last = std::min(input.model.steps(), scale.step_at(scale.width()));
    if (last - first > most_steps) return;
    const LaneMetrics& metrics = scale.metrics();
    const float width = std::clamp(scale.in_steps() ? scale.pixels_per_step() : 0.0F, 6.0F, 14.0F);
    for (std::uint32_t step = first; step <= last; ++step) {
        const trace::Event& event = input.model.event(step);
        if (!is_lit(input, event)) continue;
        const auto lane = scale.lane_of(event.coroutine);
        if (!lane) continue;
        const float top = scale.lane_top(*lane);
        if (top + metrics.pitch < metrics.top || top > metrics.top + metrics.lanes) continue;
        const Rect bar = bar_rect(metrics, Activity::running, top, scale.x_of(step), scale.x_of(step) + width);
        scene.fill({bar.x, bar.bottom() + 1, width, 2}, Ink::text1);
    }
}

}  // namespace co::studio
