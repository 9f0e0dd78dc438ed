#include <algorithm>
#include <cmath>
#include <optional>

#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float head_length = 7;
constexpr float head_half = 3.5F;
constexpr float least_drop = 18;  // px that a curve with its head needs

Activity activity_at(const Lane& lane, std::uint32_t step) {
    const auto stay =
        std::partition_point(lane.stays.begin(), lane.stays.end(), [&](const Stay& s) { return s.to <= step; });
    return stay != lane.stays.end() && stay->from <= step ? stay->activity : Activity::running;
}

struct Curve {
    Point from, pull_from, pull_to, tip;
    bool starts_at_bar = true;  // with a dot; else at the event's tag
};

/// Draws halo, curve, dot and head. The head points down or up, the way the curve arrives.
void draw_curve(Scene& scene, const Curve& curve, float down, bool past, float width) {
    const Ink ink = past ? Ink::text1 : Ink::text2;
    const Point end{curve.tip.x, curve.tip.y - down * (head_length - 1)};
    scene.bezier(curve.from, curve.pull_from, curve.pull_to, end, Ink::panel, {.width = 5});
    Stroke stroke{.width = width};
    if (!past) stroke.dash = 4, stroke.gap = 3;
    scene.bezier(curve.from, curve.pull_from, curve.pull_to, end, ink, stroke);
    if (curve.starts_at_bar) scene.circle(curve.from, 2.5F, ink);
    const float base = curve.tip.y - down * head_length;
    scene.polygon({curve.tip, {curve.tip.x + head_half, base}, {curve.tip.x - head_half, base}}, ink);
}

/// Neighbouring lanes leave no room for a curve. At one step it becomes a straight line that begins inside the bar,
/// beside the operation's name; over several steps it runs along the gap between the lanes.
void between_neighbours(Curve& curve, float down, float drop, float shift) {
    if (shift > 0) {
        curve.from = {curve.from.x + shift, curve.from.y - down * (least_drop - drop)};
        curve.tip.x = curve.from.x;
        curve.pull_from = curve.from;
        curve.pull_to = {curve.tip.x, curve.tip.y - down * head_length};
        return;
    }
    const float middle = (curve.from.y + curve.tip.y) / 2;
    const float way = curve.tip.x > curve.from.x ? 1 : -1;
    const float pull = std::min(24.0F, std::abs(curve.tip.x - curve.from.x) / 2);
    curve.pull_from = {curve.from.x + way * pull, middle};
    curve.pull_to = {curve.tip.x - way * pull, middle};
}

/// Where the arrow leaves one lane and arrives in the other.
Curve curve_of(const PanelInput& input, const TimelineScale& scale, const Arrow& arrow, std::size_t from,
               std::size_t to) {
    const float down = from < to ? 1.0F : -1.0F;
    const float inside = scale.in_steps() ? std::min(1.0F, scale.pixels_per_step() / 36) : 0;
    const auto edge = [&](std::size_t row, std::uint32_t coroutine, std::uint32_t step, float side) {
        const Activity activity = activity_at(*input.model.lane(coroutine), step);
        const Rect bar = bar_rect(scale.metrics(), activity, scale.lane_top(row), 0, 1);
        return side > 0 ? bar.bottom() + 1 : bar.y - 1;
    };
    Curve curve;
    curve.tip = {scale.x_of(arrow.to_step) + 8 * inside, edge(to, arrow.to, arrow.to_step, -down)};
    curve.from = {scale.x_of(arrow.from_step) + 16 * inside, edge(from, arrow.from, arrow.from_step, down)};
    const float drop = std::abs(curve.tip.y - curve.from.y);
    if (drop < least_drop) {
        between_neighbours(curve, down, drop, arrow.from_step == arrow.to_step ? 12 * inside : 0);
    } else {
        const float pull = drop * 0.55F;
        curve.pull_from = {curve.from.x, curve.from.y + down * pull};
        curve.pull_to = {curve.tip.x, curve.tip.y - down * (head_length - 1 + pull)};
    }

    const EventTag tag = event_tag(input, scale);
    const bool leaves_tag = arrow.from_step == input.view.cursor && tag.rect.w > 0 && !tag.left_of_playhead;
    if (leaves_tag && curve.tip.x > tag.rect.right() + 12) {
        const float y = tag.rect.y + tag.rect.h / 2;
        curve.from = {tag.rect.right() + 1, y};
        curve.pull_from = {(tag.rect.right() + curve.tip.x) / 2 + 6, y};
        curve.pull_to = {curve.tip.x, y};
        curve.starts_at_bar = false;
    }
    return curve;
}

void draw_arrow(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Arrow& arrow) {
    const auto from = scale.lane_of(arrow.from);
    const auto to = scale.lane_of(arrow.to);
    if (!from || !to || *from == *to) return;  // a timer has no lane; in one lane the bars tell it
    if (scale.x_of(arrow.to_step) < TimelineScale::labels || scale.x_of(arrow.from_step) > input.size.w) return;
    const bool past = arrow.to_step <= input.view.cursor;
    draw_curve(scene, curve_of(input, scale, arrow, *from, *to), *from < *to ? 1.0F : -1.0F, past,
               input.view.request != 0 ? 2 : 1.5F);
}

}  // namespace

namespace {

using Arrows = std::vector<Arrow>;

/// The last arrow that led to the coroutine, not before it was last woken: what lies before explains an earlier moment.
const Arrow* cause_of(const Arrows& arrows, Arrows::const_iterator after_now, std::uint32_t coroutine,
                      std::uint32_t woken) {
    for (auto arrow = after_now; arrow != arrows.begin();) {
        --arrow;
        if (arrow->to_step < woken) return nullptr;
        if (arrow->to == coroutine) return &*arrow;
    }
    return nullptr;
}

/// Where what the coroutine does at this very step leads: a value that it pushes is taken later, perhaps much later.
const Arrow* effect_of_now(const Model& model, Arrows::const_iterator after_now, std::uint32_t coroutine,
                           std::uint32_t now) {
    const Arrows& arrows = model.arrows();
    const trace::EventKind kind = now > 0 ? model.event(now).kind : trace::EventKind::start;
    if (kind == trace::EventKind::push || kind == trace::EventKind::push_wait) {
        const auto taken = std::find_if(after_now, arrows.end(), [&](const Arrow& arrow) {
            return arrow.from == coroutine && arrow.from_step == now;
        });
        if (taken != arrows.end()) return &*taken;
    }
    for (auto arrow = after_now; arrow != arrows.begin() && std::prev(arrow)->to_step == now; --arrow) {
        const Arrow& one = *std::prev(arrow);
        if (one.from == coroutine && one.from_step == now) return &one;
    }
    return nullptr;
}

}  // namespace

/// Arrows stand in the order in which they arrive, so none but those around this moment are looked at.
std::vector<const Arrow*> arrows_about(const PanelInput& input, std::uint32_t coroutine) {
    const std::uint32_t now = input.view.cursor;
    const CoroutineState* state = input.state.coroutine(coroutine);
    const Arrows& arrows = input.model.arrows();
    const auto after_now = std::ranges::upper_bound(arrows, now, {}, &Arrow::to_step);
    const Arrow* cause = cause_of(arrows, after_now, coroutine, state ? state->woken_step : 0);
    const Arrow* effect = effect_of_now(input.model, after_now, coroutine, now);
    if (!effect) {
        const auto next = std::find_if(after_now, arrows.end(), [coroutine](const Arrow& arrow) {
            return arrow.to == coroutine || arrow.from == coroutine;
        });
        if (next != arrows.end()) effect = &*next;
    }
    std::vector<const Arrow*> chosen;
    if (cause) chosen.push_back(cause);
    if (effect && effect != cause) chosen.push_back(effect);
    return chosen;
}

std::vector<const Arrow*> arrows_now(const PanelInput& input) {
    const Request* request = input.model.traffic().request(input.view.request);
    std::vector<const Arrow*> chosen;
    if (request) {
        for (const Arrow& hop : request->hops) chosen.push_back(&hop);
    } else {
        chosen = arrows_about(input, input.focus());
    }
    if (input.view.hovered == input.focus() || input.view.hovered == trace::nobody) return chosen;
    for (const Arrow* arrow : arrows_about(input, input.view.hovered)) {
        if (std::find(chosen.begin(), chosen.end(), arrow) == chosen.end()) chosen.push_back(arrow);
    }
    return chosen;
}

void draw_arrows(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    for (const Arrow* arrow : arrows_now(input)) draw_arrow(scene, input, scale, *arrow);
}

}  // namespace co::studio
