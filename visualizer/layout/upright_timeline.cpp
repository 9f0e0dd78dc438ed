#include "visualizer/layout/upright_timeline.h"

#include <algorithm>
#include <cmath>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/fit.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/process_places.h"
#include "visualizer/layout/timeline_layout.h"
#include "visualizer/model/words.h"

namespace co::studio {
namespace {

constexpr float head = TimelineScale::head;
constexpr float bar_left = 10;  // in its column
constexpr float words_gap = 5;  // between a bar and what stands beside it
constexpr float tag_height = 20;

class Columns {
  public:
    Columns(Scene& scene, const PanelInput& input)
        : scene_(scene), input_(input), scale_(input), gutter_(scale_.metrics().top) {}

    void draw() {
        scene_.scroll = scale_.lanes_scroll();
        scene_.content_height = static_cast<float>(scale_.rows().count()) * scale_.metrics().pitch;
        const Rect plot{gutter_, head, input_.size.w - gutter_, input_.size.h - head};
        scene_.hit({0, head, input_.size.w, plot.h}, Target::scrub);
        scene_.clip(plot);
        each_lane([this](const Lane& lane, float x) { draw_column(lane, x); });
        draw_held(scene_, input_, scale_);
        draw_veil();
        each_lane([this](const Lane& lane, float x) { draw_operations(lane, x); });
        for (const Arrow* arrow : arrows_now(input_)) draw_arrow(*arrow);
        scene_.unclip();
        draw_gutter();
        draw_heads();
        if (input_.model.steps() > 0) draw_playhead();
    }

  private:
    /// Several lanes may share a column, one after the other.
    template <typename Draw>
    void each_lane(const Draw& draw) {
        const auto [first, after] = scale_.visible_lanes();
        for (std::size_t column = first; column < after; ++column) {
            for (const std::uint32_t lane : scale_.rows().lanes(column))
                draw(input_.model.lanes()[lane], scale_.lane_top(column));
        }
    }

    /// The stretch of a column that a bar of this activity covers.
    Rect bar(Activity activity, float x, float top, float bottom) const {
        float width = scale_.metrics().bar;
        if (activity == Activity::ready) width *= 0.6F;
        if (activity == Activity::done) width = 2;
        const float gap = bottom - top > 3 ? 1 : 0;
        return {x + bar_left + (scale_.metrics().bar - width) / 2, top + gap / 2, width, bottom - top - gap};
    }
    float words_left(float x) const { return x + bar_left + scale_.metrics().bar + words_gap; }
    float middle_of(std::uint32_t step) const { return scale_.x_of(step) + half_step(); }
    float half_step() const { return scale_.in_steps() ? scale_.pixels_per_step() / 2 : 0; }

    void draw_bar(const FoldedStay& stay, float x, float top, float bottom) {
        const Rect rect = bar(stay.activity, x, top, bottom);
        fill_bar(scene_, input_, stay, rect, rect.h);
    }

    void draw_column(const Lane& lane, float x) {
        const float width = scale_.metrics().pitch;
        if (lane.coroutine == input_.focus()) scene_.fill({x, head, width, input_.size.h - head}, Ink::raised);
        if (x > gutter_) scene_.line({x + 0.5F, head}, {x + 0.5F, input_.size.h}, Ink::border, {.alpha = 0.7F});
        for (const FoldedStay& stay : scale_.fold(lane, head, input_.size.h)) {
            if (stay.activity == Activity::unborn) continue;
            if (stay.activity != Activity::failed) {
                draw_bar(stay, x, stay.left, stay.right);
                continue;
            }
            // Crossed out for one step, a thin line from then on.
            const float cross = std::min(stay.right, stay.left + std::max(16.0F, 2 * half_step()));
            draw_bar(stay, x, stay.left, cross);
            const Rect rest = bar(Activity::done, x, cross, stay.right);
            if (rest.h > 0) scene_.fill(rest, Ink::failed);
        }
    }

    void draw_veil() {
        const float y = std::max(scale_.playhead_x(), head);
        scene_.fill({gutter_, y, input_.size.w - gutter_, input_.size.h - y}, Ink::panel, {.alpha = 0.6F});
    }

    /// What the coroutine did, beside its bar, in the past only; in virtual time there is room for one at an instant.
    void draw_operations(const Lane& lane, float x) {
        const float left = words_left(x);
        const float room = x + scale_.metrics().pitch - 2 - left;
        float drawn_to = head;
        for (const Operation& operation : lane.operations) {
            const float y = middle_of(operation.step);
            if (operation.step >= input_.view.cursor || y > input_.size.h) break;
            const bool is_under_playhead = std::abs(y - scale_.playhead_x()) < 7;
            if (y - 7 < drawn_to || is_under_playhead) continue;
            const std::string text = cut_to_fit(operation.label, Font::caption, room, input_.measure);
            scene_.text(left, y + 4, text, {.font = Font::caption, .ink = Ink::text2});
            drawn_to = y + 7;
        }
    }

    // -- arrows ----------------------------------------------------------------------------------------------------

    void draw_arrow(const Arrow& arrow) {
        const auto from = scale_.lane_of(arrow.from);
        const auto to = scale_.lane_of(arrow.to);
        if (!from || !to || *from == *to) return;
        const float way = *from < *to ? 1.0F : -1.0F;
        Point start{beside(*from, arrow, way), middle_of(arrow.from_step)};
        const Point tip{
            way > 0 ? scale_.lane_top(*to) + bar_left - 1 : words_left(scale_.lane_top(*to)) - words_gap + 1,
            middle_of(arrow.to_step)};
        const Rect tag = event_rect();
        const bool leaves_tag = arrow.from_step == input_.view.cursor && tag.w > 0 && tip.y > tag.bottom() + 8;
        if (leaves_tag) start = {tag.x + tag.w / 2, tag.bottom() + 2};
        draw_curve(start, tip, way, leaves_tag, arrow.to_step <= input_.view.cursor);
    }

    /// Where an arrow leaves: behind the operation's name on its right, at the bar on its left.
    float beside(std::size_t column, const Arrow& arrow, float way) const {
        const float x = scale_.lane_top(column);
        if (way < 0) return x + bar_left - 3;
        const std::uint32_t step = arrow.from_step;
        const auto& all = input_.model.lane(arrow.from)->operations;
        const auto here = std::find_if(all.begin(), all.end(), [&](const Operation& one) { return one.step == step; });
        if (here == all.end() || step >= input_.view.cursor) return words_left(x);
        const float room = x + scale_.metrics().pitch - 2 - words_left(x);
        return words_left(x) + std::min(room, input_.measure(here->label, Font::caption)) + 4;
    }

    void draw_curve(Point from, Point tip, float way, bool leaves_down, bool past) {
        const Ink ink = past ? Ink::text1 : Ink::text2;
        Stroke stroke{.width = 1.5F};
        if (!past) stroke.dash = 4, stroke.gap = 3;
        const Point end{tip.x - way * 6, tip.y};
        const float pull = std::max(10.0F, std::abs(end.x - from.x) / 2);
        const Point leave = leaves_down ? Point{from.x, from.y + std::max(10.0F, (tip.y - from.y) * 0.7F)}
                                        : Point{from.x + way * pull, from.y};
        const Point arrive{end.x - way * std::min(pull, 24.0F), end.y};
        scene_.bezier(from, leave, arrive, end, Ink::panel, {.width = 5});
        scene_.bezier(from, leave, arrive, end, ink, stroke);
        if (!leaves_down) scene_.circle(from, 2.5F, ink);
        scene_.polygon({tip, {tip.x - way * 7, tip.y + 3.5F}, {tip.x - way * 7, tip.y - 3.5F}}, ink);
    }

    // -- clock, heads, playhead ------------------------------------------------------------------------------------

    void draw_gutter() {
        scene_.line({gutter_ - 0.5F, head}, {gutter_ - 0.5F, input_.size.h}, Ink::border);
        scene_.clip({0, head, input_.size.w, input_.size.h - head});
        float label_to = -100;
        for (const ClockSpan& span : input_.model.clock()) {
            const float y = std::floor(scale_.x_of(span.from)) + 0.5F;
            if (y < head || y > input_.size.h) continue;
            if (scale_.in_steps() && span.from > 1) {
                scene_.line({gutter_, y}, {input_.size.w, y}, Ink::strong_border, {.dash = 2, .gap = 3});
            }
            if (y - label_to >= 14) label(y, duration_text(span.time), Ink::text2), label_to = y;
        }
        if (scale_.in_steps()) draw_steps();
        scene_.unclip();
    }

    void draw_steps() {
        const auto& spans = input_.model.clock();
        const std::uint32_t first = std::max(1U, scale_.step_at(head));
        for (std::uint32_t step = first; step <= input_.model.steps(); ++step) {
            const float y = std::floor(scale_.x_of(step)) + 0.5F;
            if (y > input_.size.h) break;
            if (y < head || step % 5 != 0) continue;
            const bool is_near_time = std::any_of(spans.begin(), spans.end(), [&](const ClockSpan& span) {
                return std::abs(scale_.x_of(span.from) - y) < 14;
            });
            if (!is_near_time) label(y, std::to_string(step), Ink::text3);
        }
    }

    /// A mark on the gutter's edge with its text; not where the playhead's tag lies.
    void label(float y, std::string text, Ink ink) {
        scene_.line({gutter_ - 5, y}, {gutter_ - 1, y}, Ink::strong_border);
        if (std::abs(y - scale_.playhead_x()) < tag_height / 2 + 8 || y < head + 7) return;
        const float room = gutter_ - 10;
        if (input_.measure(text, Font::caption) > room) text = text.substr(0, text.find(' '));
        scene_.text(gutter_ - 8, y + 4, cut_to_fit(text, Font::caption, room, input_.measure),
                    {.font = Font::caption, .ink = ink, .align = Align::right});
    }

    void draw_heads() {
        scene_.fill({0, 0, input_.size.w, head}, Ink::raised);
        scene_.line({0, head - 0.5F}, {input_.size.w, head - 0.5F}, Ink::border);
        scene_.text(8, 19, "clock", {.font = Font::caption, .ink = Ink::text3});
        std::string now = duration_text(input_.state.time);
        if (input_.measure(now, Font::caption_bold) > gutter_ - 10) now = seconds_text(input_.state.time);
        scene_.text(8, 34, cut_to_fit(now, Font::caption_bold, gutter_ - 10, input_.measure),
                    {.font = Font::caption_bold, .ink = Ink::text1});
        scene_.clip({gutter_, 0, input_.size.w - gutter_, head});
        const auto [first, after] = scale_.visible_lanes();
        for (std::size_t column = first; column < after; ++column) draw_head(column, scale_.lane_top(column));
        scene_.unclip();
    }

    void draw_head(std::size_t column, float x) {
        const Lane& lane = scale_.rows().lane(column);
        Chip chip = chip_of(input_, lane.coroutine);
        const float room = scale_.metrics().pitch - bar_left - 4;
        draw_chip(scene_, {x + bar_left, 6}, chip, input_.measure);
        const bool heads = scale_.rows().is_heading(column);
        const Process& process = input_.model.processes()[scale_.rows().process(column)];
        std::vector<std::string> words{words_of(chip.activity)};
        if (chip.activity == Activity::waiting_io) words.emplace_back("waiting");
        if (heads) words = {process.title, short_title(process)};
        scene_.text(x + bar_left, 36, first_that_fits(words, Font::caption, room, input_.measure),
                    {.font = heads || chip.activity == Activity::running ? Font::caption_medium : Font::caption,
                     .ink = heads || chip.activity == Activity::running ? Ink::text1 : Ink::text2});
        scene_.hit({x, 0, scale_.metrics().pitch, head}, Target::coroutine, lane.coroutine);
    }

    /// Where the event's own text hangs on the playhead; no width when there is nothing to say.
    Rect event_rect() const {
        const std::uint32_t now = input_.view.cursor;
        if (now == 0 || now > input_.model.steps()) return {};
        const auto lane = scale_.lane_of(input_.model.event(now).coroutine);
        if (!lane) return {};
        const std::string text = event_text();
        const float x = scale_.lane_top(*lane);
        if (text.empty() || x < gutter_ - 1 || x + bar_left > input_.size.w) return {};
        const float width = input_.measure(text, Font::caption_bold) + 12;
        const float left = std::max(gutter_, std::min(words_left(x) - words_gap + 1, input_.size.w - 4 - width));
        return {left, scale_.playhead_x() + 1, width, tag_height};
    }

    std::string event_text() const {
        const float most = input_.size.w - gutter_ - 30;
        return cut_to_fit(input_.model.call(input_.view.cursor), Font::caption_bold, most, input_.measure);
    }

    void draw_playhead() {
        const float y = scale_.playhead_x();
        if (y < head - 6 || y > input_.size.h) return;
        scene_.line({gutter_ - 4, y}, {input_.size.w, y}, Ink::now, {.width = 2});
        const std::string step = std::to_string(input_.view.cursor);
        const float width = std::max(34.0F, input_.measure(step, Font::tag) + 8);
        const Rect tag{gutter_ - 6 - width, y - tag_height / 2, width, tag_height};
        scene_.fill(tag, Ink::now, {.radius = 3});
        scene_.polygon({{tag.right(), y - 5}, {tag.right() + 5, y}, {tag.right(), y + 5}}, Ink::now);
        scene_.text(tag.x + tag.w / 2, y + 4.5F, step, {.font = Font::tag, .ink = Ink::on_now, .align = Align::center});
        const Rect event = event_rect();
        if (event.w == 0) return;
        scene_.fill(event, Ink::now, {.radius = 3});
        scene_.text(event.x + 6, event.y + event.h / 2 + 4, event_text(),
                    {.font = Font::caption_bold, .ink = Ink::on_now});
    }

    Scene& scene_;
    const PanelInput& input_;
    TimelineScale scale_;
    float gutter_;
};

}  // namespace

Scene lay_out_upright_timeline(const PanelInput& input) {
    Scene scene;
    Columns columns(scene, input);
    columns.draw();
    if (input.model.lanes().empty()) {
        const std::string why =
            input.model.problems().empty() ? "Nothing has run yet." : "Nothing ran. The Problems tab says why.";
        scene.text(68, 80, why, {.font = Font::panel, .ink = Ink::text3});
    }
    return scene;
}

}  // namespace co::studio
