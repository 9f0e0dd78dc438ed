#include "visualizer/layout/code_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "visualizer/layout/chip.h"
#include "visualizer/layout/command.h"
#include "visualizer/layout/highlight.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float code_row = 18;
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
        for (std::size_t at = 0; at != std::string_view::npos && starts_.size() < lines_.size();) {
            starts_.push_back(at);
            const std::size_t newline = text.find('\n', at);
            at = newline == std::string_view::npos ? newline : newline + 1;
        }
        starts_.resize(lines_.size(), text.size());
        const std::size_t digits = std::to_string(lines_.size()).size();
        const bool narrow = input.size.w < narrow_width;
        if (narrow) font_ = Font::code_small;
        chip_left_ = narrow ? 8 : 12;
        numbers_right_ = (narrow ? 88.0F : 92.0F) + 8 * static_cast<float>(digits > 2 ? digits - 2 : 0);
        code_left_ = numbers_right_ + (narrow ? 10 : 16);
        // Whole rows: none peeks in above or below.
        window_ = {0, first_row, input.size.w, std::floor((input.size.h - first_row) / code_row) * code_row};
        const float hidden = code_row * static_cast<float>(lines_.size()) - window_.h;
        scene.content_height =
            window_.h + std::ceil(hidden / code_row) * code_row;  // scrolls by whole rows, to the end too
    }

    /// Moves so that `line` is in the middle, or by the view's own scrolling.
    void scroll_to(std::uint32_t line) {
        float scroll = input_.view.code_scroll;
        if (scroll < 0)
            scroll = std::floor(((static_cast<float>(line) - 0.5F) * code_row - window_.h / 2) / code_row) * code_row;
        scene_.scroll = clamp_scroll(scroll, window_.h, scene_.content_height);
    }

    /// Moves no further than it takes to have the caret in sight; a long line goes left.
    void scroll_to(const Caret& caret) {
        const std::size_t line = line_of(caret.at);
        const float top = static_cast<float>(line) * code_row;
        const float least = top + code_row - window_.h, most = top;
        scene_.scroll = clamp_scroll(std::clamp(input_.view.code_scroll, std::max(0.0F, least), std::max(0.0F, most)),
                                     window_.h, scene_.content_height);
        scene_.scroll = std::round(scene_.scroll / code_row) * code_row;
        const float right = input_.size.w - 24;
        shift_ = std::max(0.0F, x_of(caret.at) - right);
        is_edited_ = true;
    }

    void draw_selection(const Caret& caret) {
        for (std::size_t line = 0; caret.selects() && line < lines_.size(); ++line) {
            const std::size_t start = starts_[line], end = starts_[line] + length_of(line);
            if (end < caret.first() || start > caret.last() || !in_sight(static_cast<std::uint32_t>(line + 1)))
                continue;
            const float left = x_of(std::max(start, caret.first()));
            const float right = caret.last() > end ? x_of(end) + 6 : x_of(std::min(end, caret.last()));
            scene_.fill({left, top_of(static_cast<std::uint32_t>(line + 1)), right - left, code_row},
                        Ink::strong_border, {.alpha = 0.7F});
        }
    }

    void draw_caret(const Caret& caret) {
        const auto line = static_cast<std::uint32_t>(line_of(caret.at) + 1);
        if (in_sight(line)) scene_.fill({x_of(caret.at) - 1, top_of(line), 2, code_row}, Ink::now);
    }

    /// The byte under a point of the panel.
    std::size_t offset_at(Point point) const {
        const float below = std::max(0.0F, point.y - first_row + scene_.scroll);
        const std::size_t line = std::min(lines_.size() - 1, static_cast<std::size_t>(below / code_row));
        std::size_t at = starts_[line];
        const std::size_t end = at + length_of(line);
        const float advance = input_.measure("0", font_);
        while (at < end && x_of(at) + advance / 2 < point.x) ++at;
        return at;
    }

    void scroll_by(float scroll) { scene_.scroll = scroll; }

    bool in_sight(std::uint32_t line) const {
        return line >= 1 && line <= lines_.size() && top_of(line) > window_.y - code_row &&
               top_of(line) < window_.bottom();
    }
    float top_of(std::uint32_t line) const {
        return first_row + static_cast<float>(line - 1) * code_row - scene_.scroll;
    }
    const Rect& window() const { return window_; }

    /// While it moves it comes from the line that was the one before.
    void draw_now_row(std::uint32_t line, const State* before) {
        if (!in_sight(line)) return;
        float top = top_of(line);
        const CoroutineState* ran = before ? before->coroutine(before->running) : nullptr;
        if (ran && ran->source == 0 && in_sight(ran->line)) top += (top_of(ran->line) - top) * input_.view.glide;
        scene_.fill({0, top, input_.size.w, code_row}, Ink::row);
        scene_.fill({0, top, 4, code_row}, Ink::now);
    }

    void draw_lines(std::uint32_t now) {
        for (std::uint32_t line = 1; line <= lines_.size(); ++line) {
            if (!in_sight(line)) continue;
            const float y = top_of(line) + baseline(font_, code_row);
            const bool is_now = line == now;
            scene_.text(numbers_right_, y, std::to_string(line),
                        {.font = is_now ? Font::code_small_bold : Font::code_small,
                         .ink = is_now ? Ink::text1 : Ink::text3,
                         .align = Align::right});
            draw_tokens(lines_[line - 1], y);
            if (is_edited_) continue;
            scene_.hit({numbers_right_ - 24, top_of(line), input_.size.w, code_row}, Target::source_line, line);
        }
    }

    /// A plate behind the number of each line where the playhead is to stop, and the area that sets one.
    void draw_breakpoints() {
        for (std::uint32_t line = 1; line <= lines_.size(); ++line) {
            if (!in_sight(line)) continue;
            const Rect gutter{numbers_right_ - 22, top_of(line), 28, code_row};
            scene_.hit(gutter, Target::breakpoint, line);
            if (!is_set(input_.view.breakpoints, {Breakpoint::Kind::line, line})) continue;
            const float width = input_.measure(std::to_string(line), Font::code_small) + 8;
            const float left = numbers_right_ - width + 4;
            scene_.fill({left, gutter.y + 1, width, code_row - 2}, Ink::text1, {.radius = 3});
            scene_.text(numbers_right_, top_of(line) + baseline(font_, code_row), std::to_string(line),
                        {.font = Font::code_small, .ink = Ink::on_now, .align = Align::right});
        }
    }

    /// Every coroutine's chip at its line; where several stand, the one that matters most, and how many more.
    void draw_chips(const State* before) {
        std::map<std::uint32_t, std::vector<std::uint32_t>> at_line;
        for (const CoroutineState& coroutine : input_.state.coroutines) {
            if (!has_chip(coroutine) || draw_moving_chip(coroutine, before)) continue;
            at_line[coroutine.line].push_back(coroutine.id);
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
            scene_.fill({4, top, input_.size.w - 4, code_row}, Ink::failed, {.alpha = 0.16F});
            if (!has_chips_at(line)) {
                scene_.icon(numbers_right_ - 40, top + 3, 12, Icon::glyph_failed, Ink::failed);
            }
            const float begin = code_left_ + indent_of(lines_[line - 1]);
            const float left = std::max(code_left_ + width_of(lines_[line - 1]), begin + 24);
            const float under = top + code_row - 1.5F;
            scene_.line({begin, under}, {left, under}, Ink::failed, {.width = 1.5F, .dash = 3, .gap = 2});
            const float room = input_.size.w - 12 - (left + 20);
            if (room < least_note) continue;
            scene_.text(left + 20, top + baseline(Font::caption, code_row), problem.what,
                        {.font = Font::caption, .ink = Ink::text1, .max_width = room});
        }
    }

  private:
    std::size_t line_of(std::size_t at) const {
        const auto after = std::ranges::upper_bound(starts_, at);
        return after == starts_.begin() ? 0 : static_cast<std::size_t>(after - starts_.begin() - 1);
    }

    std::size_t length_of(std::size_t line) const {
        std::size_t length = 0;
        for (const Token& token : lines_[line]) length += token.text.size();
        return length;
    }

    float x_of(std::size_t at) const {
        const std::size_t line = line_of(at);
        std::string before;
        for (const Token& token : lines_[line]) before += token.text;
        before.resize(std::min(before.size(), at - starts_[line]));
        return code_left_ - shift_ + input_.measure(before, font_);
    }

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
        float x = code_left_ - shift_;
        const float end = input_.size.w - 6;
        const bool too_wide = !is_edited_ && x + width_of(tokens) > end;
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

    /// The chip of one that is on its way from another line; false: it stands.
    bool draw_moving_chip(const CoroutineState& coroutine, const State* before) {
        const CoroutineState* was = before ? before->coroutine(coroutine.id) : nullptr;
        if (!was || !has_chip(*was) || was->line == coroutine.line || input_.view.flight == 0) return false;
        if (!in_sight(was->line) || !in_sight(coroutine.line)) return false;
        const float way = top_of(was->line) - top_of(coroutine.line);
        const float y = top_of(coroutine.line) + 1 + way * still_to_go(input_.view.flight);
        draw_chip_of(scene_, {chip_left_, y}, input_, coroutine.id);
        return true;
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
        const std::string more = several ? "+" + std::to_string(coroutines.size() - 1) : "";
        const float width_of_more = several ? input_.measure(more, Font::caption_medium) + 3 : 0;
        const bool both_fit = chip_width(chip, input_.measure) + width_of_more <= room + (several ? 3 : 0);
        if (!both_fit) shorten(chip, coroutines, lead, room);
        const float width = chip_width(chip, input_.measure);
        if (several) scene_.fill({x + 3, y + 2, width, 15}, Ink::strong_border, {.radius = 3});
        draw_chip(scene_, {x, y}, chip, input_.measure);
        // A click on the selected one goes on to the next, and so round.
        const std::uint32_t next = coroutines[(lead + 1) % coroutines.size()];
        const bool is_selected = several && coroutines[lead] == input_.view.selected;
        scene_.hit({x, y, width, chip_height}, Target::coroutine, is_selected ? next : coroutines[lead]);
        if (!several || !both_fit) return;
        scene_.text(x + width + 3, y + 12, more, {.font = Font::caption_medium, .ink = Ink::text2});
        scene_.hit({x + width + 1, y, width_of_more + 2, code_row}, Target::coroutine, next);
    }

    /// Where a chip and "+9" do not fit: "×1000", unless one of them is what the person looks at; "co#1000" as "#1000".
    void shorten(Chip& chip, const std::vector<std::uint32_t>& coroutines, std::size_t lead, float room) {
        const std::uint32_t id = coroutines[lead];
        const bool is_looked_at = id == input_.view.selected || id == input_.state.running || id == input_.view.hovered;
        if (coroutines.size() > 1 && !is_looked_at) chip.label = "×" + std::to_string(coroutines.size());
        if (chip_width(chip, input_.measure) <= room) return;
        const std::size_t number = std::min(chip.label.find('#'), chip.label.size());
        if (number > 0 && number < chip.label.size()) chip.label = chip.label.substr(number);
        chip.label = cut_to_fit(chip.label, Font::chip, room - 26, input_.measure);
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
    std::vector<std::size_t> starts_;  // bytes before each line
    float shift_ = 0;                  // px that an edited text is moved left
    bool is_edited_ = false;
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

namespace {

/// Buttons at the right end of the header; returns how much of it they take.
float draw_edit_buttons(Scene& scene, const PanelInput& input, const CodeText& code) {
    float right = input.size.w - 12;
    const auto button = [&](const std::string& text, Command command) {
        const float width = input.measure(text, Font::caption_medium) + 14;
        const Rect rect{right - width, 4, width, 20};
        scene.stroke({rect.x + 0.5F, rect.y + 0.5F, rect.w - 1, rect.h - 1}, Ink::strong_border, {.radius = 4});
        scene.text(rect.x + 7, 18, text, {.font = Font::caption_medium, .ink = Ink::text2});
        scene.hit(rect, Target::command, number(command));
        right -= width + 6;
    };
    button(code.caret ? "Done" : "Edit", Command::edit);
    if (code.edited) button("Reset", Command::reset_program);
    if (code.caret) button("Run", Command::run);
    return input.size.w - right;
}

void draw_edited(Scene& scene, const PanelInput& input, const CodeText& code) {
    CodePage page(scene, input, code.program, Language::lua);
    page.scroll_to(*code.caret);
    scene.clip(page.window());
    page.draw_selection(*code.caret);
    page.draw_lines(0);
    page.draw_caret(*code.caret);
    scene.hit(page.window(), Target::text);
    draw_scroll_thumb(scene, page.window(), scene.scroll, scene.content_height);
    scene.unclip();
}

/// Text to be read only: the twin, a solution.
void draw_text(Scene& scene, const PanelInput& input, std::string_view text, Language language) {
    CodePage page(scene, input, text, language);
    page.scroll_to(1);
    scene.clip(page.window());
    page.draw_lines(0);
    draw_scroll_thumb(scene, page.window(), scene.scroll, scene.content_height);
    scene.unclip();
}

void draw_program(Scene& scene, const PanelInput& input, const CodeText& code, std::uint32_t now) {
    CodePage page(scene, input, program_text(input, code), Language::lua);
    std::uint32_t shown = now;
    if (const CoroutineState* focus = input.state.coroutine(input.focus()); !shown && focus) shown = focus->line;
    if (input.model.steps() == 0) shown = first_problem_line(input, code);
    page.scroll_to(std::max(shown, 1U));
    scene.clip(page.window());
    std::optional<State> before;  // only while something moves
    if (input.state.step > 0 && (input.view.glide > 0 || input.view.flight > 0))
        before = input.model.at(input.state.step - 1);
    const State* was = before ? &*before : nullptr;
    if (now) page.draw_now_row(now, was);
    page.draw_problems(code);
    page.draw_lines(now);
    page.draw_breakpoints();
    page.draw_chips(was);
    draw_scroll_thumb(scene, page.window(), scene.scroll, scene.content_height);
    scene.unclip();
}

}  // namespace

std::size_t text_offset_at(const PanelInput& input, const CodeText& code, Point point, float scroll) {
    Scene unseen;
    CodePage page(unseen, input, code.program, Language::lua);
    if (code.caret) page.scroll_to(*code.caret);
    page.scroll_by(scroll);
    return page.offset_at(point);
}

Scene lay_out_code(const PanelInput& input, const CodeText& code) {
    Scene scene;
    const auto number = [](CodeTab tab) { return static_cast<std::uint32_t>(tab); };
    CodeTab tab = input.view.code_tab;
    if (tab == CodeTab::twin && code.twin.empty()) tab = CodeTab::program;
    if (tab == CodeTab::solution && code.solution.empty()) tab = CodeTab::program;
    std::vector<TabItem> tabs{{.label = code.name}};
    if (!code.twin.empty()) tabs.push_back({.label = "C++ twin", .number = number(CodeTab::twin)});
    if (!code.solution.empty()) tabs.push_back({.label = "Solution", .number = number(CodeTab::solution)});
    draw_tabs(scene, input.size.w, tabs, number(tab), "", input.measure);

    if (tab == CodeTab::twin) return draw_text(scene, input, code.twin, Language::cpp), scene;
    if (tab == CodeTab::solution) return draw_text(scene, input, code.solution, Language::lua), scene;
    const float buttons = draw_edit_buttons(scene, input, code);
    if (code.caret) return draw_edited(scene, input, code), scene;
    const bool has_run = program_text(input, code) == code.program || code.program.empty();
    if (!has_run) return draw_text(scene, input, code.program, Language::lua), scene;
    const std::uint32_t now = current_line(input);
    if (now > 0) {
        scene.text(input.size.w - buttons - 6, 18, "line " + std::to_string(now),
                   {.ink = Ink::text3, .align = Align::right});
    }
    draw_program(scene, input, code, now);
    return scene;
}

}  // namespace co::studio
