// ProcessPlaces: where each process stands in the Processes view: other computers on the left, then the master with its
// reactors, the workers, the task workers; the manager below them.
//
//     ProcessPlaces places(processes, step, 476, 200);
//     places.of_role(role)->box        // worker 1's, whichever process plays it at that step
//
// A place is a part of the server, not a process: whoever replaces a dead one stands in its place. Places are those of
// the whole run, so that nothing jumps while it plays.
#pragma once

#include <optional>
#include <vector>

#include "visualizer/layout/scene.h"
#include "visualizer/model/processes.h"

namespace co::studio {

enum class Column : std::uint8_t { outside, reactors, workers, task_workers };
inline constexpr std::size_t column_count = 4;

struct ProcessPlace {
    Column column = Column::outside;
    std::uint32_t role = trace::nobody;         // nobody: it is no part of a server
    std::optional<std::uint32_t> process = {};  // who is there at the step, or was there last; none: nobody yet
    std::vector<std::uint32_t> before = {};     // who was there earlier
    bool is_replaced = false;                   // at some step of the run
    Rect box = {};
};

class ProcessPlaces {
  public:
    ProcessPlaces(const Processes& processes, std::uint32_t step, float width, float top);

    const std::vector<ProcessPlace>& all() const { return places_; }
    const ProcessPlace* of_role(std::uint32_t role) const;
    const ProcessPlace* of_process(std::uint32_t process) const;
    /// Around the reactors; no width: the master has none.
    const Rect& master() const { return master_; }
    const Rect& manager() const { return manager_; }
    std::optional<std::uint32_t> manager_process() const { return manager_process_; }
    bool has(Column column) const;
    /// Left edge of a column, and its width.
    float left_of(Column column) const { return left_[static_cast<std::size_t>(column)]; }
    float box_width() const { return width_; }
    float bottom() const { return bottom_; }

  private:
    void collect(const Processes& processes, std::uint32_t step);
    void take(const Processes& processes, std::uint32_t process, Column column, std::uint32_t step);
    void place(float width, float top);

    std::vector<ProcessPlace> places_;
    Rect master_, manager_;
    std::optional<std::uint32_t> manager_process_;
    bool has_manager_ = false, has_reactors_ = false;
    float left_[column_count] = {};
    float width_ = 0, bottom_ = 0;
};

}  // namespace co::studio
