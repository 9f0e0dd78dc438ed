#include <algorithm>

#include <fmt/format.h>

#include "visualizer/layout/timeline_rows.h"
#include "visualizer/terminal/frame.h"
#include "visualizer/terminal/panels.h"

namespace co::studio {
namespace {

constexpr int longest_word = 10;
constexpr int longest_name = 12;
constexpr int longest_process = 13;

/// Which steps are in sight and where they stand.
struct Ruler {
    int column = 0;      // of the first step
    int columns = 0;     // in all
    int step_width = 1;  // columns a step
    std::uint32_t first = 1;

    int column_of(std::uint32_t step) const { return column + static_cast<int>(step - first) * step_width; }
    std::uint32_t visible() const { return static_cast<std::uint32_t>(columns / step_width); }
    bool shows(std::uint32_t step) const { return step >= first && step < first + visible(); }
};

/// As wide as the run allows, at most four columns a step; a longer run is scrolled so that the playhead stays in
/// sight.
Ruler ruler_for(const Picture& picture, int column, int columns) {
    Ruler ruler{.column = column, .columns = std::max(columns, 1)};
    const std::uint32_t steps = std::max(picture.model.steps(), 1u);
    ruler.step_width = std::clamp(ruler.columns / static_cast<int>(std::min(steps, 10'000u)), 1, 4);
    const std::uint32_t visible = ruler.visible();
    if (steps <= visible) return ruler;
    const std::uint32_t before = visible * 2 / 3;
    ruler.first = std::min(picture.step > before ? picture.step - before : 1, steps - visible + 1);
    return ruler;
}

void draw_ruler(const Picture& picture, const Ruler& ruler, int row) {
    const std::uint32_t distance = ruler.step_width == 1 ? 10 : 5;
    const std::uint32_t end = std::min(ruler.first + ruler.visible(), picture.model.steps() + 1);
    for (std::uint32_t step = ruler.first; step < end; ++step) {
        const std::string number = std::to_string(step);
        const int column = ruler.column_of(step);
        const bool fits = column + static_cast<int>(number.size()) <= ruler.column + ruler.columns;
        if ((step % distance == 0 || step == 1) && fits) picture.canvas.put(column, row, number, {.tint = Tint::faint});
    }
    if (picture.step == 0 || !ruler.shows(picture.step)) return;
    const std::string number = std::to_string(picture.step);
    const int column = ruler.column_of(picture.step);
    const int length = static_cast<int>(number.size());
    const bool fits_right = column + 1 + length <= ruler.column + ruler.columns;
    const Look now{.bold = true};
    picture.canvas.put(column, row, "▼", now);
    picture.canvas.put(fits_right ? column + 1 : column - length, row, number, now);
}

/// The future is drawn fainter: it is known, but it has not happened yet.
void draw_bar(const Picture& picture, const Ruler& ruler, const Lane& lane, int row) {
    for (const Stay& stay : lane.stays) {
        const std::uint32_t from = std::max(stay.from, ruler.first);
        const std::uint32_t to = std::min({stay.to, ruler.first + ruler.visible(), picture.model.steps() + 1});
        for (std::uint32_t step = from; step < to; ++step) {
            const Look look{.tint = step > picture.step ? Tint::faint : tint_of(stay.activity)};
            for (int i = 0; i < ruler.step_width; ++i) {
                picture.canvas.put(ruler.column_of(step) + i, row, bar_of(stay.activity), look);
            }
        }
    }
    if (picture.step > 0 && ruler.shows(picture.step)) {
        picture.canvas.put(ruler.column_of(picture.step), row, "┃", {.bold = true});
    }
}

struct HeadWidths {
    int process = 0;  // 0: there is only one
    int chip = 4;
    int name = 4;
    int all() const { return process + 2 + chip + 1 + name + 1 + longest_word + 1; }
};

HeadWidths head_widths(const Model& model) {
    HeadWidths widths;
    if (model.processes().several()) {
        for (const Process& process : model.processes().all())
            widths.process = std::max(widths.process, std::min(width_of(process.title), longest_process) + 1);
    }
    for (const Lane& lane : model.lanes()) {
        widths.chip = std::max(widths.chip, width_of(lane.chip));
        widths.name = std::max(widths.name, std::min(width_of(lane.name), longest_name));
    }
    return widths;
}

/// The process that begins in this row.
void draw_heading(const Picture& picture, const Area& area, const HeadWidths& widths, const TimelineRows& rows,
                  std::size_t index, int row) {
    if (!rows.is_heading(index)) return;
    const Process& process = picture.model.processes()[rows.process(index)];
    const bool is_there = process.from <= picture.step && picture.step < process.to;
    picture.canvas.put(area.column, row, process.title, {.tint = is_there ? Tint::text : Tint::faint, .bold = is_there},
                       widths.process - 1);
}

void draw_head(const Picture& picture, const Area& area, const HeadWidths& widths, const Lane& lane, int row) {
    const CoroutineState* coroutine = picture.state.coroutine(lane.coroutine);
    const Activity activity = coroutine ? coroutine->activity : Activity::unborn;
    const bool is_born = activity != Activity::unborn;
    const bool is_followed = lane.coroutine == followed(picture);
    const Look look{.tint = is_born ? tint_of(activity) : Tint::faint, .bold = is_followed};
    const Look plain{.tint = is_born ? Tint::text : Tint::faint, .bold = is_followed};
    int column = area.column + widths.process;
    picture.canvas.put(column, row, mark_of(activity), look, 1);
    if (lane.coroutine == picture.selected) picture.canvas.put(column + 1, row, "▸", {.bold = true});
    picture.canvas.put(column += 2, row, lane.chip, plain, widths.chip);
    picture.canvas.put(column += widths.chip + 1, row, lane.name, plain, widths.name);
    picture.canvas.put(column += widths.name + 1, row, word_of(activity), look, longest_word);
}

/// The first lane in sight, so that the followed one is among them.
std::size_t first_lane(const Picture& picture, const TimelineRows& rows, std::size_t visible) {
    const std::size_t lanes = rows.count();
    if (lanes <= visible) return 0;
    const std::size_t middle = rows.row_of(followed(picture)).value_or(0);
    return std::min(middle > visible / 2 ? middle - visible / 2 : 0, lanes - visible);
}

}  // namespace

std::uint32_t followed(const Picture& picture) {
    if (picture.selected != trace::nobody) return picture.selected;
    if (picture.state.running != trace::nobody) return picture.state.running;
    return picture.step == 0 ? trace::nobody : picture.model.event(picture.step).coroutine;
}

void draw_lanes(const Picture& picture, const Area& area) {
    const TimelineRows rows(picture.model, picture.step);
    const HeadWidths widths = head_widths(picture.model);
    const Ruler ruler = ruler_for(picture, area.column + widths.all(), area.columns - widths.all());
    draw_ruler(picture, ruler, area.row);
    const auto visible = static_cast<std::size_t>(std::max(area.rows - 1, 0));
    const std::size_t first = first_lane(picture, rows, visible);
    int row = area.row + 1;
    for (std::size_t i = first; i < std::min(first + visible, rows.count()); ++i, ++row) {
        draw_heading(picture, area, widths, rows, i, row);
        draw_head(picture, area, widths, rows.lane(i), row);
        for (const std::uint32_t lane : rows.lanes(i)) draw_bar(picture, ruler, picture.model.lanes()[lane], row);
    }
    if (rows.count() <= visible) return;
    const std::string more = fmt::format("{}-{} of {}", first + 1, first + visible, rows.count());
    picture.canvas.put(area.column, area.row, more, {.tint = Tint::faint}, widths.all() - 1);
}

}  // namespace co::studio
