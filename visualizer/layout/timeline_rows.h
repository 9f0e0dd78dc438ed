// TimelineRows: which rows the timeline shows, and whose lanes stand in them.
//
//     TimelineRows rows(model, view);
//     rows.count()            // 14
//     rows.lanes(3)           // places among model.lanes(), one after the other in time
//     rows.heading(3)         // the process that begins here, or null
//
// While a request is followed, only rows through which it goes are shown, and the headings.
//
// Of a run with one process every lane is a row. Of several each process has a heading, which is its main coroutine's
// row; a folded process shows no other.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "visualizer/layout/view.h"
#include "visualizer/model/model.h"

namespace co::studio {

class TimelineRows {
  public:
    TimelineRows(const Model& model, const View& view)
        : TimelineRows(model, view.cursor, view.folded, model.traffic().request(view.request)) {}
    /// At a step, with these processes folded.
    TimelineRows(const Model& model, std::uint32_t cursor, const std::vector<std::uint32_t>& folded = {},
                 const Request* followed = nullptr);

    bool grouped() const { return model_->rows().grouped(); }
    std::size_t count() const { return grouped() ? shown_.size() : model_->lanes().size(); }
    /// The lane that the row is about at the view's cursor.
    const Lane& lane(std::size_t row) const;
    /// All of its lanes, places among model.lanes().
    std::vector<std::uint32_t> lanes(std::size_t row) const;
    std::uint32_t process(std::size_t row) const;
    /// The process whose rows begin here.
    bool is_heading(std::size_t row) const;
    /// Its rows: from the first to before the second; none when it has no lanes.
    std::pair<std::size_t, std::size_t> of_process(std::uint32_t process) const;
    /// The row in which a coroutine's lane stands; of a folded process its heading.
    std::optional<std::size_t> row_of(std::uint32_t coroutine) const;

  private:
    const LaneRow& shown(std::size_t row) const { return model_->rows().all()[shown_[row]]; }

    const Model* model_;
    std::uint32_t cursor_;
    std::vector<std::uint32_t> shown_;     // of model.rows()
    std::vector<std::uint32_t> place_of_;  // of each of model.rows(): where it, or its heading, is shown
};

}  // namespace co::studio
