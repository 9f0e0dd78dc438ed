// ProcessPlaces: where each process stands in the Processes view: other computers on the left, then the master with its
// reactors, the workers, the task workers; the manager below them. Where that is too narrow for their names, the same
// from top to bottom, a line for each.
//
//     ProcessPlaces places(processes, step, {476, 200}, measure);
//     places.of_role(role)->box        // worker 0's, whichever process plays it at that step
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
    std::uint32_t first = 0;                    // the process that is the first to be there
    std::optional<std::uint32_t> process = {};  // who is there at the step, or was there last; none: nobody yet
    std::vector<std::uint32_t> before = {};     // who was there earlier
    bool is_replaced = false;                   // at some step of the run
    Rect box = {};
};

/// "task worker 2", or below a caption that says the rest "task 2".
std::string short_title(const Process& process);

class ProcessPlaces {
  public:
    struct Room {
        float width = 0, top = 0;
    };
    ProcessPlaces(const Processes& processes, std::uint32_t step, Room room, const MeasureText& measure);

    const std::vector<ProcessPlace>& all() const { return places_; }
    const ProcessPlace* of_role(std::uint32_t role) const;
    const ProcessPlace* of_process(std::uint32_t process) const;
    /// Around the reactors; no width: the master has none.
    const Rect& master() const { return master_; }
    const Rect& manager() const { return manager_; }
    std::optional<std::uint32_t> manager_process() const { return manager_process_; }
    bool has(Column column) const;
    /// One below the other, with the pipes beside them; else in columns, with the pipes between them.
    bool is_stacked() const { return stacked_; }
    /// Lines of text in a box: 1, title, number and state; 2, the state below them; 3, each by itself.
    int lines() const { return lines_; }
    /// Where the caption of a column stands, and how wide its boxes are.
    Point caption(Column column) const { return captions_[static_cast<std::size_t>(column)]; }
    float box_width() const { return width_; }
    float bottom() const { return bottom_; }
    /// On which edge of a box what goes to or comes from that column enters.
    bool on_left(Column of, Column other) const;

  private:
    void collect(const Processes& processes, std::uint32_t step);
    void take(const Processes& processes, std::uint32_t process, Column column, std::uint32_t step);
    void measure_words(const Processes& processes, const MeasureText& measure);
    void place(const Room& room);
    void place_columns(const Room& room, std::size_t columns);
    void place_stack(const Room& room);
    void place_manager(const Room& room);
    float box_height() const;

    std::vector<ProcessPlace> places_;
    Rect master_, manager_;
    std::optional<std::uint32_t> manager_process_;
    bool has_manager_ = false, has_reactors_ = false, stacked_ = false;
    int lines_ = 2;
    // px, of the widest: a title, its short form, either beside its number, the number alone
    float title_ = 0, short_title_ = 0, title_and_number_ = 0, short_title_and_number_ = 0, number_ = 0;
    Point captions_[column_count] = {};
    float width_ = 0, bottom_ = 0;
};

/// In a box: where its words begin, behind the glyph and below it, and what stays free on the right.
inline constexpr float place_words_left = 24, place_words_below = 10, place_words_right = 8;
/// The same for a stacked box: numbers of waiting messages lie on its edges.
inline constexpr float stacked_words_left = 30, stacked_words_right = 12;

}  // namespace co::studio
