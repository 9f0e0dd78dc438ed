#include "visualizer/layout/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "visualizer/layout/paragraph.h"

namespace co::studio {
namespace {

constexpr float palette_row = 26;
constexpr float field_height = 40;
constexpr float palette_width = 520;
constexpr std::size_t most_rows = 14;

std::vector<PaletteEntry> all_commands() {
    return {{"Run from the start", "Ctrl Enter", Command::run},
            {"Play, pause", "Space", Command::play},
            {"Before the first step", "Home", Command::first},
            {"After the last step", "End", Command::last},
            {"Next switch of coroutines", "Shift →", Command::next_switch},
            {"Previous switch of coroutines", "Shift ←", Command::previous_switch},
            {"On to the next breakpoint", "F5", Command::to_breakpoint},
            {"Breakpoint at this line", "F9", Command::break_here},
            {"Breakpoint on this coroutine", "Shift F9", Command::break_on_coroutine},
            {"On to the next checkpoint", "N", Command::to_checkpoint},
            {"Open a script, a lesson file or a saved run", "Ctrl O", Command::open_file},
            {"The lesson in its next language", "L", Command::language},
            {"Choose who runs next at every turn", "C", Command::choose},
            {"Let something go wrong here", "G", Command::what_if},
            {"Take the last choice back", "U", Command::undo_choice},
            {"Forget all choices", "", Command::forget_choices},
            {"Another seed from here on", "", Command::seed},
            {"Edit the program", "E", Command::edit},
            {"Bring the lesson's own program back", "", Command::reset_program},
            {"Save your script's file", "Ctrl S", Command::save},
            {"Search the events", "/", Command::filter},
            {"Follow a request through all processes", "R", Command::follow_request},
            {"Clock: steps", "", Command::clock_steps},
            {"Clock: virtual time", "", Command::clock_virtual},
            {"Faster", "]", Command::faster},
            {"Slower", "[", Command::slower},
            {"Zoom the timeline in", "W", Command::zoom_in},
            {"Zoom the timeline out", "S", Command::zoom_out},
            {"Bring the playhead into view", "F", Command::focus},
            {"Fold the lesson, unfold it", "Z", Command::fold_lesson},
            {"Fold the inspector, unfold it", "X", Command::fold_inspector},
            {"Fold the timeline, unfold it", "V", Command::fold_timeline},
            {"Fold output and events, unfold them", "M", Command::fold_bottom},
            {"Reset the layout", "", Command::reset_layout},
            {"Light or dark theme", "", Command::theme},
            {"Share this moment", "", Command::share},
            {"Export the trace for Perfetto", "", Command::export_trace},
            {"Export the events as text", "", Command::export_text},
            {"Export a picture", "", Command::export_picture},
            {"Export the whole run, to open it again", "", Command::save_run},
            {"All keys", "?", Command::help}};
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

/// Without a stream: one would bring the C++ library's locales into the browser's page, 45 KB.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t end = 0; end < text.size();) {
        const std::size_t start = text.find_first_not_of(' ', end);
        if (start == std::string::npos) break;
        end = std::min(text.find(' ', start), text.size());
        words.push_back(text.substr(start, end - start));
    }
    return words;
}

}  // namespace

std::vector<PaletteEntry> palette_entries(const std::vector<LessonEntry>& course, const std::string& query,
                                          const std::vector<std::string>& interferences) {
    std::vector<PaletteEntry> entries = all_commands();
    for (std::size_t i = 0; i < interferences.size(); ++i)
        entries.push_back({.name = fmt::format("{}, {}", interferences[i], from_here_on), .interference = i});
    for (std::size_t i = 0; i < course.size(); ++i) {
        entries.push_back({.name = fmt::format("Lesson {}: {}", course[i].number, course[i].title), .lesson = i});
    }
    for (const std::string& word : words_of(lower(query))) {
        std::erase_if(entries,
                      [&](const PaletteEntry& entry) { return lower(entry.name).find(word) == std::string::npos; });
    }
    return entries;
}

Scene lay_out_palette(Size window, Shade shade, const std::vector<PaletteEntry>& entries, const std::string& query,
                      std::size_t row, const MeasureText& measure, const std::string& hint) {
    Scene scene;
    scene.fill({0, 0, window.w, window.h}, Ink::window, {.alpha = 0.6F});
    const std::size_t shown = std::min(entries.size(), most_rows);
    const float height = field_height + palette_row * static_cast<float>(std::max<std::size_t>(shown, 1)) + 8;
    const Rect plate{std::floor((window.w - palette_width) / 2), 88, palette_width, height};
    draw_plate(scene, plate, shade);
    scene.icon(plate.x + 14, plate.y + 12, 16, Icon::search, Ink::text3);
    const float x = plate.x + 40;
    scene.text(x, plate.y + 25, query.empty() ? hint : query,
               {.font = Font::prose, .ink = query.empty() ? Ink::text3 : Ink::text1, .max_width = palette_width - 60});
    scene.fill({x + measure(query, Font::prose), plate.y + 11, 2, 18}, Ink::now);
    scene.line({plate.x, plate.y + field_height}, {plate.right(), plate.y + field_height}, Ink::border);
    float y = plate.y + field_height + 4;
    if (entries.empty()) scene.text(x, y + 17, "Nothing is called so.", {.font = Font::prose, .ink = Ink::text3});
    const std::size_t first = row < shown ? 0 : row - shown + 1;
    for (std::size_t i = first; i < first + shown; ++i, y += palette_row) {
        const Rect place{plate.x + 4, y, plate.w - 8, palette_row};
        if (i == row) scene.fill(place, Ink::row, {.radius = 3});
        scene.text(x, y + 17, cut_to_fit(entries[i].name, Font::prose, palette_width - 160, measure),
                   {.font = i == row ? Font::prose_bold : Font::prose});
        scene.text(place.right() - 12, y + 17, entries[i].keys,
                   {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
        scene.hit(place, Target::choice, static_cast<std::uint32_t>(i));
    }
    return scene;
}

}  // namespace co::studio
