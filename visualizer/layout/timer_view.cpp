#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/fit.h"
#include "visualizer/layout/future_view.h"
#include "visualizer/layout/inspector_layout.h"
#include "visualizer/layout/lit.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float ring = 12;
constexpr float wedge = 9;
constexpr float level_height = 62;
constexpr float first_level = 44;  // below the area's top
constexpr float least_node = 100;  // px that a pie with its words needs

std::string name_of(const PanelInput& input, const HeapEntry& entry) {
    if (entry.coroutine != trace::nobody) return Model::chip(entry.coroutine);
    return timer_name(input.model.trace(), input.state, entry.timer);
}

/// How many whole rows of the tree fit.
std::size_t levels_that_fit(const Rect& area) {
    std::size_t levels = 0;
    while (levels < 5) {
        const float nodes = static_cast<float>(1U << levels);
        if (first_level + static_cast<float>(levels) * level_height + 10 > area.h) break;
        if (levels > 0 && area.w / nodes < least_node) break;
        ++levels;
    }
    return std::max<std::size_t>(levels, 1);
}

struct Node {
    Point center;
    float words_right;  // where its words must end
};

/// Leaves stand at the left of their share of the width; a parent between its children, a little to the right, so
/// that its words stand clear of the edge to the right child.
Node node_at(const Rect& area, std::size_t levels, std::size_t index) {
    const auto level = static_cast<std::size_t>(std::log2(static_cast<double>(index + 1)));
    const std::size_t place = index + 1 - (std::size_t{1} << level);
    const std::size_t below = levels - 1 - level;
    const float leaf = area.w / static_cast<float>(std::size_t{1} << (levels - 1));
    const float first_leaf = static_cast<float>(place << below) * leaf;
    const float last_leaf = static_cast<float>(((place + 1) << below) - 1) * leaf;
    const float y = area.y + first_level + static_cast<float>(level) * level_height;
    const float shift = 12 * static_cast<float>(below);
    const float x = area.x + (first_leaf + last_leaf) / 2 + 28 + shift;
    return {{x, y}, std::min(area.x + last_leaf + leaf - 4, area.right() - 14)};
}

/// A straight edge; where it would run flat through the parent's words, one that first goes down.
void draw_edge(Scene& scene, Point from, Point to) {
    if (std::abs(to.x - from.x) > 100) {
        const Point below{from.x, from.y + 15}, above{to.x, to.y - 15};
        scene.bezier(below, {below.x, below.y + 22}, {above.x, above.y - 22}, above, Ink::strong_border,
                     {.width = 1.5F});
        return;
    }
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const float x = (to.x - from.x) / length, y = (to.y - from.y) / length;
    scene.line({from.x + x * 15, from.y + y * 15}, {to.x - x * 16, to.y - y * 16}, Ink::strong_border, {.width = 1.5F});
}

/// The clock as the pies show it: on its way from the time of the step before.
std::int64_t gliding_time(const PanelInput& input) {
    if (input.view.glide == 0 || input.state.step < 2) return input.state.time;
    const std::int64_t before = input.model.event(input.state.step - 1).time;
    return input.state.time -
           static_cast<std::int64_t>(input.view.glide * static_cast<float>(input.state.time - before));
}

void draw_node(Scene& scene, const PanelInput& input, const HeapEntry& entry, const Node& node, bool soonest) {
    const std::int64_t left = std::max<std::int64_t>(0, entry.deadline - input.state.time);
    const std::int64_t whole = std::max<std::int64_t>(1, entry.deadline - entry.set_time);
    const bool is_timer = entry.coroutine == trace::nobody;
    scene.circle(node.center, ring, Ink::panel);
    scene.circle(node.center, ring, Ink::waiting_timer, 1.5F);
    const std::int64_t shown = std::clamp<std::int64_t>(entry.deadline - gliding_time(input), 0, whole);
    scene.pie(node.center, wedge, static_cast<float>(shown) / static_cast<float>(whole), Ink::waiting_timer);
    const bool lit =
        is_timer ? is_timer_lit(input.view, entry.timer) : chip_of(input, entry.coroutine).outline == Outline::hovered;
    if (lit) scene.circle(node.center, ring + 2.5F, Ink::text2, 1.5F);
    const bool selected = is_timer ? input.view.selected_timer == entry.timer : entry.coroutine == input.focus();
    if (selected) scene.circle(node.center, ring + 2.5F, Ink::now, 1.5F);

    const float x = node.center.x + 20;
    const float room = node.words_right - x;
    scene.text(x, node.center.y - 2, name_of(input, entry),
               {.font = is_timer ? Font::panel : Font::code_small, .max_width = room});
    std::string words = duration_text(left) + " left";
    const std::string due = fmt::format(", due {}", fmt::format("{:.3f}", static_cast<double>(entry.deadline) / 1e9));
    if (soonest && input.measure(words + due, Font::caption) <= room) words += due;
    scene.text(x, node.center.y + 13, words, {.font = Font::caption, .ink = Ink::text3, .max_width = room});
    scene.hit({node.center.x - 16, node.center.y - 16, std::max(32.0F, 36 + room), 34},
              is_timer ? Target::timer : Target::coroutine, is_timer ? entry.timer : entry.coroutine);
}

// -- the ready queue
// ---------------------------------------------------------------------------------------------------

constexpr std::string_view clock_jumps = "clock jumps ";

struct QueueRow {
    std::string label;
    std::uint32_t coroutine = trace::nobody;
    std::string words;  // after the chip, or in its place
};

/// What happens when everybody who is ready has run.
std::string afterwards(const PanelInput& input) {
    if (const Held* held = input.model.lateness().at(input.state.step)) {
        return fmt::format("nobody for {}", duration_text(held->time));
    }
    const auto& heap = input.state.timer_heap(input.process());
    if (!heap.empty()) {
        const std::int64_t jump = heap.front().deadline - input.state.time;
        return jump > 0 ? std::string(clock_jumps) + duration_text(jump) : "what is due now";
    }
    const bool somebody_waits =
        std::any_of(input.state.coroutines.begin(), input.state.coroutines.end(), [&](const CoroutineState& coroutine) {
            if (process_of(coroutine.id) != input.process()) return false;
            return coroutine.activity == Activity::waiting_channel || coroutine.activity == Activity::waiting_io;
        });
    return somebody_waits ? "nobody is ready yet" : "the end";
}

std::vector<QueueRow> rows_of(const PanelInput& input, std::size_t most) {
    std::vector<QueueRow> rows;
    if (input.state.step == 0) return {{"now", trace::nobody, "nobody runs yet"}};
    const std::uint32_t running = input.state.running_in(input.process());
    if (running != trace::nobody) {
        rows.push_back({"now", running, ""});
    } else {
        rows.push_back({"now", trace::nobody, "the event loop"});
    }
    const std::vector<std::uint32_t> ready = input.state.ready_in(input.process());
    for (std::size_t i = 0; i < ready.size(); ++i) {
        if (rows.size() + 2 >= most && i + 1 < ready.size()) {
            rows.push_back({"then", trace::nobody, fmt::format("{} more", ready.size() - i)});
            break;
        }
        const CoroutineState* coroutine = input.state.coroutine(ready[i]);
        std::string words;
        if (coroutine && coroutine->hand != 0) words = fmt::format("has {}", input.model.text(coroutine->hand));
        rows.push_back({i == 0 ? "next" : "then", ready[i], words});
    }
    if (rows.size() < most) rows.push_back({"then", trace::nobody, afterwards(input)});
    return rows;
}

/// Draws one row from `x` on and returns where it ended.
float draw_row(Scene& scene, const PanelInput& input, const QueueRow& row, Point at, float indent, float right) {
    const bool now = row.label == "now";
    if (now || !draw_next_key(scene, at, input, row.coroutine)) {
        scene.text(at.x, at.y + 12, row.label,
                   {.font = now ? Font::caption_bold : Font::caption, .ink = now ? Ink::text1 : Ink::text3});
    }
    float x = at.x + indent;
    if (row.coroutine != trace::nobody) {
        Chip chip = chip_of(input, row.coroutine);
        if (chip.outline == Outline::selected) chip.outline = Outline::none;  // "now" says it
        const float width = draw_chip(scene, {x, at.y}, chip, input.measure);
        scene.hit({x, at.y, width, chip_height}, Target::coroutine, row.coroutine);
        x += width + 8;
    }
    if (row.words.empty() || right - x < 16) return x;
    std::vector<std::string> ways{row.words};
    if (row.words.starts_with(clock_jumps)) ways.push_back("+" + row.words.substr(clock_jumps.size()));
    const std::string words = first_that_fits(ways, Font::panel, right - x, input.measure);
    scene.text(x, at.y + 12, words, {.ink = row.coroutine == trace::nobody ? Ink::text3 : Ink::text2});
    return x + input.measure(words, Font::panel) + 8;
}

}  // namespace

void draw_timer_heap(Scene& scene, const PanelInput& input, const Rect& area) {
    const auto& heap = input.state.timer_heap(input.process());
    const std::size_t levels = levels_that_fit(area);
    const std::size_t shown = std::min(heap.size(), (std::size_t{1} << levels) - 1);
    std::string remark = "soonest on top";
    if (shown < heap.size()) remark += fmt::format(", {} more below", heap.size() - shown);
    draw_heading(scene, input, {area.x, area.y + 16}, "Timer heap", remark, area.right());
    if (heap.empty()) {
        scene.text(area.x, area.y + 51, "no timer runs, nobody sleeps", {.ink = Ink::text3, .max_width = area.w});
        return;
    }
    const auto used = static_cast<std::size_t>(std::log2(static_cast<double>(shown))) + 1;
    const std::size_t drawn = std::max<std::size_t>(used, std::min<std::size_t>(levels, 2));
    for (std::size_t i = 1; i < shown; ++i) {
        draw_edge(scene, node_at(area, drawn, (i - 1) / 2).center, node_at(area, drawn, i).center);
    }
    for (std::size_t i = 0; i < shown; ++i) draw_node(scene, input, heap[i], node_at(area, drawn, i), i == 0);
}

void draw_ready_queue(Scene& scene, const PanelInput& input, const Rect& area) {
    draw_heading(scene, input, {area.x, area.y + 16}, "Ready queue", area.h < 40 ? "" : "in run order", area.right());
    const bool in_a_row = area.h < 100;
    if (!in_a_row) {
        const auto most = static_cast<std::size_t>((area.h - 36) / 28);
        const std::vector<QueueRow> rows = rows_of(input, std::max<std::size_t>(most, 2));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Point at{area.x, area.y + 39 + 28 * static_cast<float>(i)};
            draw_row(scene, input, rows[i], at, 40, area.right());
        }
        return;
    }
    // Low areas have it all in one line.
    const bool one_line = area.h < 40;
    float x = one_line ? area.x + input.measure("Ready queue", Font::panel_bold) + 10 : area.x;
    const float y = one_line ? area.y + 4 : area.y + 35;
    for (const QueueRow& row : rows_of(input, area.w < 400 ? 3 : 5)) {
        const float indent = input.measure(row.label, Font::caption_bold) + 8;
        if (area.right() - x < indent + 54) break;
        x = draw_row(scene, input, row, {x, y}, indent, area.right()) + (one_line ? 2.0F : 10.0F);
    }
}

}  // namespace co::studio
