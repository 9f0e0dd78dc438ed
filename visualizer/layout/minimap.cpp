#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float rows_height = 20;

float alpha_of(Activity activity, bool future) {
    const bool acts = activity == Activity::running || activity == Activity::ready || activity == Activity::failed;
    return (acts ? 1.0F : 0.6F) * (future ? 0.5F : 1.0F);
}

/// A thin row for each lane; of very many, for those that lived longest.
void draw_rows(Scene& scene, const PanelInput& input, const TimelineScale& scale, float top) {
    const std::vector<std::uint32_t>& lanes = input.model.longest_lanes();
    if (lanes.empty()) return;
    const float pitch = std::min(5.0F, rows_height / static_cast<float>(lanes.size()));
    for (std::size_t row = 0; row < lanes.size(); ++row) {
        const Lane& lane = input.model.lanes()[lanes[row]];
        const float y = top + static_cast<float>(row) * pitch;
        for (const FoldedStay& stay : scale.fold_for_minimap(lane)) {
            if (stay.activity == Activity::unborn) continue;
            const float height = stay.activity == Activity::done ? 1 : std::max(1.0F, pitch * 0.6F);
            const float gap = stay.right - stay.left > 3 ? 0.5F : 0;
            const float alpha = alpha_of(stay.activity, stay.from > input.view.cursor);
            scene.fill({stay.left, y, stay.right - stay.left - gap, height}, ink_of(stay.activity), {.alpha = alpha});
        }
    }
}

/// The frame around what the lanes show, and a veil over the rest.
void draw_window(Scene& scene, const PanelInput& input, const TimelineScale& scale, float top, float height) {
    const float left = scale.window_left() - 2.5F;
    const float right = scale.window_right();
    scene.stroke({left, top + 0.5F, right - left, height - 3}, Ink::text2, {.radius = 3});
    const float first = TimelineScale::labels + 1;
    if (right + 1.5F < input.size.w) {
        scene.fill({right + 1.5F, top - 1, input.size.w - right - 1.5F, height}, Ink::window, {.alpha = 0.5F});
    }
    if (left - 1 > first + 4) scene.fill({first, top - 1, left - 1 - first, height}, Ink::window, {.alpha = 0.5F});
}

}  // namespace

void draw_minimap(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const float top = scale.metrics().minimap_top;
    const float space = scale.metrics().height - top;  // 34, or 25 below many lanes
    const float inset = space >= 34 ? 3 : 0;
    scene.fill({0, top, input.size.w, space - 2}, Ink::window);
    scene.line({0, top + 0.5F}, {input.size.w, top + 0.5F}, Ink::border);
    scene.text(12, top + inset + 17, "whole run", {.font = Font::caption, .ink = Ink::text3});
    if (input.model.steps() == 0) return;
    draw_rows(scene, input, scale, top + inset + 2);
    draw_window(scene, input, scale, top + inset, 24);
    const float x = std::max(scale.minimap_x(input.view.cursor), TimelineScale::left - 2);
    scene.line({x, top + inset - 1}, {x, top + inset + 23}, Ink::now, {.width = 2});
    scene.hit({TimelineScale::labels + 1, top, input.size.w - TimelineScale::labels - 1, space}, Target::minimap);
}

}  // namespace co::studio
