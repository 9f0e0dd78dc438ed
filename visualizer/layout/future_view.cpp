#include "visualizer/layout/future_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/command.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"
#include "visualizer/model/choice.h"

namespace co::studio {

namespace {

constexpr std::size_t keys = 9;
constexpr float ghost_alpha = 0.75F;

/// What happens at the step where the histories part: "co#3 chosen", "worker 1 ends".
std::string parting(const PanelInput& input) {
    if (input.difference > input.model.steps()) return "ends";
    const trace::Event& event = input.model.event(input.difference);
    if (event.kind == trace::EventKind::run) return Model::chip(event.coroutine) + " chosen";
    if (event.kind == trace::EventKind::segment_lost) return "message lost";
    if (event.kind == trace::EventKind::partition) return event.value == 1 ? "way cut" : "way healed";
    const auto place = input.model.processes().place_of(event.object);
    if (event.kind == trace::EventKind::process_end && place)
        return input.model.processes()[*place].title + (event.value > 128 ? " killed" : " ends");
    return "another history";
}

}  // namespace

bool draw_next_key(Scene& scene, Point at, const PanelInput& input, std::uint32_t coroutine) {
    if (!input.view.may_choose) return false;
    const std::vector<std::uint32_t> ready = candidates(input.model, input.state);
    const auto found = std::ranges::find(ready, coroutine);
    const auto place = static_cast<std::size_t>(found - ready.begin());
    if (found == ready.end() || place >= keys) return false;
    const Rect cap{at.x, at.y, key_cap, key_cap};
    scene.fill(cap, Ink::panel, {.radius = 3});
    scene.stroke({cap.x + 0.5F, cap.y + 0.5F, cap.w - 1, cap.h - 1}, Ink::now, {.radius = 3});
    scene.text(cap.x + cap.w / 2, cap.y + 12, std::to_string(place + 1),
               {.font = Font::caption_bold, .ink = Ink::text1, .align = Align::center});
    scene.hit({cap.x - 4, cap.y - 4, cap.w + 8, cap.h + 8}, Target::run_next, static_cast<std::uint32_t>(place));
    return true;
}

namespace {

float ghost_height(const LaneMetrics& metrics) { return metrics.pitch >= 26 ? 4 : metrics.pitch >= 22 ? 3 : 2; }

void draw_ghost(Scene& scene, const PanelInput& input, const TimelineScale& scale, const Lane& lane, float top) {
    const Lane* before = input.other ? input.other->lane(lane.coroutine) : nullptr;
    if (!before || input.difference == 0) return;
    const TimelineScale ghost_scale = scale.for_model(*input.other);
    const float height = ghost_height(scale.metrics());
    const float y = top + scale.metrics().pitch - height;
    for (const FoldedStay& stay : ghost_scale.fold(*before, TimelineScale::labels, input.size.w)) {
        // Until the histories part the ghost would only repeat the lane.
        if (stay.activity == Activity::unborn || stay.to <= input.difference) continue;
        const float left = std::max(stay.left, ghost_scale.x_of(input.difference));
        const bool thin = stay.activity == Activity::done;
        const float gap = stay.right - left > 3 ? 1 : 0;
        scene.fill({left + gap / 2, thin ? y + height - 1 : y, stay.right - left - gap, thin ? 1 : height},
                   ink_of(stay.activity), {.alpha = ghost_alpha});
    }
}

}  // namespace

void draw_ghosts(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const auto [first, after] = scale.visible_lanes();
    for (std::size_t row = first; row < after; ++row) {
        for (const std::uint32_t lane : scale.rows().lanes(row))
            draw_ghost(scene, input, scale, input.model.lanes()[lane], scale.lane_top(row));
    }
}

void draw_fork(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    if (!input.other || input.difference == 0) return;
    const float x = scale.x_of(input.difference);
    if (x < TimelineScale::labels || x > input.size.w) return;
    const float bottom = scale.metrics().top + scale.metrics().lanes;
    scene.line({x, 22}, {x, bottom}, Ink::text1, {.width = 1.5F, .dash = 4, .gap = 3});
    const std::string text = parting(input);
    const float width = input.measure(text, Font::caption_medium) + 12;
    const float left = std::min(x, input.size.w - width - 4);
    scene.fill({left, 22, width, 16}, Ink::text1, {.radius = 3});
    scene.text(left + 6, 34, text, {.font = Font::caption_medium, .ink = Ink::on_now});
    scene.hit({left, 22, width, 16}, Target::step, input.difference);
}

void draw_choose_button(Scene& scene, const PanelInput& input) {
    if (!input.view.may_choose) return;
    const bool on = input.view.choosing;
    // So that the mark that folds the panel is no part of the button.
    constexpr float rule = TimelineScale::labels - 21.5F;
    if (input.can_fold) scene.line({rule, 11}, {rule, 29}, Ink::border);
    const auto button = [&](float right, const std::string& text, Command command, bool filled) {
        const Font font = filled ? Font::caption_bold : Font::caption_medium;
        const float padding = input.can_fold && input.other ? 4 : 5;
        const float width = input.measure(text, font) + 2 * padding;
        const Rect rect{right - width, 9, width, 22};
        if (filled) scene.fill(rect, Ink::now, {.radius = 4});
        if (!filled)
            scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, Ink::strong_border, {.radius = 4});
        scene.text(rect.x + padding, 24, text, {.font = font, .ink = filled ? Ink::on_now : Ink::text2});
        scene.hit(rect, Target::command, number(command));
        return rect.x - 4;
    };
    const float right = button(TimelineScale::labels - (input.can_fold ? 28 : 16), "Choose", Command::choose, on);
    if (input.other) button(right, "Undo", Command::undo_choice, false);
}

}  // namespace co::studio
