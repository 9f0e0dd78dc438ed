#include "visualizer/model/lane_rows.h"

#include <algorithm>

namespace co::studio {
namespace {

/// The step in which it came to its end, or after the run's last.
std::uint32_t end_of(const Lane& lane) {
    if (lane.stays.empty()) return 0;
    const Stay& last = lane.stays.back();
    const bool ended = last.activity == Activity::done || last.activity == Activity::failed;
    return ended ? last.from : last.to;
}

std::uint32_t begin_of(const Lane& lane) { return lane.stays.empty() ? UINT32_MAX : lane.stays.front().from; }

}  // namespace

LaneRows::LaneRows(const std::vector<Lane>& lanes, const Processes& processes) {
    if (!processes.several()) return;
    row_of_.resize(lanes.size());
    for (const std::uint32_t process : processes.in_order()) {
        if (process >= most_processes) continue;
        const auto begin = std::ranges::lower_bound(lanes, joined_number(process, 0), {}, &Lane::coroutine);
        const auto end = std::ranges::lower_bound(lanes, joined_number(process + 1, 0), {}, &Lane::coroutine);
        add_group(lanes, process, static_cast<std::size_t>(begin - lanes.begin()),
                  static_cast<std::size_t>(end - lanes.begin()));
    }
}

/// Each lane takes the first row whose last one has ended; the main coroutine keeps the first row for itself.
void LaneRows::add_group(const std::vector<Lane>& lanes, std::uint32_t process, std::size_t begin, std::size_t end) {
    const std::size_t first = rows_.size();
    std::vector<std::size_t> order(end - begin);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = begin + i;
    std::ranges::stable_sort(order, {}, [&](std::size_t lane) { return begin_of(lanes[lane]); });
    for (const std::size_t lane : order) {
        const bool is_main = own_number(lanes[lane].coroutine) == 0;
        const auto from = rows_.begin() + static_cast<std::ptrdiff_t>(std::min(first + 1, rows_.size()));
        const auto row = is_main ? rows_.end() : std::find_if(from, rows_.end(), [&](const LaneRow& one) {
            return end_of(lanes[one.lanes.back()]) <= begin_of(lanes[lane]);
        });
        const bool fresh = row == rows_.end();
        LaneRow& taken = fresh ? rows_.emplace_back(LaneRow{.process = process, .first = rows_.size() == first}) : *row;
        row_of_[lane] = static_cast<std::uint32_t>(fresh ? rows_.size() - 1 : row - rows_.begin());
        taken.lanes.push_back(static_cast<std::uint32_t>(lane));
    }
}

std::uint32_t lane_at(const LaneRow& row, const std::vector<Lane>& lanes, std::uint32_t step) {
    for (const std::uint32_t lane : row.lanes) {
        if (end_of(lanes[lane]) >= step) return lane;
    }
    return row.lanes.back();
}

}  // namespace co::studio
