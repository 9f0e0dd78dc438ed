#include "visualizer/layout/timeline_rows.h"

#include <algorithm>

namespace co::studio {

namespace {

bool goes_through(const Model& model, const LaneRow& row, const Request& request) {
    return std::ranges::any_of(row.lanes, [&](std::uint32_t lane) {
        return works_for(request, model.lanes()[lane].coroutine, 0, UINT32_MAX);
    });
}

}  // namespace

TimelineRows::TimelineRows(const Model& model, std::uint32_t cursor, const std::vector<std::uint32_t>& folded,
                           const Request* followed)
    : model_(&model), cursor_(cursor) {
    const std::vector<LaneRow>& all = model.rows().all();
    place_of_.reserve(all.size());
    for (std::uint32_t row = 0; row < all.size(); ++row) {
        const bool is_folded = std::ranges::find(folded, all[row].process) != folded.end();
        const bool is_aside = followed && !goes_through(model, all[row], *followed);
        if (all[row].first || (!is_folded && !is_aside)) shown_.push_back(row);
        place_of_.push_back(static_cast<std::uint32_t>(shown_.size() - 1));
    }
}

const Lane& TimelineRows::lane(std::size_t row) const {
    const std::vector<Lane>& lanes = model_->lanes();
    return grouped() ? lanes[lane_at(shown(row), lanes, cursor_)] : lanes[row];
}

std::vector<std::uint32_t> TimelineRows::lanes(std::size_t row) const {
    if (!grouped()) return {static_cast<std::uint32_t>(row)};
    return shown(row).lanes;
}

std::uint32_t TimelineRows::process(std::size_t row) const { return grouped() ? shown(row).process : 0; }

bool TimelineRows::is_heading(std::size_t row) const { return grouped() && shown(row).first; }

std::pair<std::size_t, std::size_t> TimelineRows::of_process(std::uint32_t process) const {
    if (!grouped()) return {0, count()};
    const auto is_own = [&](std::uint32_t row) { return model_->rows().all()[row].process == process; };
    const auto first = std::ranges::find_if(shown_, is_own);
    const auto after = std::find_if_not(first, shown_.end(), is_own);
    return {static_cast<std::size_t>(first - shown_.begin()), static_cast<std::size_t>(after - shown_.begin())};
}

std::optional<std::size_t> TimelineRows::row_of(std::uint32_t coroutine) const {
    const auto lane = model_->lane_place(coroutine);
    if (!lane || !grouped()) return lane;
    return place_of_[model_->rows().row_of(*lane)];
}

}  // namespace co::studio
