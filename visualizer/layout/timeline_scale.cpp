#include "visualizer/layout/timeline_scale.h"

#include <algorithm>
#include <cmath>

namespace co::studio {

namespace {

constexpr float right_margin = 8;
constexpr float before_first = 5;        // the playhead of step 0 stands this far left of step 1
constexpr float playhead_share = 0.65F;  // of the window: where a followed playhead stands
constexpr float least_pixels_per_step = 0.001F;
constexpr float widest_fit = 72;  // px: a short run is not stretched beyond that
constexpr float upright_step = 20;
constexpr float upright_end = 24;  // below the last step: the event's text hangs under the playhead
constexpr float upright_origin = TimelineScale::head + 16;  // the playhead's tag finds room before the first step

/// Whose row stays in sight: of a process whose loop alone is at work, its heading.
std::uint32_t followed(const PanelInput& input) {
    const std::uint32_t focus = input.focus();
    return focus != trace::nobody ? focus : joined_number(input.state.process, 0);
}

}  // namespace

TimelineScale::TimelineScale(const PanelInput& input)
    : model_(&input.model),
      rows_(input.model, input.view),
      upright_(stands_upright(input.size)),
      size_(upright_ ? Size{input.size.h, input.size.w} : input.size),
      origin_(upright_ ? upright_origin : left),
      cursor_(input.view.cursor),
      metrics_(upright_ ? column_metrics(rows_.count(), input.size) : lane_metrics(rows_.count(), input.size.h)),
      pixels_per_step_(upright_ ? upright_step : std::max(input.view.pixels_per_step, least_pixels_per_step)) {
    const std::uint32_t steps = model_->steps();
    if (input.view.clock != Clock::steps && steps > 0) nanoseconds_ = model_->event(steps).time - model_->event(1).time;
    // A run that would end before the window does is stretched to fill it: there is nothing else to be seen.
    if (steps > 0 && !upright_) {
        const float fit = (size_.w - origin_ - right_margin) / static_cast<float>(steps);
        pixels_per_step_ = std::max(pixels_per_step_, std::min(fit, widest_fit));
    }
    length_ = std::max(1.0F, static_cast<float>(steps) * pixels_per_step_);
    nanoseconds_per_pixel_ = static_cast<double>(nanoseconds_) / static_cast<double>(length_);
    const std::uint32_t cursor = cursor_;
    playhead_ = position(cursor) - input.view.glide * (position(cursor) - position(cursor > 0 ? cursor - 1 : 0));
    const float wanted = input.view.timeline_follows ? playhead_ - playhead_share * (size_.w - origin_ - right_margin)
                                                     : (input.view.first_step - 1) * pixels_per_step_;
    const float end = length_ + (upright_ ? upright_end : right_margin);
    pan_ = std::clamp(wanted, 0.0F, std::max(0.0F, end - (size_.w - origin_)));

    const float hidden = static_cast<float>(rows_.count()) * metrics_.pitch - metrics_.lanes;
    const float scroll = input.view.lanes_scroll < 0 ? scroll_to(followed(input)) : input.view.lanes_scroll;
    wanted_scroll_ = std::clamp(scroll, 0.0F, std::max(0.0F, hidden));
    const bool is_whole = upright_ || input.view.lanes_scroll < 0;  // no head of a column, no followed row is cut
    scroll_ = is_whole ? std::round(wanted_scroll_ / metrics_.pitch) * metrics_.pitch : wanted_scroll_;
}

float TimelineScale::scroll_to(std::uint32_t coroutine) const {
    const auto row = lane_of(coroutine);
    if (!row) return 0;
    return (static_cast<float>(*row) + 0.5F) * metrics_.pitch - metrics_.lanes / 2;
}

float TimelineScale::position(std::uint32_t step) const {
    const std::uint32_t steps = model_->steps();
    if (step == 0 || steps == 0) return -before_first;
    if (nanoseconds_ == 0) return static_cast<float>(step - 1) * pixels_per_step_;
    return position_of_time(model_->event(std::min(step, steps)).time);
}

float TimelineScale::position_of_time(std::int64_t time) const {
    if (nanoseconds_ == 0) return 0;
    return static_cast<float>(static_cast<double>(time - model_->clock().front().time) / nanoseconds_per_pixel_);
}

TimelineScale TimelineScale::for_model(const Model& model) const {
    TimelineScale other = *this;
    other.model_ = &model;
    other.lane_limits_.clear();
    other.minimap_limits_.clear();
    const bool has_length = nanoseconds_ > 0 && model.steps() > 0;
    const std::int64_t length = has_length ? model.event(model.steps()).time - model.event(1).time : 0;
    if (length > 0) {
        other.length_ *= static_cast<float>(static_cast<double>(length) / static_cast<double>(nanoseconds_));
        other.nanoseconds_ = length;  // as many to a pixel as before
    }
    return other;
}

float TimelineScale::x_of(std::uint32_t step) const { return origin_ + position(step) - pan_; }

float TimelineScale::x_of_time(std::int64_t time) const { return origin_ + position_of_time(time) - pan_; }

std::uint32_t TimelineScale::step_at_position(float position) const {
    const std::uint32_t steps = model_->steps();
    if (steps == 0 || position < -before_first / 2) return 0;
    if (nanoseconds_ == 0) {
        const float step = std::round(position / pixels_per_step_) + 1;
        return static_cast<std::uint32_t>(std::clamp(step, 0.0F, static_cast<float>(steps)));
    }
    const double share = std::clamp(static_cast<double>(position / length_), 0.0, 1.0);
    const std::int64_t time =
        model_->event(1).time + static_cast<std::int64_t>(share * static_cast<double>(nanoseconds_));
    if (time >= model_->event(steps).time) return steps;
    return std::max<std::uint32_t>(model_->step_at_time(time + 1), 1) - 1;
}

std::uint32_t TimelineScale::step_at(float x) const { return step_at_position(x - origin_ + pan_); }

float TimelineScale::minimap_x_of(float position) const {
    return origin_ + position / length_ * (size_.w - origin_ - right_margin);
}

std::uint32_t TimelineScale::minimap_step_at(float x) const {
    return step_at_position((x - origin_) / (size_.w - origin_ - right_margin) * length_);
}

float TimelineScale::window_right() const {
    return std::min(minimap_x_of(pan_ + size_.w - origin_), size_.w - right_margin + 2);
}

float TimelineScale::lane_top(std::size_t row) const {
    return metrics_.top + static_cast<float>(row) * metrics_.pitch - scroll_;
}

std::pair<std::size_t, std::size_t> TimelineScale::visible_lanes() const {
    const auto first = static_cast<std::size_t>(scroll_ / metrics_.pitch);
    const auto after = static_cast<std::size_t>(std::ceil((scroll_ + metrics_.lanes) / metrics_.pitch));
    const std::size_t count = rows_.count();
    return {std::min(first, count), std::min(after, count)};
}

std::optional<std::uint32_t> TimelineScale::coroutine_at(Point point) const {
    const float at = across(point) - metrics_.top;
    if (at < 0 || at >= metrics_.lanes) return std::nullopt;
    const auto row = static_cast<std::size_t>((at + scroll_) / metrics_.pitch);
    if (row >= rows_.count()) return std::nullopt;
    return rows_.lane(row).coroutine;
}

/// The first stay from `stay` on that ends after `step`. It is near: of a long run few stays end within one pixel.
static std::vector<Stay>::const_iterator first_after(std::vector<Stay>::const_iterator stay,
                                                     std::vector<Stay>::const_iterator end, std::uint32_t step) {
    std::ptrdiff_t stride = 1;
    auto known = stay;
    while (end - stay > stride && (stay + stride)->to <= step) {
        known = stay + stride;
        stride *= 2;
    }
    const auto limit = end - stay > stride ? stay + stride : end;
    return std::partition_point(known, limit, [step](const Stay& one) { return one.to <= step; });
}

std::uint32_t TimelineScale::last_step_until(float position) const {
    constexpr std::uint32_t all = UINT32_MAX;
    if (nanoseconds_ == 0) {
        const float steps = std::floor(position / pixels_per_step_);
        return steps < 0 ? 0 : steps < 4e9F ? static_cast<std::uint32_t>(steps) + 1 : all;
    }
    const auto& spans = model_->clock();
    const std::int64_t time =
        spans.front().time + static_cast<std::int64_t>(static_cast<double>(position) * nanoseconds_per_pixel_);
    const auto next =
        std::partition_point(spans.begin(), spans.end(), [time](const ClockSpan& span) { return span.time <= time; });
    return next == spans.end() ? all : next->from - 1;
}

/// Columns of one pixel that look the same are one bar: a run of 100,000 steps has some hundred of them, not thousands.
void TimelineScale::add_column(std::vector<FoldedStay>& folded, const FoldedStay& column) const {
    const bool joins = !folded.empty() && folded.back().is_folded && folded.back().activity == column.activity &&
                       folded.back().right == column.left && (folded.back().to <= cursor_) == (column.to <= cursor_) &&
                       (folded.back().from > cursor_) == (column.from > cursor_);
    if (!joins) return folded.push_back(column);
    folded.back().right = column.right;
    folded.back().to = column.to;
}

template <class XOf, class Until>
std::vector<FoldedStay> TimelineScale::fold_with(const Lane& lane, float from_x, float to_x, const XOf& x,
                                                 const Until& last_until) const {
    std::vector<FoldedStay> folded;
    auto stay = std::partition_point(lane.stays.begin(), lane.stays.end(),
                                     [&](const Stay& one) { return x(one.to) <= from_x; });
    float drawn_to = from_x - 8;  // outlines of what begins before the window lie outside it
    while (stay != lane.stays.end() && drawn_to < to_x) {
        // Where a step stands is asked only of stays that may be seen as such: in virtual time each answer is looked
        // up.
        const float begin = stay->from <= last_until(drawn_to) ? drawn_to : std::max(x(stay->from), drawn_to);
        if (begin >= to_x) break;
        const std::uint32_t within = last_until(begin + 1);
        const bool is_done = stay->activity == Activity::done;
        if (stay->to > within || is_done) {
            const float end = std::min(x(stay->to), to_x + 8);
            if (end - begin >= 1 || is_done) {
                folded.push_back({stay->activity, begin, end, stay->from, stay->to, false, lane.coroutine});
                drawn_to = end;
                ++stay;
                continue;
            }
        }
        // Everything that ends within this pixel is drawn as one; that it ran is what must not be lost.
        const auto after = first_after(stay, lane.stays.end(), within);
        const auto last = std::max(stay + 1, after) - 1;
        // Between two waits it was ready and ran: of three stays in a row one is that.
        const auto few = last - stay < 3 ? last + 1 : stay + 3;
        const bool ran = last->activity == Activity::running ||
                         std::any_of(stay, few, [](const Stay& one) { return one.activity == Activity::running; });
        add_column(folded, {ran ? Activity::running : stay->activity, begin, begin + 1, stay->from, last->to, true,
                            lane.coroutine});
        drawn_to = begin + 1;
        stay = last + 1;
    }
    return folded;
}

/// For each pixel from `from_x` to `to_x` the last step that stands there or before, found once for all lanes.
template <class Until>
const std::vector<std::uint32_t>& TimelineScale::fill(std::vector<std::uint32_t>& limits, float from_x, float to_x,
                                                      const Until& last_until) {
    const auto wanted = static_cast<std::size_t>(std::max(0.0F, to_x - from_x)) + 3;
    while (limits.size() < wanted) limits.push_back(last_until(from_x + static_cast<float>(limits.size())));
    return limits;
}

static std::uint32_t limit_at(const std::vector<std::uint32_t>& limits, float pixel) {
    return limits[static_cast<std::size_t>(std::clamp(pixel, 0.0F, static_cast<float>(limits.size() - 1)))];
}

std::vector<FoldedStay> TimelineScale::fold(const Lane& lane, float from_x, float to_x) const {
    const float first = from_x - 8;
    if (lane_limits_.empty() || first != limits_from_) lane_limits_.clear(), limits_from_ = first;
    const auto& limits =
        fill(lane_limits_, first, to_x, [this](float x) { return last_step_until(x - origin_ + pan_); });
    return fold_with(
        lane, from_x, to_x, [this](std::uint32_t step) { return x_of(step); },
        [&limits, first](float x) { return limit_at(limits, x - first); });
}

std::vector<FoldedStay> TimelineScale::fold_for_minimap(const Lane& lane) const {
    const float scale = (size_.w - origin_ - right_margin) / length_;
    const float first = origin_ - 8;
    const auto& limits = fill(minimap_limits_, first, size_.w,
                              [this, scale](float x) { return last_step_until((x - origin_) / scale); });
    return fold_with(
        lane, origin_, size_.w, [this, scale](std::uint32_t step) { return origin_ + position(step) * scale; },
        [&limits, first](float x) { return limit_at(limits, x - first); });
}

}  // namespace co::studio
