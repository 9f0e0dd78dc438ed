// The thread as it was held by one call, over all lanes; and the ticks that never came.
#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float held_frame = 5;
constexpr float held_ring = 4;

/// The step with which the process goes on; meanwhile others may have made some.
std::uint32_t last_step(const PanelInput& input, const Held& held) {
    if (!input.model.processes().several()) return held.step + 1;
    return std::max(held.step + 1, input.model.step_at_time(held.to()));
}

/// Where the band of a held thread stands; no width when it is out of sight.
Rect band_of(const PanelInput& input, const TimelineScale& scale, const Held& held) {
    const float size = scale.upright() ? input.size.h : input.size.w;
    const float begin = std::max(scale.x_of(held.step), scale.lanes_begin() - 2 * held_frame);
    const float last = scale.in_steps() ? scale.x_of(last_step(input, held)) : scale.x_of_time(held.to());
    const float end = std::min(std::max(last, begin + 2), size + 2 * held_frame);
    float across = scale.metrics().top - 2, breadth = scale.metrics().lanes + 4;
    if (scale.rows().grouped()) {
        const auto [first, after] = scale.rows().of_process(held.process);
        across = scale.lane_top(first);
        breadth = scale.lane_top(after) - across;
    }
    const float length = breadth > 0 ? std::max(0.0F, end - begin) : 0;
    return scale.upright() ? Rect{across, begin, breadth, length} : Rect{begin, across, length, breadth};
}

/// The instant in the lanes: inside a held thread's one step it stands where it would have come.
float x_of_instant(const PanelInput& input, const TimelineScale& scale, const DroppedTick& tick) {
    if (!scale.in_steps()) return scale.x_of_time(tick.due);
    for (const Held& held : input.model.lateness().held) {
        if (tick.due < held.from || tick.due > held.to() || held.time == 0) continue;
        const auto share =
            static_cast<float>(static_cast<double>(tick.due - held.from) / static_cast<double>(held.time));
        return scale.x_of(held.step) + share * (scale.x_of(held.step + 1) - scale.x_of(held.step));
    }
    return scale.x_of(tick.step);
}

}  // namespace

void draw_held(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    for (const Held& held : input.model.lateness().held) {
        const Rect band = band_of(input, scale, held);
        const float begin = scale.upright() ? band.y : band.x, length = scale.upright() ? band.h : band.w;
        const float size = scale.upright() ? input.size.h : input.size.w;
        if (length <= 0 || begin + length < scale.lanes_begin() || begin > size) continue;
        const Paint weak{.alpha = 0.4F, .pattern = Pattern::blocked_hatch};
        const Paint strong{.pattern = Pattern::blocked_hatch};
        if (length <= 2 * held_frame) {
            scene.fill(band, Ink::failed, strong);
            continue;
        }
        scene.fill({band.x + held_frame, band.y + held_frame, band.w - 2 * held_frame, band.h - 2 * held_frame},
                   Ink::failed, weak);
        scene.fill({band.x, band.y, band.w, held_frame}, Ink::failed, strong);
        scene.fill({band.x, band.bottom() - held_frame, band.w, held_frame}, Ink::failed, strong);
        scene.fill({band.x, band.y + held_frame, held_frame, band.h - 2 * held_frame}, Ink::failed, strong);
        scene.fill({band.right() - held_frame, band.y + held_frame, held_frame, band.h - 2 * held_frame}, Ink::failed,
                   strong);
    }
}

void draw_held_words(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    for (const Held& held : input.model.lateness().held) {
        const Rect band = band_of(input, scale, held);
        const float left = std::max(band.x + held_frame, TimelineScale::labels + 4);
        const std::string words = fmt::format("thread held {}", duration_text(held.time));
        const float width = input.measure(words, Font::caption_medium) + 12;
        if (left + width > band.right() - held_frame || left + width > input.size.w) continue;
        // Between the last lane and the frame nobody's own words stand. Of a process's band the middle of what is in
        // sight, if that is high enough.
        const float top = std::max(band.y, scale.metrics().top);
        const float bottom = std::min(band.bottom(), scale.metrics().top + scale.metrics().lanes);
        if (scale.rows().grouped() && bottom - top < 16) continue;
        const float y = scale.rows().grouped() ? top + (bottom - top - 16) / 2 : band.bottom() - held_frame - 17;
        const Rect plate{left + 4, y, width, 16};
        scene.fill(plate, Ink::panel, {.radius = 3});
        scene.stroke({plate.x + 0.5F, plate.y + 0.5F, plate.w - 1, plate.h - 1}, Ink::failed, {.radius = 3});
        scene.text(plate.x + 6, plate.y + 12, words, {.font = Font::caption_medium});
    }
}

void draw_dropped_ticks(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const LaneMetrics& metrics = scale.metrics();
    float drawn_to = 0;
    for (const DroppedTick& tick : input.model.lateness().dropped) {
        const float x = x_of_instant(input, scale, tick);
        if (x < TimelineScale::labels + held_ring || x > input.size.w - held_ring || x < drawn_to) continue;
        drawn_to = x + 2;
        scene.line({x, metrics.top}, {x, metrics.top + metrics.lanes}, Ink::waiting_timer, {.dash = 2, .gap = 3});
        scene.circle({x, 40.5F}, held_ring, Ink::raised);
        scene.circle({x, 40.5F}, held_ring, Ink::waiting_timer, 1.5F);
    }
}

}  // namespace co::studio
