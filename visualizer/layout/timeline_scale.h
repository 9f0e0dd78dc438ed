// TimelineScale: which x stands for which step, which y for which lane; and back, for the mouse.
//
//     TimelineScale scale(input);
//     scale.x_of(20)          // 852, where the playhead of step 20 stands
//     scale.step_at(852)      // 20
//
// With the clock on steps each step is as wide as the next; in virtual time x follows the simulated clock.
//
// In a panel that stands upright (screen.h) time runs down: what is called x here, is then the panel's y, and lanes are
// columns. along() and across() say which is which.
#pragma once

#include <optional>
#include <vector>

#include "visualizer/layout/panel.h"
#include "visualizer/layout/screen.h"
#include "visualizer/layout/timeline_rows.h"

namespace co::studio {

/// A stay as it is drawn: several that are too short to be seen are one.
struct FoldedStay {
    Activity activity;
    float left, right;       // px
    std::uint32_t from, to;  // steps
    bool is_folded = false;  // each of them was shorter than a pixel
    std::uint32_t coroutine = trace::nobody;
};

class TimelineScale {
  public:
    static constexpr float labels = 160;  // width of the column with chips and names
    static constexpr float left = 168;    // x of the first step when nothing is panned

    static constexpr float head = 44;  // upright: height of the row with chips and states

    explicit TimelineScale(const PanelInput& input);

    bool upright() const { return upright_; }
    /// A point's place on the axis of time, and on that of the lanes.
    float along(Point point) const { return upright_ ? point.y : point.x; }
    float across(Point point) const { return upright_ ? point.x : point.y; }
    /// Where the lanes' own part begins on the axis of time.
    float lanes_begin() const { return upright_ ? head : labels; }
    /// Where the first step stands when nothing is panned.
    float origin() const { return origin_; }

    /// The same scale for another history: a step, and in virtual time an instant, stands at the same x.
    TimelineScale for_model(const Model& model) const;

    float x_of(std::uint32_t step) const;
    /// Where an instant (ns) stands when the clock is virtual.
    float x_of_time(std::int64_t time) const;
    /// Where the playhead stands; on its way to the cursor's step while it glides.
    float playhead_x() const { return origin_ + playhead_ - pan_; }
    /// The step nearest to `x`; in virtual time the last one that happened until then.
    std::uint32_t step_at(float x) const;
    /// View::first_step as it is in effect: following and clamping done. Zoom and pan start from it.
    float first_step() const { return 1 + pan_ / pixels_per_step_; }

    float minimap_x(std::uint32_t step) const { return minimap_x_of(position(step)); }
    std::uint32_t minimap_step_at(float x) const;
    /// Which part of the minimap the lanes show: its left and right x.
    float window_left() const { return minimap_x_of(pan_); }
    float window_right() const;

    const LaneMetrics& metrics() const { return metrics_; }
    float lanes_scroll() const { return scroll_; }
    /// As far as a person has scrolled; what is shown begins with a whole lane where it stands upright or follows.
    float wanted_scroll() const { return wanted_scroll_; }
    /// Which lanes stand in which row; without several processes each in its own.
    const TimelineRows& rows() const { return rows_; }
    /// Top of the row with this index, where it is after scrolling.
    float lane_top(std::size_t row) const;
    /// The rows in sight: from the first to before the second.
    std::pair<std::size_t, std::size_t> visible_lanes() const;
    /// The row in which its lane stands.
    std::optional<std::size_t> lane_of(std::uint32_t coroutine) const { return rows_.row_of(coroutine); }
    /// The coroutine whose lane lies under `point`.
    std::optional<std::uint32_t> coroutine_at(Point point) const;

    float width() const { return size_.w; }
    bool in_steps() const { return nanoseconds_ == 0; }
    float pixels_per_step() const { return pixels_per_step_; }

    /// The lane's stays between two x of the lanes, at most one a pixel; none of several short ones lies on both sides
    /// of the cursor.
    std::vector<FoldedStay> fold(const Lane& lane, float from_x, float to_x) const;
    /// The same for the minimap.
    std::vector<FoldedStay> fold_for_minimap(const Lane& lane) const;

  private:
    float position(std::uint32_t step) const;  // px from step 1, before panning
    float position_of_time(std::int64_t time) const;
    float minimap_x_of(float position) const;
    std::uint32_t step_at_position(float position) const;
    float scroll_to(std::uint32_t coroutine) const;
    /// The last step that stands at `position` or before it.
    std::uint32_t last_step_until(float position) const;
    template <class XOf, class Until>
    std::vector<FoldedStay> fold_with(const Lane& lane, float from_x, float to_x, const XOf& x_of,
                                      const Until& last_until) const;

    void add_column(std::vector<FoldedStay>& folded, const FoldedStay& column) const;

    template <class Until>
    static const std::vector<std::uint32_t>& fill(std::vector<std::uint32_t>& limits, float from_x, float to_x,
                                                  const Until& last_until);

    const Model* model_;
    TimelineRows rows_;
    bool upright_;
    Size size_;  // along and across
    float origin_;
    std::uint32_t cursor_;
    LaneMetrics metrics_;
    float pixels_per_step_ = 36;
    std::int64_t nanoseconds_ = 0;  // the run's length; 0: the clock is on steps
    double nanoseconds_per_pixel_ = 0;
    float length_ = 0;  // px of the whole run
    // The last step at each pixel, as far as it was asked for.
    mutable std::vector<std::uint32_t> lane_limits_{}, minimap_limits_{};
    mutable float limits_from_ = 0;  // px, of lane_limits_
    float playhead_ = 0;             // px from step 1, before panning
    float pan_ = 0;                  // px left of the window
    float scroll_ = 0;               // px above the window
    float wanted_scroll_ = 0;
};

}  // namespace co::studio
