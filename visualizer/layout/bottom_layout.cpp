#include "visualizer/layout/bottom_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "visualizer/layout/command.h"
#include "visualizer/layout/fold_view.h"
#include "visualizer/layout/future_view.h"
#include "visualizer/layout/lit.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float bottom_row = 18;
constexpr float bottom_left = 16;
constexpr float process_width = 96;  // of the column that only a run of several processes has

/// The part of the panel below its header, and the rows in it.
struct List {
    Rect window;
    float scroll = 0;
    std::size_t first = 0, after = 0;  // rows in sight
    float lag = 0;                     // px that the mark of now has still to go

    float top_of(std::size_t index) const { return window.y + bottom_row * static_cast<float>(index) - scroll; }
};

/// Scrolls as the person did, or so that row `now` stands in the upper half with what comes next below it.
List make_list(Scene& scene, const PanelInput& input, std::size_t rows, std::size_t now) {
    const float visible = std::floor((input.size.h - header_height) / bottom_row);  // whole rows only
    List list{.window = {0, header_height, input.size.w, visible * bottom_row}};
    scene.content_height = bottom_row * static_cast<float>(rows);
    const auto scroll_at = [&](std::size_t marked) {
        float scroll = input.view.bottom_scroll;
        if (scroll < 0)
            scroll = bottom_row * (static_cast<float>(marked) - std::max(1.0F, std::floor(visible / 2) - 1));
        return clamp_scroll(scroll, list.window.h, scene.content_height);
    };
    list.scroll = scene.scroll = scroll_at(now);
    if (now > 0) list.lag = input.view.glide * (bottom_row - (list.scroll - scroll_at(now - 1)));
    list.first = std::min(rows, static_cast<std::size_t>(list.scroll / bottom_row));
    list.after = std::min(rows, static_cast<std::size_t>(std::ceil((list.scroll + list.window.h) / bottom_row)));
    scene.clip(list.window);
    return list;
}

void draw_now_row(Scene& scene, const PanelInput& input, float top) {
    scene.fill({0, top, input.size.w, bottom_row}, Ink::row);
    scene.fill({0, top, 4, bottom_row}, Ink::now);
}

/// "latest", "now": a small plate behind the row's text.
void draw_tag(Scene& scene, const PanelInput& input, float x, float top, const std::string& text) {
    const float width = input.measure(text, Font::caption_bold) + 10;
    if (x + width > input.size.w - 8) return;
    scene.fill({x, top + 2, width, 14}, Ink::now, {.radius = 3});
    scene.text(x + 5, top + 13, text, {.font = Font::caption_bold, .ink = Ink::on_now});
}

/// The number alone where both do not fit into the column.
std::string step_text(std::uint32_t step) {
    return step < 10'000 ? fmt::format("step {}", step) : std::to_string(step);
}

void draw_nothing(Scene& scene, const std::string& text) {
    scene.text(bottom_left, header_height + 19, text, {.ink = Ink::text3});
}

// -- output
// ------------------------------------------------------------------------------------------------------------

/// How many lines had been printed at the cursor.
std::size_t lines_printed(const PanelInput& input) {
    const auto& output = input.model.output();
    const auto after = std::partition_point(output.begin(), output.end(),
                                            [&](const OutputLine& line) { return line.step <= input.view.cursor; });
    return static_cast<std::size_t>(after - output.begin());
}

void draw_output_row(Scene& scene, const PanelInput& input, const OutputLine& line, float top, std::size_t from_latest,
                     float lag) {
    const bool future = line.step > input.view.cursor;
    const bool latest = !future && from_latest == 0;
    if (latest) draw_now_row(scene, input, top - (line.step == input.view.cursor ? lag : 0));
    const float y = top + 13;
    const Ink words = latest ? Ink::text2 : Ink::text3;
    scene.text(bottom_left, y, seconds_text(line.time), {.ink = words, .max_width = 60});
    scene.text(bottom_left + 64, y, step_text(line.step), {.ink = words, .max_width = 64});
    const bool several = input.model.processes().several();
    const float who_x = bottom_left + 132 + (several ? process_width : 0), x = who_x + 56;
    if (several) {
        const std::string& process = input.model.processes()[process_of(line.coroutine)].title;
        scene.text(bottom_left + 132, y, process, {.ink = words, .max_width = process_width - 8});
    }
    scene.text(who_x, y, Model::chip(line.coroutine), {.font = Font::code_small, .ink = words, .max_width = 52});
    const Font font = latest ? Font::code_bold : Font::code;
    const std::string note = latest ? "latest" : future && from_latest == 1 ? "after the playhead" : "";
    const float note_width = note.empty() ? 0 : input.measure(note, Font::caption_bold) + 26;
    const std::string text = cut_to_fit(line.text, font, input.size.w - 12 - x - note_width, input.measure);
    scene.text(x, y, text, {.font = font, .ink = future ? Ink::text3 : Ink::text1});
    const float end = x + input.measure(text, font) + 12;
    if (latest) draw_tag(scene, input, end, top, note);
    if (!latest && !note.empty()) scene.text(end, y, note, {.font = Font::caption, .ink = Ink::text3});
    scene.hit({0, top, input.size.w, bottom_row}, Target::step, line.step);
}

void draw_output(Scene& scene, const PanelInput& input) {
    const auto& output = input.model.output();
    const std::size_t printed = lines_printed(input);
    if (input.other && input.difference > 0) return draw_outputs(scene, input);
    if (output.empty()) return draw_nothing(scene, "This run prints nothing.");
    const List list = make_list(scene, input, output.size(), printed > 0 ? printed - 1 : 0);
    for (std::size_t i = list.first; i < list.after; ++i) {
        const std::size_t from_latest = i >= printed ? i - printed + 1 : printed - 1 - i;
        draw_output_row(scene, input, output[i], list.top_of(i), from_latest, list.lag);
    }
    draw_scroll_thumb(scene, list.window, list.scroll, scene.content_height);
    scene.unclip();
}

// -- problems
// ----------------------------------------------------------------------------------------------------------

std::string place_of(const Problem& problem) {
    if (problem.line > 0) return fmt::format("{}:{}", problem.file, problem.line);
    return problem.file;
}

/// The file's name from its end, where the path is too long: "…/12-channels.md:31".
std::string cut_path(const std::string& path, float width, const MeasureText& measure) {
    if (measure(path, Font::code_small) <= width) return path;
    for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
        const std::string shorter = "…" + path.substr(at);
        if (measure(shorter, Font::code_small) <= width) return shorter;
    }
    return cut_to_fit(path.substr(path.rfind('/') + 1), Font::code_small, width, measure);
}

/// Draws one problem, its words wrapped; returns its height.
float draw_problem(Scene& scene, const PanelInput& input, const Problem& problem, std::uint32_t index, float top) {
    const float place_width = std::clamp(input.size.w * 0.22F, 150.0F, 280.0F);
    scene.icon(bottom_left, top + 3, 12, Icon::glyph_failed, Ink::failed);
    const std::string place = cut_path(place_of(problem), place_width - 12, input.measure);
    scene.text(bottom_left + 20, top + 13, place, {.font = Font::code_small, .ink = Ink::text2});
    const float x = bottom_left + 20 + (place.empty() ? 0 : place_width);
    const float width = input.size.w - 16 - x;
    float height = draw_paragraph(scene, {x, top, width, bottom_row}, {{problem.what, Font::panel_bold, Ink::text1}},
                                  input.measure);
    height +=
        draw_paragraph(scene, {x, top + height, width, bottom_row}, {{problem.remedy, Font::panel}}, input.measure);
    height = std::max(height, bottom_row);
    scene.hit({0, top, input.size.w, height}, Target::problem, index);
    return height;
}

void draw_problems(Scene& scene, const PanelInput& input) {
    const auto& problems = input.model.problems();
    if (problems.empty()) return draw_nothing(scene, "No problem was found in this run.");
    const Rect window{0, header_height, input.size.w, input.size.h - header_height};
    float gap = 4;
    const auto draw = [&](Scene& into, float scroll) {
        float y = header_height + gap - scroll;
        for (std::size_t i = 0; i < problems.size(); ++i) {
            y += draw_problem(into, input, problems[i], static_cast<std::uint32_t>(i), y) + gap;
        }
        return y - header_height + scroll;
    };
    Scene measured;
    scene.content_height = draw(measured, 0);
    if (scene.content_height > window.h) {  // closer, so that two are seen whole
        gap = 0;
        scene.content_height = draw(measured, 0);
    }
    scene.scroll = clamp_scroll(std::max(0.0F, input.view.bottom_scroll), window.h, scene.content_height);
    draw(scene, scene.scroll);
    draw_scroll_thumb(scene, window, scene.scroll, scene.content_height);
}

// -- events
// ------------------------------------------------------------------------------------------------------------

void draw_event_row(Scene& scene, const PanelInput& input, const EventLine& line, float top, float lag) {
    const bool now = line.step == input.view.cursor, future = line.step > input.view.cursor;
    if (now) draw_now_row(scene, input, top - lag);
    if (!now && is_lit(input, input.model.event(line.step))) scene.fill({0, top, 4, bottom_row}, Ink::text2);
    const float y = top + 13;
    const Ink grey = now ? Ink::text2 : Ink::text3;
    const Ink ink = now ? Ink::text1 : future ? Ink::text3 : Ink::text2;
    const Font font = now ? Font::panel_bold : Font::panel;
    const float who_x = bottom_left + 144 + (line.process.empty() ? 0 : process_width), verb_x = who_x + 72;
    const float what_x = verb_x + (input.size.w < 1200 ? 96.0F : 128.0F);
    scene.text(bottom_left, y, step_text(line.step), {.ink = grey, .max_width = 68});
    scene.text(bottom_left + 72, y, seconds_text(line.time), {.ink = grey, .max_width = 68});
    if (!line.process.empty())
        scene.text(bottom_left + 144, y, line.process, {.font = font, .ink = ink, .max_width = process_width - 8});
    scene.text(who_x, y, line.who,
               {.font = now ? Font::code_small_bold : Font::code_small, .ink = ink, .max_width = 66});
    scene.text(verb_x, y, line.verb, {.font = font, .ink = ink, .max_width = what_x - verb_x - 8});
    const float tag = now ? input.measure("now", Font::caption_bold) + 30 : 0;
    const std::string what = cut_to_fit(line.what, font, input.size.w - 12 - what_x - tag, input.measure);
    scene.text(what_x, y, what, {.font = font, .ink = ink});
    if (now) draw_tag(scene, input, what_x + input.measure(what, font) + 12, top, "now");
    scene.hit({0, top, input.size.w, bottom_row}, Target::step, line.step);
}

/// Only the steps that the filter lets pass.
void draw_found(Scene& scene, const PanelInput& input, const std::vector<std::uint32_t>& found) {
    if (found.empty()) return draw_nothing(scene, "No event says that. Esc shows all of them again.");
    const auto after = std::upper_bound(found.begin(), found.end(), input.view.cursor);
    const auto now = static_cast<std::size_t>(after - found.begin());
    const List list = make_list(scene, input, found.size(), now > 0 ? now - 1 : 0);
    for (std::size_t i = list.first; i < list.after; ++i) {
        draw_event_row(scene, input, input.model.line(found[i]), list.top_of(i), list.lag);
    }
    draw_scroll_thumb(scene, list.window, list.scroll, scene.content_height);
    scene.unclip();
}

void draw_events(Scene& scene, const PanelInput& input) {
    if (input.model.steps() == 0) return draw_nothing(scene, "Nothing has happened.");
    const std::size_t now = input.view.cursor > 0 ? input.view.cursor - 1 : 0;
    if (input.found && !input.view.filter.empty()) return draw_found(scene, input, *input.found);
    const List list = make_list(scene, input, input.model.steps(), now);
    State state = input.model.at(static_cast<std::uint32_t>(list.first));
    for (std::size_t i = list.first; i < list.after; ++i) {
        draw_event_row(scene, input, input.model.next_line(state), list.top_of(i), list.lag);
    }
    draw_scroll_thumb(scene, list.window, list.scroll, scene.content_height);
    scene.unclip();
}

/// Without its first character, however many bytes that has.
std::string drop_first(const std::string& text) {
    std::size_t at = text.empty() ? 0 : 1;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    return text.substr(at);
}

std::string note_of(const PanelInput& input, BottomTab tab) {
    if (tab == BottomTab::output && !input.model.output().empty()) {
        return fmt::format("{} of {}", lines_printed(input),
                           counted(static_cast<std::int64_t>(input.model.output().size()), "line"));
    }
    if (tab == BottomTab::events) {
        const bool filters = input.found && !input.view.filter.empty();
        const std::size_t shown = filters ? input.found->size() : input.view.cursor;
        return fmt::format("{} of {}{}", shown, counted(input.model.steps(), "event"), filters ? " say so" : "");
    }
    return "";
}

/// The field that searches the events, beside their tab.
void draw_search(Scene& scene, const PanelInput& input, float x) {
    const Rect field{x, 4, 168, 20};
    const View& view = input.view;
    scene.fill(field, Ink::window, {.radius = 4});
    scene.stroke({field.x + 0.5F, field.y + 0.5F, field.w - 1, field.h - 1},
                 view.filtering ? Ink::now : Ink::strong_border, {.radius = 4});
    scene.icon(field.x + 7, field.y + 4, 12, Icon::search, Ink::text3);
    scene.hit(field, Target::command, number(Command::filter));
    const float text = field.x + 25, room = field.right() - 24 - text;
    // Of what is longer than the field its end is seen, where one types.
    std::string words = view.filter;
    while (input.measure(words, Font::panel) > room) words = drop_first(words);
    if (words.empty() && !view.filtering) {
        scene.text(text, 18, "Search", {.ink = Ink::text3});
        scene.text(field.right() - 8, 18, "/", {.font = Font::caption, .ink = Ink::text3, .align = Align::right});
    }
    scene.text(text, 18, words, {.ink = Ink::text1});
    if (view.filtering) scene.fill({text + input.measure(words, Font::panel) + 1, field.y + 4, 1.5F, 12}, Ink::now);
    if (view.filter.empty()) return;
    scene.icon(field.right() - 17, field.y + 5, 10, Icon::cross, Ink::text2);
    scene.hit({field.right() - 24, field.y, 24, field.h}, Target::command, number(Command::clear_filter));
}

}  // namespace

Scene lay_out_bottom(const PanelInput& input) {
    Scene scene;
    const auto number = [](BottomTab tab) { return static_cast<std::uint32_t>(tab); };
    const BottomTab tab = input.view.bottom_tab;
    const float tabs_end = draw_tabs(
        scene, input.size.w,
        {{.label = "Output", .number = number(BottomTab::output)},
         {.label = "Problems",
          .count = std::to_string(input.model.problems().size()),
          .number = number(BottomTab::problems)},
         {.label = "Events", .count = std::to_string(input.model.steps()), .number = number(BottomTab::events)}},
        number(tab), note_of(input, tab), input.measure, input.can_fold ? 24 : 0);
    draw_fold_mark(scene, input, {input.size.w, 6},
                   input.view.division.folded.bottom ? Icon::chevron_up : Icon::chevron_down, Command::fold_bottom);
    if (tab == BottomTab::events && input.size.w > 700) draw_search(scene, input, tabs_end + 8);
    scene.clip({0, header_height, input.size.w, input.size.h - header_height});
    switch (tab) {
        case BottomTab::output:
            draw_output(scene, input);
            break;
        case BottomTab::problems:
            draw_problems(scene, input);
            break;
        case BottomTab::events:
            draw_events(scene, input);
            break;
    }
    scene.unclip();
    return scene;
}

}  // namespace co::studio
