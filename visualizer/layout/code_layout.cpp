#include "visualizer/layout/code_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/highlight.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float row = 18;
constexpr float first_row = header_height + 4;
constexpr float narrow_width = 440;  // below it the code is set smaller, so that less of it is cut
constexpr float least_note = 120;    // px: a shorter note beside the code says nothing

Ink ink_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::plain:
            return Ink::text1;
        case TokenKind::keyword:
            return Ink::keyword;
        case TokenKind::call:
            return Ink::call;
        case TokenKind::string:
            return Ink::string;
        case TokenKind::number:
            return Ink::number;
        case TokenKind::comment:
            return Ink::text3;
        case TokenKind::punctuation:
            return Ink::text2;
    }
    return Ink::text1;
}

bool has_chip(const CoroutineState& coroutine) {
    return coroutine.activity != Activity::unborn && coroutine.activity != Activity::done && coroutine.line > 0 &&
           coroutine.source == 0;
}

/// Draws the panel's text: one object, because every part needs the same few numbers.
class CodePage {
  public:
    CodePage(Scene& scene, const PanelInput& input, std::string_view text, Language language)
        : scene_(scene), input_(input), lines_(highlight(text, language)) {
        const std::size_t digits = std::to_string(lines_.size()).size();
        const bool narrow = input.size.w < narrow_width;
        if (narrow) font_ = Font::code_small;
        chip_left_ = narrow ? 8 : 12;
        numbers_right_ = (narrow ? 88.0F : 92.0F) + 8 * static_cast<float>(digits > 2 ? digits - 2 : 0);
        code_left_ = numbers_right_ + (narrow ? 10 : 16);
        // Whole rows: none peeks in above or below.
        window_ = {0, first_row, input.size.w, std::floor((input.size.h - first_row) / row) * row};
        const float hidden = row * static_cast<float>(lines_.size()) - window_.h;
        scene.content_height = window_.h + std::ceil(hidden / row) * row;  // scrolls by whole rows, to the end too
    }

    /// Moves so that `line` is in the middle, or by the view's own scrolling.
    void scroll_to(std::uint32_t line) {
        float scroll = input_.view.code_scroll;
        if (scroll < 0) scroll = std::floor(((static_cast<float>(line) - 0.5F) * row - window_.h / 2) / row) * row;
        scene_.scroll = clamp_scroll(scroll, window_.h, scene_.content_height);
    }

    bool in_sight(std::uint32_t line) const {
        return line >= 1 && line <= lines_.size() && top_of(line) > window_.y - row && top_of(line) < window_.bottom();
    }
    float top_of(std::uint32_t line) const { return first_row + static_cast<float>(line - 1) * row - scene_.scroll; }
    const Rect& window() const { return window_; }

    void draw_now_row(std::uint32_t line) {
        if (!in_sight(line)) return;
        scene_.fill({0, top_of(line), input_.size.w, row}, Ink::row);
        scene_.fill({0, top_of(line), 4, row}, Ink::now);
    }

    void draw_lines(std::uint32_t now) {
        for (std::uint32_t line = 1; line <= lines_.size(); ++line) {
            if (!in_sight(line)) continue;
            const float y = top_of(line) + baseline(font_, row);
            const bool is_now = line == now;
            scene_.text(numbers_right_, y, std::to_string(line),
                        {.font = is_now ? Font::code_small_bold : Font::code_small,
                         .ink = is_now ? Ink::text1 : Ink::text3,
                         .align = Align::right});
            draw_tokens(lines_[line - 1], y);
            scene_.hit({numbers_right_ - 24, top_of(line), input_.size.w, row}, Target::source_line, line);
        }
    }

    /// Every coroutine's chip at its line; where several stand, the one that matters most, and how many more.
    void draw_chips() {
        std::map<std::uint32_t, std::vector<std::uint32_t>> at_line;
        for (const CoroutineState& coroutine : input_.state.coroutines) {
            if (has_chip(coroutine)) at_line[coroutine.line].push_back(coroutine.id);
        }
        for (const auto& [line, coroutines] : at_line) {
            if (in_sight(line)) draw_chips_at(top_of(line) + 1, coroutines);
        }
    }

    /// Of several at one line the first is written there; the Problems tab has them all.
    void draw_problems(const CodeText& code) {
        std::set<std::uint32_t> drawn;
        for (const Problem& problem : input_.model.problems()) {
            const std::uint32_t line = line_in_program(problem, code);
            if (!in_sight(line) || !drawn.insert(line).second) continue;
            const float top = top_of(line);
            scene_.fill({4, top, input_.size.w - 4, row}, Ink::failed, {.alpha = 0.16F});
            if (!has_chips_at(line)) {
                scene_.icon(numbers_right_ - 40, top + 3, 12, Icon::glyph_failed, Ink::failed);
            }
            const float begin = code_left_ + indent_of(lines_[line - 1]);
            const float left = std::max(code_left_ + width_of(lines_[line - 1]), begin + 24);
            const float under = top + row - 1.5F;
            scene_.line({begin, under}, {left, under}, Ink::failed, {.width = 1.5F, .dash = 3, .gap = 2});
            const float room = input_.size.w - 12 - (left + 20);
            if (room < least_note) continue;
            scene_.text(left + 20, top + baseline(Font::caption, row), problem.what,
                        {.font = Font::caption, .ink = Ink::text1, .max_width = room});
        }
    }

  private:
    float width_of(const HighlightedLine& tokens) const {
        float width = 0;
        for (const Token& token : tokens) width += input_.measure(token.text, font_);
        return width;
    }

    float indent_of(const HighlightedLine& tokens) const {
        if (tokens.empty()) return 0;
        const std::string& text = tokens[0].text;
        return input_.measure(text.substr(0, std::min(text.find_first_not_of(' '), text.size())), font_);
    }

    void draw_tokens(const HighlightedLine& tokens, float y) {
        float x = code_left_;
        const float end = input_.size.w - 6;
        const bool too_wide = x + width_of(tokens) > end;
        const float limit = too_wide ? end - input_.measure("…", font_) : end;
        for (const Token& token : tokens) {
            const float width = input_.measure(token.text, font_);
            const bool cut = too_wide && x + width > limit;
            const std::string text = cut ? cut_to_fit(token.text + "……", font_, end - x, input_.measure) : token.text;
            if (text.find_first_not_of(' ') != std::string::npos) {
                scene_.text(x, y, text, {.font = font_, .ink = ink_of(token.kind)});
            }
            if (cut) return;
            x += width;
        }
    }

    bool has_chips_at(std::uint32_t line) const {
        const auto& all = input_.state.coroutines;
        return std::any_of(all.begin(), all.end(), [line](const CoroutineState& coroutine) {
            return coroutine.line == line && has_chip(coroutine);
        });
    }

    /// The selected one, else the running one, else the hovered one, else the first.
    std::size_t lead_of(const std::vector<std::uint32_t>& coroutines) const {
        for (const std::uint32_t wanted : {input_.view.selected, input_.state.running, input_.view.hovered}) {
            const auto found = std::find(coroutines.begin(), coroutines.end(), wanted);
            if (found != coroutines.end()) return static_cast<std::size_t>(found - coroutines.begin());
        }
        return 0;
    }

    void draw_chips_at(float y, const std::vector<std::uint32_t>& coroutines) {
        const std::size_t lead = lead_of(coroutines);
        const bool several = coroutines.size() > 1;
        const float x = several ? 5 : chip_left_;
        Chip chip = chip_of(input_, coroutines[lead]);
        if (several) chip.least_width = 49;
        const float room = numbers_right_ - 18 - x;
        if (chip_width(chip, input_.measure) > room) {  // "co#1000" becomes "#1000"
            const std::size_t number = std::min(chip.label.find('#'), chip.label.size());
            chip.label = cut_to_fit(chip.label.substr(number), Font::chip, room - 26, input_.measure);
        }
        const float width = chip_width(chip, input_.measure);
        if (several) scene_.fill({x + 3, y + 2, width, 15}, Ink::strong_border, {.radius = 3});
        draw_chip(scene_, {x, y}, chip, input_.measure);
        scene_.hit({x, y, width, chip_height}, Target::coroutine, coroutines[lead]);
        if (several) draw_more({x + width + 3, y}, coroutines, lead);
    }

    /// "+2", and beyond nine a mere "+": a click selects the next one, so that clicking goes round.
    void draw_more(Point at, const std::vector<std::uint32_t>& coroutines, std::size_t lead) {
        std::string more = "+" + std::to_string(coroutines.size() - 1);
        const float room = numbers_right_ - 15 - at.x;
        if (input_.measure(more, Font::caption_medium) > room) more = "+";
        if (input_.measure(more, Font::caption_medium) > room) return;
        scene_.text(at.x, at.y + 12, more, {.font = Font::caption_medium, .ink = Ink::text2});
        scene_.hit({at.x - 2, at.y, room + 2, row}, Target::coroutine, coroutines[(lead + 1) % coroutines.size()]);
    }

    /// Problems name the lesson's file and its lines; the program may begin somewhere in it. 0: not in this program.
    static std::uint32_t line_in_program(const Problem& problem, const CodeText& code) {
        if (problem.line == 0) return 0;
        if (problem.file == code.file && problem.line >= code.first_line) return problem.line - code.first_line + 1;
        return problem.file == code.name ? problem.line : 0;
    }

    Scene& scene_;
    const PanelInput& input_;
    std::vector<HighlightedLine> lines_;
    Font font_ = Font::code;
    float chip_left_ = 12, numbers_right_ = 92, code_left_ = 108;
    Rect window_;
};

std::string_view program_text(const PanelInput& input, const CodeText& code) {
    const auto& sources = input.model.trace().sources;
    return sources.empty() ? std::string_view(code.program) : std::string_view(sources[0].text);
}

std::uint32_t first_problem_line(const PanelInput& input, const CodeText& code) {
    for (const Problem& problem : input.model.problems()) {
        if (problem.line >= code.first_line) return problem.line - code.first_line + 1;
    }
    return 1;
}

}  // namespace

std::uint32_t current_line(const PanelInput& input) {
    const CoroutineState* running = input.state.coroutine(input.state.running);
    return running && running->source == 0 ? running->line : 0;
}

Scene lay_out_code(const PanelInput& input, const CodeText& code) {
    Scene scene;
    const bool twin = input.view.code_tab == CodeTab::twin && !code.twin.empty();
    std::vector<TabItem> tabs{{.label = code.name}};
    if (!code.twin.empty()) tabs.push_back({.label = "C++ twin", .number = 1});
    const std::uint32_t now = twin ? 0 : current_line(input);
    draw_tabs(scene, input.size.w, tabs, twin ? 1 : 0, now ? "line " + std::to_string(now) : "", input.measure);

    CodePage page(scene, input, twin ? std::string_view(code.twin) : program_text(input, code),
                  twin ? Language::cpp : Language::lua);
    std::uint32_t shown = now;
    if (const CoroutineState* focus = input.state.coroutine(input.focus()); !shown && focus) shown = focus->line;
    if (input.model.steps() == 0) shown = first_problem_line(input, code);
    page.scroll_to(twin ? 1 : std::max(shown, 1U));
    scene.clip(page.window());
    if (now) page.draw_now_row(now);
    if (!twin) page.draw_problems(code);
    page.draw_lines(now);
    if (!twin) page.draw_chips();
    draw_scroll_thumb(scene, page.window(), scene.scroll, scene.content_height);
    scene.unclip();
    return scene;
}

}  // namespace co::studio
