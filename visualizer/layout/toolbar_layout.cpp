#include "visualizer/layout/toolbar_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace co::studio {

namespace {

constexpr float toolbar_margin = 12;
constexpr float toolbar_gap = 8;
constexpr float button = 28;
constexpr float button_top = 6;
constexpr float text_baseline = 25;        // of 13 px text in a button
constexpr float small_text_baseline = 24;  // of 12 px text

/// How much is said; each level says less than the one before.
struct Words {
    float lesson_box = 224;
    bool name = true;        // "costudio"
    bool step_words = true;  // "Step 20 of 38", else "20 / 38"
    bool seed_word = true;
    bool run_word = true;
    bool share = true;  // else the palette has it
};
constexpr std::array<Words, 8> levels{{
    {},
    {.lesson_box = 196},
    {.lesson_box = 196, .name = false},
    {.lesson_box = 184, .name = false, .step_words = false},
    {.lesson_box = 184, .name = false, .step_words = false, .share = false},
    {.lesson_box = 124, .name = false, .step_words = false, .share = false},
    {.lesson_box = 156, .name = false, .step_words = false, .seed_word = false, .share = false},
    {.lesson_box = 112, .name = false, .step_words = false, .seed_word = false, .run_word = false, .share = false},
}};

/// Sets one control after the other from the left, and the last ones from the right.
class Row {
  public:
    Row(const PanelInput& input, const LessonText& lesson, const Words& words)
        : input_(input), lesson_(lesson), words_(words) {}

    /// How wide the lesson's box would have to be to show its whole title.
    float whole_title() const {
        const float number = lesson_.number > 0 ? measure(std::to_string(lesson_.number), Font::prose) + 6 : 0;
        return std::ceil(11 + number + measure(lesson_.title, Font::prose) + 30);
    }

    /// Draws everything; returns where the left part ends and the right part begins.
    std::pair<float, float> draw() {
        draw_lesson();
        draw_transport();
        draw_clock();
        const float left_end = x_ - toolbar_gap;
        const float right_begin = draw_right();
        return {left_end, right_begin};
    }

    Scene scene;

  private:
    float measure(const std::string& text, Font font) const { return input_.measure(text, font); }

    void command(const Rect& rect, Command what) { scene.hit(rect, Target::command, number(what)); }

    Rect box(float width, Ink ground, Ink edge) {
        const Rect rect{x_, button_top, width, button};
        scene.fill(rect, ground, {.radius = 4});
        scene.stroke({x_ + 0.5F, button_top + 0.5F, width - 1, button - 1}, edge, {.radius = 4});
        x_ += width + toolbar_gap;
        return rect;
    }

    void icon_button(Icon icon, float size, Ink ink, Command what, bool enabled = true) {
        const Rect rect{x_, button_top, button, button};
        scene.icon(x_ + (button - size) / 2, button_top + (button - size) / 2, size, icon, ink, enabled ? 1 : 0.35F);
        if (enabled) command(rect, what);
        x_ += button;
    }

    void draw_lesson() {
        scene.icon(toolbar_margin, 10, 20, Icon::logo, Ink::text1);
        x_ = toolbar_margin + 20 + toolbar_gap;
        if (words_.name) {
            scene.text(x_, text_baseline, "costudio", {.font = Font::prose_bold});
            x_ += measure("costudio", Font::prose_bold) + 4 + toolbar_gap;
        }
        const bool in_course = lesson_.has_previous || lesson_.has_next;
        if (in_course) {
            icon_button(Icon::chevron_left, 16, Ink::text3, Command::previous_lesson, lesson_.has_previous);
        }
        const Rect rect = box(words_.lesson_box, Ink::raised, Ink::border);
        x_ -= toolbar_gap;
        float text = rect.x + 11;
        if (lesson_.number > 0) {
            const std::string which = std::to_string(lesson_.number);
            scene.text(text, text_baseline, which, {.font = Font::prose, .ink = Ink::text3});
            text += measure(which, Font::prose) + 6;
        }
        scene.text(text, text_baseline, lesson_.title, {.font = Font::prose, .max_width = rect.right() - 28 - text});
        scene.icon(rect.right() - 23, 12, 16, Icon::chevron_down, Ink::text3);
        command(rect, Command::choose_lesson);
        if (in_course) icon_button(Icon::chevron_right, 16, Ink::text3, Command::next_lesson, lesson_.has_next);
        x_ += toolbar_gap;
    }

    void draw_run() {
        const float width = words_.run_word ? 11 + 12 + 6 + measure("Run", Font::prose_bold) + 11 : button + 4;
        const Rect rect = box(width, Ink::row, Ink::strong_border);
        scene.icon(words_.run_word ? rect.x + 11 : rect.x + 10, 14, 12, Icon::run, Ink::text1);
        if (words_.run_word) scene.text(rect.x + 29, text_baseline, "Run", {.font = Font::prose_bold});
        command(rect, Command::run);
    }

    void draw_transport() {
        draw_run();
        scene.line({x_ + 2.5F, 10}, {x_ + 2.5F, 30}, Ink::border);
        x_ += 5 + toolbar_gap;
        const bool before = input_.view.cursor > 0, after = input_.view.cursor < input_.model.steps();
        icon_button(Icon::first, 16, Ink::text2, Command::first, before);
        icon_button(Icon::back, 16, Ink::text2, Command::back, before);
        scene.fill({x_, button_top, button, button}, Ink::row, {.radius = 4});
        icon_button(input_.view.playing ? Icon::pause : Icon::run, 16, Ink::text1, Command::play);
        icon_button(Icon::step, 16, Ink::text2, Command::step, after);
        icon_button(Icon::last, 16, Ink::text2, Command::last, after);
        x_ += toolbar_gap;
        draw_step();
    }

    /// "Step 20 of 38": as wide as its widest, so that nothing moves while it plays.
    void draw_step() {
        const std::string now = std::to_string(input_.view.cursor), all = std::to_string(input_.model.steps());
        const std::string before = words_.step_words ? "Step " : "", between = words_.step_words ? " of " : " / ";
        const auto put = [this](float x, const std::string& text, Font font, Ink ink) {
            scene.text(x, text_baseline, text, {.font = font, .ink = ink});
            return x + measure(text, font);
        };
        float x = x_;
        if (words_.step_words) x = put(x, before, Font::prose, Ink::text3);
        x = put(x, now, Font::prose_bold, Ink::text1);
        put(x, between + all, Font::prose, Ink::text3);
        const float widest = measure(before + between + all, Font::prose) + measure(all, Font::prose_bold);
        x_ += std::max(words_.step_words ? 104.0F : 0.0F, widest + 4) + toolbar_gap;
    }

    void draw_clock() {
        const std::string speed = speed_text(input_.view.speed);
        const float width = 11 + measure("0.5×", Font::prose) + 2 + 16 + 7;
        const Rect rect = box(width, Ink::raised, Ink::border);
        scene.text(rect.x + 11, text_baseline, speed, {.font = Font::prose});
        scene.icon(rect.right() - 23, 12, 16, Icon::chevron_down, Ink::text3);
        command(rect, Command::speed);
        draw_clock_choice();
        const std::string seed = std::to_string(input_.seed);
        const float word = words_.seed_word ? measure("seed", Font::prose) + 6 : 0;
        const float room = std::min(measure(seed, Font::prose), 72.0F);
        const Rect seed_box = box(11 + word + room + 11, Ink::raised, Ink::border);
        if (words_.seed_word)
            scene.text(seed_box.x + 11, text_baseline, "seed", {.font = Font::prose, .ink = Ink::text3});
        scene.text(seed_box.x + 11 + word, text_baseline, seed, {.font = Font::prose, .max_width = room + 1});
        command(seed_box, Command::seed);
    }

    void draw_clock_choice() {
        const bool steps = input_.view.clock == Clock::steps;
        const float first = 18 + measure("steps", steps ? Font::panel_bold : Font::panel);
        const char* time = input_.model.has_wall_clock() ? "wall" : "virtual";
        const float second = 18 + measure(time, steps ? Font::panel : Font::panel_bold);
        const Rect rect = box(first + second + 2, Ink::raised, Ink::border);
        const Rect halves[2] = {{rect.x + 1, button_top, first, button},
                                {rect.x + 1 + first, button_top, second, button}};
        const Rect& on = halves[steps ? 0 : 1];
        scene.fill({on.x, on.y + 1, on.w, button - 2}, Ink::row, {.radius = 3});
        const auto put = [&](const Rect& half, const char* text, bool open, Command what) {
            scene.text(half.x + 9, small_text_baseline, text,
                       {.font = open ? Font::panel_bold : Font::panel, .ink = open ? Ink::text1 : Ink::text3});
            command(half, what);
        };
        put(halves[0], "steps", steps, Command::clock_steps);
        put(halves[1], time, !steps, Command::clock_virtual);
    }

    /// "EN", "FR", "ZH": a click takes the next one.
    void draw_language() {
        if (lesson_.languages.size() < 2) return;
        std::string code = lesson_.language;
        std::transform(code.begin(), code.end(), code.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        x_ -= button;
        scene.stroke({x_ + 0.5F, button_top + 4.5F, button - 1, button - 9}, Ink::strong_border, {.radius = 3});
        scene.text(x_ + button / 2, text_baseline - 1, code,
                   {.font = Font::caption_bold, .ink = Ink::text2, .align = Align::center});
        command({x_, button_top, button, button}, Command::language);
    }

    void word_button(const std::string& text, Command what) {
        const float width = 20 + measure(text, Font::prose);
        x_ -= width;
        scene.text(x_ + 10, text_baseline, text, {.font = Font::prose, .ink = Ink::text2});
        command({x_, button_top, width, button}, what);
    }

    float draw_right() {
        x_ = input_.size.w - toolbar_margin - button;
        icon_button(input_.view.dark ? Icon::sun : Icon::moon, 16, Ink::text2, Command::theme);
        x_ = input_.size.w - toolbar_margin - 2 * button - toolbar_gap;
        scene.text(x_ + button / 2, text_baseline, "?",
                   {.font = Font::prose_bold, .ink = Ink::text2, .align = Align::center});
        command({x_, button_top, button, button}, Command::help);
        draw_language();
        x_ -= button;
        scene.icon(x_ + 6, button_top + 6, 16, Icon::layout, Ink::text2);
        command({x_, button_top, button, button}, Command::reset_layout);
        word_button("Export", Command::exports);
        if (words_.share) word_button("Share", Command::share);
        return x_;
    }

    const PanelInput& input_;
    const LessonText& lesson_;
    const Words& words_;
    float x_ = 0;
};

Scene draw_row(const PanelInput& input, const LessonText& lesson, const Words& words) {
    Row row(input, lesson, words);
    row.draw();
    return std::move(row.scene);
}

/// The same words with as wide a box for the lesson as its title needs, or as there is room; none: it does not fit.
std::optional<Words> widened(const PanelInput& input, const LessonText& lesson, const Words& words, bool whole_title) {
    Row row(input, lesson, words);
    const auto [left_end, right_begin] = row.draw();
    const float most = words.lesson_box + right_begin - toolbar_gap - left_end;
    const float wanted = std::max(words.lesson_box, row.whole_title());
    if (most < (whole_title ? wanted : words.lesson_box)) return std::nullopt;
    Words wide = words;
    wide.lesson_box = std::min(wanted, std::floor(most));
    return wide;
}

/// What says most and fits; a title in full is worth a word or two of the others.
Words fitting(const PanelInput& input, const LessonText& lesson) {
    for (const bool whole_title : {true, false}) {
        for (const Words& words : levels) {
            if (const auto wide = widened(input, lesson, words, whole_title)) return *wide;
        }
    }
    return levels.back();
}

}  // namespace

std::string speed_text(float speed) { return fmt::format("{:g}×", speed); }

Scene lay_out_toolbar(const PanelInput& input, const LessonText& lesson) {
    Scene scene = draw_row(input, lesson, fitting(input, lesson));
    scene.line({0, input.size.h - 0.5F}, {input.size.w, input.size.h - 0.5F}, Ink::border);
    return scene;
}

}  // namespace co::studio
