#include "visualizer/layout/process_places.h"

#include <algorithm>

namespace co::studio {

namespace {

constexpr float margin = 12;
constexpr float widest = 176;
constexpr float gap = 36;  // between columns: pipes run there
constexpr float box_height = 46;
constexpr float between = 10;  // from box to box
constexpr float plate = 17;    // below a box: who was there before
constexpr float captions = 22;
constexpr float frame = 6;  // around the reactors

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

ProcessPlaces::ProcessPlaces(const Processes& processes, std::uint32_t step, float width, float top) {
    collect(processes, step);
    place(width, top);
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
    if (is_fresh) known = places_.insert(places_.end(), ProcessPlace{.column = column, .role = role});
    known->is_replaced |= !is_fresh;
    if (one.from > step) return;
    if (known->process) known->before.push_back(*known->process);
    known->process = process;
}

void ProcessPlaces::place(float width, float top) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < column_count; ++i) columns += has(static_cast<Column>(i)) ? 1 : 0;
    const auto count = static_cast<float>(std::max<std::size_t>(columns, 1));
    width_ = std::min(widest, (width - 2 * margin - (count - 1) * gap) / count);
    float x = margin;
    bottom_ = top + captions;
    for (std::size_t i = 0; i < column_count; ++i) {
        if (!has(static_cast<Column>(i))) continue;
        left_[i] = x;
        x += width_ + gap;
        float y = top + captions;
        for (ProcessPlace& one : places_) {
            if (one.column != static_cast<Column>(i)) continue;
            one.box = {left_[i], y, width_, box_height};
            y += box_height + between + (one.is_replaced ? plate : 0);
        }
        bottom_ = std::max(bottom_, y);
    }
    if (has_reactors_) {
        const float left = left_of(Column::reactors) - frame;
        master_ = {left, top + 4, width_ + 2 * frame, bottom_ - top - 6};
    }
    if (!has_manager_) return;
    const float left = has_reactors_ ? master_.x : left_of(has(Column::reactors) ? Column::reactors : Column::workers);
    manager_ = {left, bottom_ + 4, width - margin - left, 26};
    bottom_ = manager_.bottom() + 8;
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
