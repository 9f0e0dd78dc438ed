#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "visualizer/layout/timeline_layout.h"

namespace co::studio {

namespace {

constexpr float header_height = 40;
constexpr float least_tick_distance = 6;
constexpr float least_label_distance = 100;

/// Every how many steps a label stands: 1, 5, 10, 25, 50, 100, …
std::uint32_t label_distance(float pixels_per_step) {
    if (pixels_per_step >= least_label_distance) return 1;
    for (std::uint32_t ten = 10; ten < 1'000'000'000; ten *= 10) {
        for (const std::uint32_t distance : {ten / 2, ten, ten * 5 / 2}) {
            if (static_cast<float>(distance) * pixels_per_step >= least_label_distance) return distance;
        }
    }
    return 1'000'000'000;
}

/// Whether a label would lie under the playhead's tag.
bool under_tag(float left, float right, float playhead) { return left < playhead + 20 && right > playhead - 20; }

void draw_steps(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const std::uint32_t major = label_distance(scale.pixels_per_step());
    std::uint32_t minor = 1;
    if (scale.pixels_per_step() < least_tick_distance) minor = std::max(1U, major / 5);
    const std::uint32_t first = std::max(1U, scale.step_at(TimelineScale::labels)) / minor * minor;
    const float playhead = scale.playhead_x();
    for (std::uint32_t step = std::max(first, minor); step <= input.model.steps(); step += minor) {
        const float x = std::floor(scale.x_of(step)) + 0.5F;
        if (x > input.size.w) break;
        const bool labelled = step % major == 0;
        scene.line({x, labelled ? 8.0F : 14.0F}, {x, 20}, Ink::strong_border);
        if (!labelled) continue;
        const std::string text = std::to_string(step);
        const float right = x + 3.5F + input.measure(text, Font::caption);
        if (right > input.size.w || under_tag(x, right, playhead)) continue;
        scene.text(x + 3.5F, 14, text, {.font = Font::caption, .ink = Ink::text3});
    }
}

/// "120 ms", or where that is too wide "120", or nothing.
std::string span_text(std::int64_t time, Font font, float width, const MeasureText& measure) {
    std::string text = duration_text(time);
    if (measure(text, font) > width) text = text.substr(0, text.find(' '));
    if (measure(text, font) > width) text.clear();
    return text;
}

/// Where a text of this width goes so that the playhead does not run through it: right of it, if that fits.
float clear_of(float playhead, float x, float width, float right) {
    const bool crossed = x < playhead + 2 && x + width > playhead - 2;
    return crossed && playhead + 6 + width <= right ? playhead + 6 : x;
}

/// The second row when the clock is on steps: which steps happened at the same instant.
void draw_clock_spans(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const auto& spans = input.model.clock();
    const float lanes_bottom = scale.metrics().top + scale.metrics().lanes;
    const std::uint32_t first = scale.step_at(TimelineScale::labels);
    auto span = std::partition_point(spans.begin(), spans.end(), [&](const ClockSpan& s) { return s.from <= first; });
    if (span != spans.begin()) --span;
    const float playhead = scale.x_of(input.view.cursor);
    const auto end_of = [&](const ClockSpan& one) {
        return scale.x_of(&one == &spans.back() ? input.model.steps() + 1 : (&one + 1)->from);
    };
    float drawn_to = 0;
    for (; span != spans.end(); ++span) {
        // Of those that end within three pixels none can be told from the others.
        span = std::partition_point(span, spans.end(), [&](const ClockSpan& s) { return end_of(s) - drawn_to < 3; });
        if (span == spans.end()) break;
        const float left = scale.x_of(span->from);
        if (left > input.size.w - 8) break;
        const auto next = span + 1;
        const float right = std::min(end_of(*span), input.size.w - 8);
        drawn_to = right;
        const bool now = span->from <= input.view.cursor && (next == spans.end() || input.view.cursor < next->from);
        const Rect box{left + 1, 24, right - left - 2, 12};
        if (box.w > 0) scene.fill(box, Ink::row, {.radius = 2});
        const float x = std::max(box.x, TimelineScale::labels + 1) + 5;
        const Font font = now ? Font::caption_bold : Font::caption;
        const std::string text = span_text(span->time, font, box.right() - x - 2, input.measure);
        if (!text.empty()) {
            const float clear = clear_of(playhead, x, input.measure(text, font), box.right() - 2);
            scene.text(clear, 33.5F, text, {.font = font, .ink = now ? Ink::text1 : Ink::text2});
        }
        if (span != spans.begin()) {
            const float jump = std::floor(left) + 0.5F;
            scene.line({jump, header_height}, {jump, lanes_bottom}, Ink::strong_border, {.dash = 2, .gap = 3});
        }
    }
}

/// "20", or of an instant with several steps "20–28".
std::string steps_text(std::uint32_t from, std::uint32_t after) {
    return after - from > 1 ? fmt::format("{}–{}", from, after - 1) : std::to_string(from);
}

/// Both rows in virtual time: a label for each instant at which something happened, and the steps of that instant.
void draw_instants(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    const auto& spans = input.model.clock();
    const auto first_at = [&](auto from, float x) {
        return std::partition_point(from, spans.end(), [&](const ClockSpan& s) { return scale.x_of_time(s.time) < x; });
    };
    const float playhead = scale.playhead_x();
    float time_to = 0, steps_to = 0, x = 0;
    for (auto span = first_at(spans.begin(), TimelineScale::labels); span != spans.end();
         span = first_at(span + 1, x + 0.5F)) {  // one a pixel: a long run has thousands of instants
        x = std::floor(scale.x_of_time(span->time)) + 0.5F;
        if (x > input.size.w) break;
        const std::uint32_t after = span + 1 == spans.end() ? input.model.steps() + 1 : (span + 1)->from;
        const bool now = span->from <= input.view.cursor && input.view.cursor < after;
        if (x - time_to > 2 || span == spans.begin()) scene.line({x, 8}, {x, 20}, Ink::strong_border);
        if (x >= time_to) {
            const std::string time = duration_text(span->time);
            const float right = x + 3.5F + input.measure(time, Font::caption);
            const bool fits = right < input.size.w && !under_tag(x, right, playhead);
            if (fits) scene.text(x + 3.5F, 14, time, {.font = Font::caption, .ink = Ink::text3});
            if (fits) time_to = right + 8;
        }
        if (x < steps_to) continue;
        const std::string steps = steps_text(span->from, after);
        const Font font = now ? Font::caption_bold : Font::caption;
        const float width = input.measure(steps, font) + 10;
        // The playhead's own is never left out: where it would not fit it stands on the other side.
        float left = x + 0.5F;
        if (now) left = std::max(left, std::floor(playhead) + 3);
        if (now && left + width > input.size.w) left = std::floor(playhead) - 4 - width;
        const bool is_crossed = left < playhead + 2 && left + width > playhead - 2;
        if (left + width > input.size.w || left < steps_to || (is_crossed && !now)) continue;
        scene.fill({left, 24, width, 12}, Ink::row, {.radius = 2});
        scene.text(left + 5, 33.5F, steps, {.font = font, .ink = now ? Ink::text1 : Ink::text2});
        steps_to = left + width + 2;
    }
}

}  // namespace

void draw_ruler(Scene& scene, const PanelInput& input, const TimelineScale& scale) {
    scene.fill({0, 0, input.size.w, header_height}, Ink::raised);
    scene.line({0, header_height + 0.5F}, {input.size.w, header_height + 0.5F}, Ink::border);
    const TextStyle label{.font = Font::caption, .ink = Ink::text3};
    if (!input.other) {  // else Undo stands there
        scene.text(12, 16, scale.in_steps() ? "step" : "clock", label);
        scene.text(12, 33, scale.in_steps() ? "clock" : "steps", label);
    }
    scene.clip({TimelineScale::labels + 1, 0, input.size.w - TimelineScale::labels - 1, input.size.h});
    if (scale.in_steps()) {
        draw_steps(scene, input, scale);
        draw_clock_spans(scene, input, scale);
    } else {
        draw_instants(scene, input, scale);
    }
    scene.unclip();
}

}  // namespace co::studio
