#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "visualizer/terminal/frame.h"
#include "visualizer/terminal/panels.h"

namespace co::studio {
namespace {

constexpr int gutter = 10;
constexpr int number_width = 4;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        std::string spaced;
        for (const char c : line) spaced += c == '\t' ? std::string("    ") : std::string(1, c);
        lines.push_back(spaced);
    }
    return lines;
}

bool stands_somewhere(const CoroutineState& coroutine) {
    switch (coroutine.activity) {
        case Activity::unborn:
        case Activity::done:
            return false;
        default:
            return coroutine.id != trace::nobody && coroutine.line != 0;
    }
}

/// "▶ co#2", or "▶ co#2 +1" where several stand on one line; the followed one is named first.
void draw_chip(const Picture& picture, const Area& area, std::uint16_t source, std::uint32_t line, int row) {
    const CoroutineState* shown = nullptr;
    int others = -1;
    for (const CoroutineState& coroutine : picture.state.coroutines) {
        if (!stands_somewhere(coroutine) || coroutine.line != line || coroutine.source != source) continue;
        ++others;
        if (!shown || coroutine.id == followed(picture)) shown = &coroutine;
    }
    if (!shown) return;
    const Look look{.tint = tint_of(shown->activity), .bold = shown->id == followed(picture)};
    int column = picture.canvas.put(area.column, row, mark_of(shown->activity), look, 1);
    column = picture.canvas.put(column + 1, row, chip_text(shown->id), {.bold = look.bold}, gutter - 4);
    if (others > 0) picture.canvas.put(column + 1, row, fmt::format("+{}", others), {.tint = Tint::faint}, 3);
}

/// Whose line the window follows: a coroutine that go() has just begun has reached no line yet, so its caller's.
const CoroutineState* reader(const Picture& picture) {
    const CoroutineState* coroutine = picture.state.coroutine(followed(picture));
    const bool has_just_begun = coroutine && coroutine->line == 0 && coroutine->running_inside != trace::nobody;
    return has_just_begun ? picture.state.coroutine(coroutine->running_inside) : coroutine;
}

}  // namespace

void draw_code(const Picture& picture, const Area& area) {
    const auto& sources = picture.model.trace().sources;
    const CoroutineState* coroutine = reader(picture);
    const std::uint16_t source = coroutine ? coroutine->source : 0;
    if (source >= sources.size()) return;
    const std::uint32_t now = coroutine ? coroutine->line : 0;
    const std::vector<std::string> lines = lines_of(sources[source].text);
    const int count = static_cast<int>(lines.size());
    const int first = std::clamp(static_cast<int>(now) - area.rows / 2, 1, std::max(count - area.rows + 1, 1));
    for (int i = 0; i < area.rows && first + i <= count; ++i) {
        const int row = area.row + i;
        const auto line = static_cast<std::uint32_t>(first + i);
        const bool is_now = line == now;
        draw_chip(picture, area, source, line, row);
        int column = area.column + gutter;
        picture.canvas.put(column, row, fmt::format("{}{:>{}}", is_now ? '>' : ' ', line, number_width - 1),
                           {.tint = is_now ? Tint::text : Tint::faint, .bold = is_now});
        column += number_width + 1;
        picture.canvas.put(column, row, lines[line - 1], {.bold = is_now}, area.column + area.columns - column);
    }
}

}  // namespace co::studio
