// LaneRows: how lanes stand below each other: grouped by process, and in a group coroutines that did not live at the
// same time share a row, as they share stacks.
//
//     LaneRows rows(lanes, processes);
//     rows[3].process      // a place among the processes
//     rows[3].lanes        // places among the lanes, one after the other in time
//
// Of a run with one process every lane has a row of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "visualizer/model/lanes.h"
#include "visualizer/model/processes.h"

namespace co::studio {

struct LaneRow {
    std::uint32_t process = 0;
    bool first = false;  // of its process: it bears the heading
    std::vector<std::uint32_t> lanes{};
};

class LaneRows {
  public:
    LaneRows() = default;
    LaneRows(const std::vector<Lane>& lanes, const Processes& processes);

    /// Several processes: rows are grouped. Else there is a row for each lane, and none is kept here.
    bool grouped() const { return !rows_.empty(); }
    const std::vector<LaneRow>& all() const { return rows_; }
    /// The row of a lane, when grouped.
    std::uint32_t row_of(std::size_t lane) const { return row_of_[lane]; }

  private:
    void add_group(const std::vector<Lane>& lanes, std::uint32_t process, std::size_t begin, std::size_t end);

    std::vector<LaneRow> rows_;
    std::vector<std::uint32_t> row_of_;  // by lane
};

/// The lane of a row that is there at `step`: the one that lives, else the next to come, else the last.
std::uint32_t lane_at(const LaneRow& row, const std::vector<Lane>& lanes, std::uint32_t step);

}  // namespace co::studio
