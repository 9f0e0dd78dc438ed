#include <algorithm>

#include <fmt/format.h>

#include "visualizer/terminal/panels.h"

namespace co::studio {
namespace {

constexpr int label_width = 10;

struct Row {
    std::string label;  // empty: as the row before
    std::string text;
    Look look;
};

std::string seats_text(const Picture& picture, const ChannelState& channel) {
    std::vector<std::string> seats;
    for (const Seat& seat : channel.seats) seats.emplace_back(picture.model.text(seat.text));
    const std::int64_t free = channel.capacity - static_cast<std::int64_t>(seats.size());
    std::string text = seats.empty() ? "empty" : list_of(seats);
    if (free > 0) text += fmt::format(", {} free", free);
    if (free <= 0) text += ", full";
    return channel.closed ? text + ", closed" : text;
}

std::string queue_text(const std::deque<std::uint32_t>& queue, std::string_view call) {
    std::vector<std::string> chips;
    for (const std::uint32_t id : queue) chips.push_back(chip_text(id));
    return fmt::format("  {} in {}", list_of(chips), call);
}

void add_channels(std::vector<Row>& rows, const Picture& picture) {
    for (const ChannelState& channel : picture.state.channels) {
        const bool is_now = channel.touched_step == picture.step;
        const std::string name = channel_name(picture.model.trace(), picture.state, channel.id);
        rows.push_back({"channels", fmt::format("{}: {}", name, seats_text(picture, channel)), {.bold = is_now}});
        if (!channel.producers.empty())
            rows.push_back({"", queue_text(channel.producers, "push()"), {.tint = Tint::channel}});
        if (!channel.consumers.empty())
            rows.push_back({"", queue_text(channel.consumers, "pop()"), {.tint = Tint::channel}});
    }
}

void add_groups(std::vector<Row>& rows, const Picture& picture) {
    for (const GroupState& group : picture.state.groups) {
        const std::string name = group_name(picture.model.trace(), picture.state, group.id);
        rows.push_back({"groups", fmt::format("{}: {} to wait for", name, group.count), {}});
    }
}

/// "main holds it", "2 free", "1 to arrive": short, as the panel is narrow.
std::string gate_text(const GateState& gate) {
    switch (gate.kind) {
        case GateKind::mutex:
            return gate.owner == trace::nobody ? "free" : chip_text(gate.owner) + " holds it";
        case GateKind::semaphore:
            return fmt::format("{} free", gate.free);
        case GateKind::barrier:
            return fmt::format("{} to arrive", gate.missing());
    }
    return "";
}

void add_gates(std::vector<Row>& rows, const Picture& picture) {
    for (const GateState& gate : picture.state.gates) {
        const std::string name = gate_name(picture.model.trace(), picture.state, gate.id);
        std::string text = fmt::format("{}: {}", name, gate_text(gate));
        if (!gate.waiters.empty()) text += fmt::format(", {} wait", gate.waiters.size());
        if (gate.waiters.size() == 1) text += 's';
        rows.push_back({"gates", text, {.bold = gate.touched_step == picture.step}});
    }
}

void add_shared(std::vector<Row>& rows, const Picture& picture) {
    for (const SharedState& one : picture.state.shared) {
        const std::string name = shared_name(picture.model.trace(), picture.state, one.id);
        std::string text = fmt::format("{}: {}", name, shared_remark(picture.state, one));
        if (!one.waiters.empty()) text += fmt::format(", {} in line", one.waiters.size());
        rows.push_back({"shared", text, {.bold = one.touched_step == picture.step}});
    }
}

/// Not as a heap here but by time: what is due first stands first.
void add_timers(std::vector<Row>& rows, const Picture& picture) {
    std::vector<HeapEntry> entries = picture.state.timer_heap();
    std::ranges::sort(entries, {}, [](const HeapEntry& entry) { return std::pair(entry.deadline, entry.order); });
    for (const HeapEntry& entry : entries) {
        const bool is_timer = entry.coroutine == trace::nobody;
        const std::string name =
            is_timer ? timer_name(picture.model.trace(), picture.state, entry.timer) : chip_text(entry.coroutine);
        const std::string left = duration_text(entry.deadline - picture.state.time);
        rows.push_back({"timers", fmt::format("{} in {}", name, left), {.tint = Tint::timer}});
    }
}

void add_ready(std::vector<Row>& rows, const Picture& picture) {
    for (const std::uint32_t id : picture.state.ready) {
        const CoroutineState* coroutine = picture.state.coroutine(id);
        std::string text = chip_text(id);
        if (coroutine && coroutine->hand != 0) text += fmt::format(" has {}", picture.model.text(coroutine->hand));
        rows.push_back({"ready", text, {}});
    }
}

std::vector<Row> output_rows(const Picture& picture, int room) {
    const auto& output = picture.model.output();
    const auto printed = std::ranges::upper_bound(output, picture.step, {}, &OutputLine::step) - output.begin();
    const auto shown = std::min<std::ptrdiff_t>(printed, room);
    std::vector<Row> rows;
    for (auto i = printed - shown; i < printed; ++i) {
        const OutputLine& line = output[static_cast<std::size_t>(i)];
        rows.push_back({"output", std::string(line.text), {.bold = line.step == picture.step}});
    }
    return rows;
}

}  // namespace

void draw_state(const Picture& picture, const Area& area) {
    std::vector<Row> rows;
    add_channels(rows, picture);
    add_groups(rows, picture);
    add_gates(rows, picture);
    add_shared(rows, picture);
    add_ready(rows, picture);
    add_timers(rows, picture);
    // The output has a third of the room for certain, and whatever else is left.
    const int most = std::max(area.rows - std::max(area.rows / 3, 1), 0);
    const int hidden = static_cast<int>(rows.size()) - most;
    if (hidden > 0) {
        rows.resize(static_cast<std::size_t>(std::max(most - 1, 0)));
        rows.push_back({"", fmt::format("and {} more", hidden + 1), {.tint = Tint::faint}});
    }
    for (Row& row : output_rows(picture, area.rows - static_cast<int>(rows.size()))) rows.push_back(std::move(row));
    std::string label;
    for (std::size_t i = 0; i < rows.size() && static_cast<int>(i) < area.rows; ++i) {
        const int row = area.row + static_cast<int>(i);
        const bool is_new_label = !rows[i].label.empty() && rows[i].label != label;
        if (is_new_label) picture.canvas.put(area.column, row, label = rows[i].label, {.tint = Tint::faint});
        picture.canvas.put(area.column + label_width, row, rows[i].text, rows[i].look, area.columns - label_width);
    }
}

}  // namespace co::studio
