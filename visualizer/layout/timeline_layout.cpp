#include "visualizer/layout/timeline_layout.h"

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/fold_view.h"
#include "visualizer/layout/future_view.h"
#include "visualizer/layout/lit.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/upright_timeline.h"

namespace co::studio {

namespace {

constexpr float tag_padding = 7;
constexpr float tag_most = 320;
constexpr float tag_least = 16;  // height that its text needs, also in a low lane

void draw_veil_over_future(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const float x = std::max(scale.playhead_x(), TimelineScale::labels + 1);
    const float bottom = scale.metrics().top + scale.metrics().lanes;
    if (x < input.size.w) scene.fill({x, 41, input.size.w - x, bottom - 41}, Ink::panel, {.alpha = 0.6F});
}

void draw_nothing_ran(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const std::string why =
        input.model.problems().empty() ? "Nothing has run yet." : "Nothing ran. The Problems tab says why.";
    scene.text(TimelineScale::left + 4, scale.metrics().top + 18, why, {.font = Font::panel, .ink = Ink::text3});
}

}  // namespace

Rect bar_rect(const LaneMetrics& metrics, Activity activity, float top, float left, float right) {
    float height = metrics.bar;
    if (activity == Activity::ready) height = metrics.bar * 0.6F;
    if (activity == Activity::done) height = 2;
    const float gap = right - left > 3 ? 1 : 0;
    return {left + gap / 2, top + (metrics.pitch - height) / 2, right - left - gap, height};
}

/// While a request is followed, its own stays keep their strength, and what has nothing to do with it steps back.
static float strength_of(const PanelInput& input, const FoldedStay& stay) {
    const Request* request = input.model.traffic().request(input.view.request);
    if (!request || works_for(*request, stay.coroutine, stay.from, stay.to)) return 1;
    return stay.activity == Activity::running || stay.activity == Activity::failed ? 0.5F : 0.34F;
}

void fill_bar(Scene& scene, const PanelInput& input, const FoldedStay& stay, Rect rect, float length) {
    constexpr float past_alpha = 0.82F;
    const float alpha = (stay.to <= input.view.cursor ? past_alpha : 1) * strength_of(input, stay);
    Paint paint{.alpha = alpha, .radius = 2, .pattern = pattern_of(stay.activity)};
    if (stay.activity == Activity::done || length < 4) paint.radius = 0;
    if (paint.pattern != Pattern::solid && length >= 3) {
        rect = {rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1};  // its outline's centre
    } else {
        paint.pattern = Pattern::solid;
    }
    scene.fill(rect, ink_of(stay.activity), paint);
}

EventTag event_tag(const PanelInput& input, const TimelineScale& scale) {
    EventTag tag;
    if (input.view.cursor == 0 || input.view.cursor > input.model.steps()) return tag;
    const auto lane = scale.lane_of(input.model.event(input.view.cursor).coroutine);
    if (!lane) return tag;
    const float top = scale.lane_top(*lane);
    const LaneMetrics& metrics = scale.metrics();
    if (top < metrics.top - 1 || top + metrics.pitch > metrics.top + metrics.lanes + 1) return tag;

    tag.text = cut_to_fit(input.model.call(input.view.cursor), Font::code_small_bold, tag_most, input.measure);
    if (tag.text.empty()) return tag;
    const float width = input.measure(tag.text, Font::code_small_bold) + 2 * tag_padding;
    const float x = scale.playhead_x();
    tag.left_of_playhead = x + width > input.size.w - 4;
    const float height = std::max(metrics.bar, tag_least);
    tag.rect = {tag.left_of_playhead ? x - width : x, top + (metrics.pitch - height) / 2, width, height};
    return tag;
}

void draw_playhead(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const float x = scale.playhead_x();
    if (x < TimelineScale::labels || x > input.size.w) return;
    const float bottom = scale.metrics().top + scale.metrics().lanes;
    scene.line({x, 20}, {x, bottom}, Ink::now, {.width = 2});
    const std::string step = std::to_string(input.view.cursor);
    const float width = std::max(34.0F, input.measure(step, Font::tag) + 14);
    // At the window's edge it stands beside the line, not cut off.
    const float left =
        std::clamp(x - width / 2, TimelineScale::labels, std::max(TimelineScale::labels, input.size.w - width - 1));
    scene.fill({left, 2, width, 18}, Ink::now, {.radius = 3});
    scene.polygon({{x - 5, 20}, {x + 5, 20}, {x, 25}}, Ink::now);
    scene.text(left + width / 2, 15, step, {.font = Font::tag, .ink = Ink::on_now, .align = Align::center});

    const EventTag tag = event_tag(input, scale);
    if (tag.rect.w == 0) return;
    scene.fill(tag.rect, Ink::now, {.radius = 3});
    const float square = tag.left_of_playhead ? tag.rect.right() - 4 : tag.rect.x;
    scene.fill({square, tag.rect.y, 4, tag.rect.h}, Ink::now);  // no round corners at the playhead
    scene.text(tag.rect.x + tag_padding, tag.rect.y + tag.rect.h / 2 + 4, tag.text,
               {.font = Font::code_small_bold, .ink = Ink::on_now});
}

Scene lay_out_timeline(const PanelInput& input) {
    if (stands_upright(input.size)) return lay_out_upright_timeline(input);
    Scene scene;
    scene.items.reserve(2048);
    const TimelineScale scale(input);
    const LaneMetrics& metrics = scale.metrics();
    scene.scroll = scale.lanes_scroll();
    scene.content_height = static_cast<float>(scale.rows().count()) * metrics.pitch;

    draw_ruler(scene, input, scale);
    draw_choose_button(scene, input);
    draw_fold_mark(scene, input, {TimelineScale::labels + 3, 12},
                   input.view.division.folded.timeline ? Icon::chevron_up : Icon::chevron_down, Command::fold_timeline);
    const Rect plot{TimelineScale::labels + 1, 0, input.size.w - TimelineScale::labels - 1, metrics.minimap_top};
    scene.hit(plot, Target::scrub);
    scene.clip({0, 41, input.size.w, metrics.top + metrics.lanes - 41});
    draw_lanes(scene, input, scale);
    scene.clip({plot.x, 40, plot.w, metrics.top + metrics.lanes - 40});
    draw_held(scene, input, scale);
    scene.unclip();
    scene.clip({plot.x, 41, plot.w, metrics.top + metrics.lanes - 41});
    draw_veil_over_future(scene, input, scale);
    draw_ghosts(scene, input, scale);
    draw_operations(scene, input, scale);
    draw_lit_steps(scene, input, scale);
    draw_held_words(scene, input, scale);
    draw_arrows(scene, input, scale);
    scene.unclip();
    scene.unclip();
    if (input.model.lanes().empty()) draw_nothing_ran(scene, input, scale);
    const float x = TimelineScale::labels + 0.5F;
    scene.line({x, 0}, {x, metrics.top + metrics.lanes}, Ink::border);
    draw_dropped_ticks(scene, input, scale);
    draw_fork(scene, input, scale);
    if (input.model.steps() > 0) draw_playhead(scene, input, scale);
    draw_minimap(scene, input, scale);
    return scene;
}

}  // namespace co::studio
