#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/future_view.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float name_left = 78;
constexpr float least_bar_for_words = 14;

void draw_bar(Scene& scene, const PanelInput& input, const TimelineScale& scale, const FoldedStay& stay, float top) {
    const Rect rect = bar_rect(scale.metrics(), stay.activity, top, stay.left, stay.right);
    fill_bar(scene, input, stay, rect, rect.w);
}

/// A coroutine that failed: crossed out for one step, a thin line from then on.
void draw_failed(Scene& scene, const PanelInput& input, const TimelineScale& scale, const FoldedStay& stay, float top) {
    FoldedStay cross = stay;
    cross.right = std::min(stay.right, stay.left + std::max(20.0F, scale.x_of(stay.from + 1) - scale.x_of(stay.from)));
    draw_bar(scene, input, scale, cross, top);
    const Rect rest = bar_rect(scale.metrics(), Activity::done, top, cross.right, stay.right);
    if (rest.w > 0) scene.fill(rest, Ink::failed);
}

void draw_label(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Lane& lane, float top) {
    const float middle = top + scale.metrics().pitch / 2;
    const bool selected = lane.coroutine == input.focus();
    if (selected) scene.fill({0, top, TimelineScale::labels, scale.metrics().pitch}, Ink::row);
    const Chip chip = chip_of(input, lane.coroutine);
    float right = 0;
    if (scale.metrics().pitch >= chip_height + 6) {
        right = 12 + draw_chip(scene, {12, middle - chip_height / 2}, chip, input.measure);
    } else {
        if (chip.outline == Outline::hovered)
            scene.stroke({10.5F, middle - 7.5F, 15, 15}, Ink::text2, {.width = 1.5F, .radius = 3});
        scene.fill({12, middle - 6, 12, 12}, ink_of(chip.activity), {.radius = 2});
        scene.icon(13, middle - 5, 10, glyph_of(chip.activity), ink_on(chip.activity));
        scene.text(30, middle + 4, chip.label, {.font = Font::chip, .ink = selected ? Ink::now : Ink::text1});
        right = 30 + input.measure(chip.label, Font::chip);
    }
    const float name = std::max(name_left, right + 10);
    scene.hit({0, top, TimelineScale::labels, scale.metrics().pitch}, Target::coroutine, lane.coroutine);
    const Point key{TimelineScale::labels - key_cap - 5, middle - key_cap / 2};
    const float end = draw_next_key(scene, key, input, lane.coroutine) ? key.x : TimelineScale::labels;
    scene.text(name, middle + 4, cut_to_fit(lane.name, Font::panel, std::max(1.0F, end - 4 - name), input.measure),
               {.ink = chip.activity == Activity::unborn ? Ink::text3 : Ink::text2});
}

/// The activity in which the lane is at `step`, and where that stay ends.
const Stay* stay_at(const Lane& lane, std::uint32_t step) {
    const auto stay =
        std::partition_point(lane.stays.begin(), lane.stays.end(), [&](const Stay& s) { return s.to <= step; });
    return stay != lane.stays.end() && stay->from <= step ? &*stay : nullptr;
}

/// Draws the operation's name if it fits between its step and `limit`.
void draw_operation(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Operation& operation,
                    Activity activity, float top, float limit) {
    const float x = scale.x_of(operation.step);
    const float width = input.measure(operation.label, Font::caption_medium);
    if (x + 4 + width + 1 > limit || x + 4 < TimelineScale::labels + 2) return;
    TextStyle style{.font = Font::caption_medium, .ink = Ink::on_running};
    const Rect bar = bar_rect(scale.metrics(), Activity::running, top, x, x + 1);
    if (activity == Activity::ready) style.ink = Ink::on_ready;
    if (activity != Activity::running && activity != Activity::ready) {
        style.ink = Ink::text1;
        scene.fill({x + 1.5F, bar.y + 1, width + 6, bar.h - 2}, Ink::panel, {.radius = 1});
    }
    scene.text(x + 4, top + scale.metrics().pitch / 2 + 4, std::string(operation.label), style);
}

/// What is drawn of one lane; in a row that several share, up to where the next one begins.
void draw_stays(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Lane& lane, float top,
                float limit) {
    for (FoldedStay stay : scale.fold(lane, TimelineScale::labels, input.size.w)) {
        if (stay.activity == Activity::unborn) continue;
        const bool is_over = stay.activity == Activity::done || stay.activity == Activity::failed;
        if (is_over) stay.right = std::min(stay.right, limit);
        if (stay.right <= stay.left) continue;
        if (stay.activity == Activity::failed) {
            draw_failed(scene, input, scale, stay, top);
        } else {
            draw_bar(scene, input, scale, stay, top);
        }
    }
}

/// All lanes of a row, one after the other.
void draw_row(Scene& scene, const PanelInput& input, const TimelineScale& scale, std::size_t row, float top) {
    const std::vector<std::uint32_t> lanes = scale.rows().lanes(row);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const Lane& lane = input.model.lanes()[lanes[i]];
        float limit = input.size.w + 8;
        if (i + 1 < lanes.size()) {
            const Lane& next = input.model.lanes()[lanes[i + 1]];
            if (!next.stays.empty()) limit = scale.x_of(next.stays.front().from) - 2;
        }
        draw_stays(scene, input, scale, lane, top, limit);
    }
}

void draw_operations_of(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Lane& lane, float top,
                        float end) {
    const std::uint32_t from = scale.step_at(TimelineScale::labels);
    const auto& all = lane.operations;
    auto next = std::partition_point(all.begin(), all.end(), [&](const Operation& o) { return o.step < from; });
    while (next != all.end() && next->step < input.view.cursor) {
        const Operation& operation = *next++;
        const Stay* stay = stay_at(lane, operation.step);
        if (!stay) continue;
        float limit = std::min(end, scale.x_of(stay->to) + 2);
        if (next != all.end()) limit = std::min(limit, scale.x_of(next->step) + 2);
        draw_operation(scene, input, scale, operation, stay->activity, top, limit);
    }
}

}  // namespace

void draw_lanes(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const auto [first, after] = scale.visible_lanes();
    for (std::size_t row = first; row < after; ++row) {
        const float top = scale.lane_top(row);
        if (scale.rows().grouped()) {
            draw_process_label(scene, input, scale, row);
        } else {
            draw_label(scene, input, scale, scale.rows().lane(row), top);
        }
        const bool ruled = row > 0 && (!scale.rows().grouped() || scale.rows().is_heading(row));
        if (ruled) scene.line({0, top + 0.5F}, {input.size.w, top + 0.5F}, Ink::border, {.alpha = 0.7F});
        scene.clip({TimelineScale::labels + 1, 41, input.size.w - TimelineScale::labels - 1, input.size.h - 41});
        draw_row(scene, input, scale, row, top);
        scene.unclip();
    }
}

void draw_operations(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    if (scale.metrics().bar < least_bar_for_words || !scale.in_steps()) return;
    const EventTag tag = event_tag(input, scale);
    const auto [first, after] = scale.visible_lanes();
    for (std::size_t row = first; row < after; ++row) {
        const float top = scale.lane_top(row);
        const bool has_tag = tag.left_of_playhead && tag.rect.y > top && tag.rect.y < top + scale.metrics().pitch;
        const float end = has_tag ? tag.rect.x : scale.playhead_x();
        for (const std::uint32_t lane : scale.rows().lanes(row))
            draw_operations_of(scene, input, scale, input.model.lanes()[lane], top, end);
    }
}

}  // namespace co::studio
