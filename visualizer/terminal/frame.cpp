#include "visualizer/terminal/frame.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "visualizer/layout/timeline_rows.h"
#include "visualizer/terminal/panels.h"
#include "visualizer/terminal/player.h"

namespace co::studio {
namespace {

constexpr TerminalSize smallest{.columns = 40, .rows = 12};
constexpr int columns_for_two = 70;  // from here on the state stands beside the code
constexpr int now_label = 5;

constexpr std::array key_lines{
    std::pair{"space", "play, pause"},
    std::pair{"→  ←", "one step on, one step back"},
    std::pair{"shift + → ←", "the next, the previous moment at which another coroutine runs"},
    std::pair{"↑  ↓", "select the lane above, below; Esc follows whoever runs again"},
    std::pair{"alt + → ←", "the next, the previous step of that lane"},
    std::pair{"Home  End", "before the first step, after the last"},
    std::pair{"]  [", "faster, slower"},
    std::pair{"q", "quit"},
    std::pair{"?", "this page; any key closes it"}};

void draw_title(const Picture& picture, const LessonText& lesson, const PlayerView& view) {
    const std::string place =
        fmt::format("step {} of {}   {}   {}x   {}", view.step, picture.model.steps(), seconds_text(picture.state.time),
                    view.speed, view.is_playing ? "playing" : "paused");
    const int columns = picture.canvas.size().columns;
    const int place_column = std::max(columns - width_of(place), 0);
    const std::string title = lesson.number == 0 ? lesson.title : fmt::format("{} {}", lesson.number, lesson.title);
    picture.canvas.put(0, 0, title, {.bold = true}, std::max(place_column - 2, 0));
    picture.canvas.put(place_column, 0, place);
}

struct NowLine {
    std::string text;
    Look look;
};

/// What the last step did; at the end of the run also what went wrong in it.
std::vector<NowLine> now_lines(const Picture& picture, int columns) {
    std::vector<NowLine> lines;
    const auto add = [&](const std::string& text, Look look) {
        for (const std::string& line : wrapped(text, columns)) lines.push_back({line, look});
    };
    if (picture.step == 0) {
        add(picture.model.steps() == 0 ? "nothing ran" : "before the first step: press space to play", {.bold = true});
    } else {
        const EventLine event = picture.model.line(picture.step);
        const std::string who = event.process.empty() ? event.who : event.process + " " + event.who;
        add(fmt::format("{}  {}", who, event.what), {.bold = true});
    }
    if (picture.selected != trace::nobody) {
        const Card card = picture.model.card(picture.selected, picture.state);
        add(fmt::format("{}: {}", Model::chip(picture.selected), card.story), {});
    }
    for (const Problem& problem : picture.model.problems()) {
        const bool is_known = picture.step >= problem.step && picture.step == picture.model.steps();
        if (!is_known) continue;
        const std::string place = problem.line == 0 ? problem.file : fmt::format("{}:{}", problem.file, problem.line);
        add(fmt::format("✖ {}: {}", place, problem.what), {.tint = Tint::failed, .bold = true});
        add("  " + problem.remedy, {});
    }
    return lines;
}

void draw_now(const Picture& picture, const std::vector<NowLine>& lines, const Area& area) {
    picture.canvas.put(area.column, area.row, "now", {.tint = Tint::faint});
    for (int i = 0; i < area.rows && i < static_cast<int>(lines.size()); ++i) {
        const NowLine& line = lines[static_cast<std::size_t>(i)];
        picture.canvas.put(area.column + now_label, area.row + i, line.text, line.look);
    }
}

void draw_keys(Canvas& canvas) {
    const std::string_view all = "space play/pause   ← → step   shift+← → switch   [ ] speed   ? help   q quit";
    const std::string_view few = "space play   ← → step   ? help   q quit";
    const int columns = canvas.size().columns;
    canvas.put(0, canvas.size().rows - 1, width_of(all) <= columns ? all : few, {.tint = Tint::faint});
}

/// Title, lanes, code and state, now, keys: from top to bottom, each with the rows that it needs.
void draw_run(const Picture& picture, const LessonText& lesson, const PlayerView& view) {
    const TerminalSize size = picture.canvas.size();
    draw_title(picture, lesson, view);
    const TimelineRows timeline(picture.model, picture.step);
    const int lanes = static_cast<int>(std::min<std::size_t>(timeline.count(), 1000));
    const int lane_rows = 1 + std::min(lanes, std::max(size.rows / 3 - 1, 1));
    draw_lanes(picture, {.column = 0, .row = 1, .columns = size.columns, .rows = lane_rows});

    const auto now = now_lines(picture, size.columns - now_label);
    const int now_rows = std::clamp(static_cast<int>(now.size()), 2, std::max(size.rows / 3, 2));
    const int top = 1 + lane_rows + 1;
    const int bottom = size.rows - 1 - now_rows - 1;
    const bool has_two = size.columns >= columns_for_two;
    const int code_columns = has_two ? size.columns * 56 / 100 : size.columns;
    const int rows = std::max(bottom - top, 0);
    const int code_rows = has_two ? rows : rows - rows / 3;
    draw_code(picture, {.column = 0, .row = top, .columns = code_columns, .rows = code_rows});
    if (has_two) {
        draw_state(picture,
                   {.column = code_columns + 2, .row = top, .columns = size.columns - code_columns - 2, .rows = rows});
    } else {
        draw_state(picture, {.column = 0, .row = top + code_rows, .columns = size.columns, .rows = rows - code_rows});
    }
    draw_now(picture, now, {.column = 0, .row = bottom + 1, .columns = size.columns, .rows = now_rows});
    draw_keys(picture.canvas);
}

void draw_help(Canvas& canvas) {
    int row = 1;
    canvas.put(2, row++, "Keys", {.bold = true});
    for (const auto& [key, meaning] : key_lines) {
        canvas.put(2, row, key, {.bold = true}, 13);
        canvas.put(16, row++, meaning);
    }
    canvas.put(2, ++row, "What a coroutine is doing", {.bold = true});
    for (const Activity activity :
         {Activity::running, Activity::ready, Activity::waiting_channel, Activity::waiting_timer, Activity::waiting_io,
          Activity::handed_off, Activity::done, Activity::failed}) {
        const Look look{.tint = tint_of(activity)};
        canvas.put(2, ++row, mark_of(activity), look);
        for (int i = 0; i < 6; ++i) canvas.put(5 + i, row, bar_of(activity), look);
        canvas.put(16, row, activity_name(activity));
        if (activity == Activity::handed_off) canvas.put(28, row, "its go() or resume() runs another one inside it");
    }
}

}  // namespace

std::string frame(const Model& model, const LessonText& lesson, const PlayerView& view, TerminalSize size,
                  Colours colours) {
    Canvas canvas(size);
    const State state = model.at(view.step);
    if (size.columns < smallest.columns || size.rows < smallest.rows) {
        canvas.put(0, 0,
                   fmt::format("Please make the window larger: {} x {} at least", smallest.columns, smallest.rows));
    } else if (view.shows_help) {
        draw_help(canvas);
    } else {
        draw_run({model, state, state.step, canvas, view.selected}, lesson, view);
    }
    return canvas.text(colours);
}

std::string_view mark_of(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return " ";
        case Activity::running:
            return "▶";
        case Activity::ready:
            return "⋯";
        case Activity::waiting_channel:
            return "⇄";
        case Activity::waiting_timer:
            return "◷";
        case Activity::waiting_io:
            return "⇣";
        case Activity::done:
            return "■";
        case Activity::failed:
            return "✖";
        case Activity::handed_off:
            return "↴";
    }
    return " ";
}

std::string_view bar_of(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return " ";
        case Activity::running:
            return "█";
        case Activity::ready:
            return "▄";
        case Activity::waiting_channel:
            return "║";
        case Activity::waiting_timer:
            return "░";
        case Activity::waiting_io:
            return "╱";
        case Activity::done:
            return "─";
        case Activity::failed:
            return "╳";
        case Activity::handed_off:
            return "╲";
    }
    return " ";
}

std::string_view word_of(Activity activity) {
    switch (activity) {
        case Activity::unborn:
            return "";
        case Activity::waiting_channel:
            return "channel";
        case Activity::waiting_timer:
            return "timer";
        case Activity::waiting_io:
            return "I/O";
        default:
            return activity_name(activity);
    }
}

}  // namespace co::studio
