#include "visualizer/layout/process_places.h"

#include <algorithm>

#include <fmt/format.h>

namespace co::studio {

namespace {

constexpr float places_margin = 12;
constexpr float widest_box = 176;
constexpr float column_gap = 40;     // between columns: pipes run there, and the plate of a request has its place
constexpr float rail = 46;           // the same beside stacked boxes
constexpr float box_gap = 10;        // from box to box
constexpr float below_box = 17;      // below a box: who was there before
constexpr float captions = 22;       // above a column
constexpr float reactors_frame = 6;  // around the reactors
constexpr float word_gap = 8;        // between two words
constexpr float least_words = 64;    // of what a process is doing: "not started"

Column column_of(const Process& process, bool at_home) {
    if (!at_home) return Column::outside;
    switch (process.part) {
        case Part::none:
        case Part::worker:
            return Column::workers;
        case Part::task_worker:
            return Column::task_workers;
        default:
            return Column::reactors;
    }
}

}  // namespace

std::string short_title(const Process& process) {
    return process.part == Part::task_worker ? fmt::format("task {}", process.index) : process.title;
}

ProcessPlaces::ProcessPlaces(const Processes& processes, std::uint32_t step, Room room, const MeasureText& measure) {
    collect(processes, step);
    measure_words(processes, measure);
    place(room);
}

/// Of a server on another computer the parts are no parts of this one: they stand outside, each by itself.
void ProcessPlaces::collect(const Processes& processes, std::uint32_t step) {
    const auto is_home = [&](const Process& one) { return one.host == processes[0].host; };
    bool serves = false;
    for (const Process& one : processes.all()) {
        serves |= is_home(one) && one.part != Part::none;
        has_reactors_ |= is_home(one) && one.part == Part::reactor;
    }
    for (const std::uint32_t process : processes.in_order()) {
        const Process& one = processes[process];
        if (!one.acts) continue;
        if (is_home(one) && one.part == Part::manager) {
            has_manager_ = true;
            if (one.from <= step || !manager_process_) manager_process_ = process;
            continue;
        }
        if (is_home(one) && one.part == Part::master && has_reactors_) continue;  // the frame around its reactors
        // What is no part of the server on its own computer is the world's script.
        const bool is_inside = is_home(one) && (!serves || one.part != Part::none);
        take(processes, process, process == 0 ? Column::reactors : column_of(one, is_inside), step);
    }
}

void ProcessPlaces::take(const Processes& processes, std::uint32_t process, Column column, std::uint32_t step) {
    const Process& one = processes[process];
    const std::uint32_t role = column == Column::outside ? trace::nobody : one.role;
    const auto same = [&](const ProcessPlace& known) { return role != trace::nobody && known.role == role; };
    auto known = std::ranges::find_if(places_, same);
    const bool is_fresh = known == places_.end();
    if (is_fresh) known = places_.insert(places_.end(), ProcessPlace{.column = column, .role = role, .first = process});
    known->is_replaced |= !is_fresh;
    if (one.from > step) return;
    if (known->process) known->before.push_back(*known->process);
    known->process = process;
}

/// Of everybody who stands somewhere at any step.
void ProcessPlaces::measure_words(const Processes& processes, const MeasureText& measure) {
    for (std::uint32_t process = 0; process < processes.size(); ++process) {
        const Process& one = processes[process];
        const auto same = [&](const ProcessPlace& place) {
            return place.first == process || (place.role != trace::nobody && place.role == one.role);
        };
        if (!one.acts || std::ranges::none_of(places_, same)) continue;
        const float title = measure(one.title, Font::panel_bold);
        const float less = measure(short_title(one), Font::panel_bold);
        const float number = measure(one.pid_text(), Font::caption);
        title_ = std::max(title_, title);
        short_title_ = std::max(short_title_, less);
        number_ = std::max(number_, number);
        title_and_number_ = std::max(title_and_number_, title + word_gap + number);
        short_title_and_number_ = std::max(short_title_and_number_, less + word_gap + number);
    }
}

float ProcessPlaces::box_height() const {
    if (stacked_) return lines_ == 1 ? 26.0F : 44.0F;
    return lines_ == 2 ? 46.0F : 54.0F;
}

void ProcessPlaces::place(const Room& room) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < column_count; ++i) columns += has(static_cast<Column>(i)) ? 1 : 0;
    const auto count = static_cast<float>(std::max<std::size_t>(columns, 1));
    width_ = std::min(widest_box, (room.width - 2 * places_margin - (count - 1) * column_gap) / count);
    const float words = width_ - place_words_left - place_words_right;
    const float below = width_ - place_words_below - place_words_right;
    stacked_ = short_title_ > words || std::max(number_, least_words) > below;
    if (stacked_)
        place_stack(room);
    else
        place_columns(room, columns);
    if (has_reactors_) {
        Rect around{0, 0, 0, 0};
        for (const ProcessPlace& one : places_) {
            if (one.column != Column::reactors) continue;
            if (around.w == 0)
                around = {one.box.x - reactors_frame, caption(Column::reactors).y - 14, one.box.w + 2 * reactors_frame,
                          0};
            around.h = one.box.bottom() + reactors_frame - around.y;
        }
        master_ = around;
    }
    if (has_manager_) place_manager(room);
}

void ProcessPlaces::place_columns(const Room& room, std::size_t columns) {
    lines_ = title_and_number_ <= width_ - place_words_left - 2 * place_words_right ? 2 : 3;
    float x = places_margin;
    bottom_ = room.top + captions;
    for (std::size_t i = 0; i < column_count && columns > 0; ++i) {
        if (!has(static_cast<Column>(i))) continue;
        captions_[i] = {x, room.top + 15};
        float y = room.top + captions;
        for (ProcessPlace& one : places_) {
            if (one.column != static_cast<Column>(i)) continue;
            one.box = {x, y, width_, box_height()};
            y += box_height() + (lines_ == 2 ? box_gap : box_gap - 2) + (one.is_replaced ? below_box : 0);
        }
        bottom_ = std::max(bottom_, y);
        x += width_ + column_gap;
    }
}

/// Pipes to the left of the boxes join reactors and workers, those to the right all others.
void ProcessPlaces::place_stack(const Room& room) {
    width_ = room.width - 2 * places_margin - 2 * rail;
    const float words = width_ - stacked_words_left - stacked_words_right;
    lines_ = title_and_number_ + word_gap + least_words <= words ? 1 : 2;
    float y = room.top;
    for (std::size_t i = 0; i < column_count; ++i) {
        if (!has(static_cast<Column>(i))) continue;
        captions_[i] = {places_margin + rail, y + 15};
        y += captions;
        for (ProcessPlace& one : places_) {
            if (one.column != static_cast<Column>(i)) continue;
            one.box = {places_margin + rail, y, width_, box_height()};
            y += box_height() + box_gap / 2 + (one.is_replaced ? below_box : 0);
        }
        y += static_cast<Column>(i) == Column::reactors && has_reactors_ ? reactors_frame : 0;
    }
    bottom_ = y;
}

void ProcessPlaces::place_manager(const Room& room) {
    float left = stacked_ ? places_margin + rail - reactors_frame : caption(Column::workers).x;
    if (!stacked_ && has(Column::reactors)) left = has_reactors_ ? master_.x : caption(Column::reactors).x;
    const float right = stacked_ ? places_margin + rail + width_ + reactors_frame : room.width - places_margin;
    float top = bottom_ + 4;
    if (!stacked_ && left > places_margin) {  // what stands outside may reach down beside it
        top = master_.bottom() + box_gap;
        for (const ProcessPlace& one : places_) {
            const float under = one.box.bottom() + box_gap + (one.is_replaced ? below_box : 0);
            if (one.box.right() > left) top = std::max(top, under);
        }
    }
    manager_ = {left, top, right - left, 26};
    bottom_ = std::max(bottom_, manager_.bottom() + 8);
}

bool ProcessPlaces::on_left(Column of, Column other) const {
    if (!stacked_) return other < of;
    const auto between_parts = [](Column column) { return column == Column::reactors || column == Column::workers; };
    return of != other && between_parts(of) && between_parts(other);
}

bool ProcessPlaces::has(Column column) const {
    return std::ranges::any_of(places_, [column](const ProcessPlace& one) { return one.column == column; });
}

const ProcessPlace* ProcessPlaces::of_role(std::uint32_t role) const {
    const auto found = std::ranges::find_if(
        places_, [role](const ProcessPlace& one) { return role != trace::nobody && one.role == role; });
    return found == places_.end() ? nullptr : &*found;
}

const ProcessPlace* ProcessPlaces::of_process(std::uint32_t process) const {
    const auto found = std::ranges::find_if(places_, [process](const ProcessPlace& one) {
        return one.process == process || std::ranges::find(one.before, process) != one.before.end();
    });
    return found == places_.end() ? nullptr : &*found;
}

}  // namespace co::studio
