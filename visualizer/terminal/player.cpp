#include "visualizer/terminal/player.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "visualizer/export/text.h"
#include "visualizer/layout/timeline_rows.h"
#include "visualizer/terminal/frame.h"

namespace co::studio {
namespace {

constexpr std::array speeds{0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0};
constexpr double milliseconds_per_step = 400;

double faster_than(double speed) {
    const auto found = std::ranges::upper_bound(speeds, speed);
    return found == speeds.end() ? speeds.back() : *found;
}

double slower_than(double speed) {
    const auto found = std::ranges::lower_bound(speeds, speed);
    return found == speeds.begin() ? speeds.front() : *std::prev(found);
}

PlayerView paused_at(PlayerView view, std::uint32_t step) {
    view.is_playing = false;
    view.step = step;
    return view;
}

PlayerView play_or_pause(const Model& model, PlayerView view) {
    view.is_playing = !view.is_playing;
    const bool starts_over = view.is_playing && view.step >= model.steps();
    if (starts_over) view.step = 0;
    return view;
}

/// The selected lane, else that of the last step.
std::uint32_t lane_in_view(const Model& model, const PlayerView& view) {
    if (view.selected != trace::nobody) return view.selected;
    const std::uint32_t who = view.step == 0 ? 0 : model.event(view.step).coroutine;
    return who == trace::nobody ? 0 : who;
}

PlayerView select_lane(const Model& model, PlayerView view, std::int64_t by) {
    const TimelineRows rows(model, view.step);
    const auto count = static_cast<std::int64_t>(rows.count());
    if (count == 0) return view;
    const auto from = static_cast<std::int64_t>(rows.row_of(lane_in_view(model, view)).value_or(0));
    const bool is_first_time = view.selected == trace::nobody;
    const std::int64_t row = std::clamp<std::int64_t>(is_first_time ? from : from + by, 0, count - 1);
    view.selected = rows.lane(static_cast<std::size_t>(row)).coroutine;
    return view;
}

}  // namespace

PlayerView after_key(const Model& model, PlayerView view, Key key) {
    const bool closes_help = view.shows_help && key != Key::resized;
    if (closes_help) {
        view.shows_help = false;
        return view;
    }
    switch (key) {
        case Key::play:
            return play_or_pause(model, view);
        case Key::back:
            return paused_at(view, view.step == 0 ? 0 : view.step - 1);
        case Key::step:
            return paused_at(view, std::min(view.step + 1, model.steps()));
        case Key::previous_switch:
            return paused_at(view, model.previous_switch(view.step));
        case Key::next_switch:
            return paused_at(view, model.next_switch(view.step));
        case Key::previous_of_lane:
            return paused_at(view, model.previous_of(lane_in_view(model, view), view.step));
        case Key::next_of_lane:
            return paused_at(view, model.next_of(lane_in_view(model, view), view.step));
        case Key::lane_up:
            return select_lane(model, view, -1);
        case Key::lane_down:
            return select_lane(model, view, +1);
        case Key::escape:
            view.selected = trace::nobody;
            return view;
        case Key::first:
            return paused_at(view, 0);
        case Key::last:
            return paused_at(view, model.steps());
        case Key::slower:
            view.speed = slower_than(view.speed);
            return view;
        case Key::faster:
            view.speed = faster_than(view.speed);
            return view;
        case Key::help:
            view.shows_help = true;
            view.is_playing = false;
            return view;
        default:
            return view;
    }
}

PlayerView after_tick(const Model& model, PlayerView view) {
    if (!view.is_playing) return view;
    view.step = std::min(view.step + 1, model.steps());
    view.is_playing = view.step < model.steps();
    return view;
}

std::chrono::milliseconds time_per_step(const PlayerView& view) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds_per_step / view.speed));
}

int play(const Model& model, const LessonText& lesson, Terminal& terminal) {
    PlayerView view{.step = 0, .is_playing = true};
    for (;;) {
        terminal.write("\x1b[H" + frame(model, lesson, view, terminal.size(), terminal.colours()));
        std::optional<std::chrono::milliseconds> limit;
        if (view.is_playing) limit = time_per_step(view);
        const Key key = terminal.wait_key(limit);
        if (key == Key::quit) return 0;
        view = key == Key::none ? after_tick(model, view) : after_key(model, view, key);
    }
}

std::string plain(const Model& model) {
    std::string text;
    State state = model.at(0);
    while (state.step < model.steps()) {
        const EventLine line = model.next_line(state);
        text += event_text(line) + '\n';
        const trace::Event& event = model.event(line.step);
        if (event.kind == trace::EventKind::print) text += fmt::format("| {}\n", model.text(event.text));
    }
    for (const Problem& problem : model.problems()) {
        const std::string place = problem.line == 0 ? problem.file : fmt::format("{}:{}", problem.file, problem.line);
        text += fmt::format("{}: {}\n  {}\n", place, problem.what, problem.remedy);
    }
    return text;
}

}  // namespace co::studio
