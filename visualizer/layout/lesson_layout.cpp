#include "visualizer/layout/lesson_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "visualizer/layout/exercise_view.h"
#include "visualizer/layout/fold_view.h"
#include "visualizer/layout/highlight.h"
#include "visualizer/layout/paragraph.h"
#include "visualizer/layout/tabs.h"

namespace co::studio {

namespace {

constexpr float lesson_margin = 16;
constexpr float lesson_row = 28;
constexpr float title_bottom = 28;  // where its text ends

StyledRun styled(const Run& run, bool heading) {
    switch (run.style) {
        case RunStyle::plain:
            return {run.text, heading ? Font::prose_bold : Font::prose, heading ? Ink::text1 : Ink::text2};
        case RunStyle::strong:
            return {run.text, Font::prose_bold, Ink::text1};
        case RunStyle::emphasis:
            return {run.text, heading ? Font::prose_bold : Font::prose, Ink::text1};
        case RunStyle::code:
            return {run.text, Font::code_small, Ink::text1};
        case RunStyle::value:
            return {run.text, Font::code_small, Ink::string};
    }
    return {run.text};
}

/// Sets a lesson from top to bottom; `y_` is where the next part begins.
class LessonPage {
  public:
    LessonPage(Scene& scene, const PanelInput& input, const LessonText& lesson, float top)
        : scene_(scene), input_(input), lesson_(lesson), width_(input.size.w - 2 * lesson_margin), y_(top) {}

    /// Draws everything and returns where it ended.
    float draw() {
        y_ += 12;
        y_ += draw_paragraph(scene_, {lesson_margin, y_, width_, 24}, {{lesson_.title, Font::title, Ink::text1}},
                             input_.measure);
        y_ += 4;
        for (std::size_t i = 0; i < lesson_.blocks.size(); ++i) draw_block(lesson_.blocks[i], i == 0);
        if (!lesson_.question.empty()) draw_question();
        if (!lesson_.checkpoints.empty()) draw_checkpoints();
        y_ += draw_exercises(scene_, input_, lesson_, y_);
        return y_ + 8;
    }

    /// Where the last checkpoint that was reached ended; nothing when none was.
    std::optional<float> latest_checkpoint() const { return latest_; }

  private:
    float paragraph(float x, float y, float width, float line_height, const std::vector<StyledRun>& runs) {
        return draw_paragraph(scene_, {x, y, width, line_height}, runs, input_.measure);
    }

    void draw_block(const Block& block, bool first) {
        if (!first) y_ += block.kind == BlockKind::bullet ? 4 : 8;
        if (block.kind == BlockKind::code) return draw_code(block);
        std::vector<StyledRun> runs;
        for (const Run& run : block.runs) runs.push_back(styled(run, block.kind == BlockKind::heading));
        float indent = 0;
        if (block.kind == BlockKind::bullet) {
            indent = 14;
            scene_.fill({lesson_margin + 3, y_ + 8.5F, 4, 4}, Ink::text3, {.radius = 1});
        }
        y_ += paragraph(lesson_margin + indent, y_, width_ - indent, 20, runs);
    }

    void draw_code(const Block& block) {
        std::string text;
        for (const Run& run : block.runs) text += run.text;
        while (text.ends_with('\n')) text.pop_back();
        const auto lines = static_cast<float>(std::count(text.begin(), text.end(), '\n') + 1);
        const Rect box{lesson_margin - 4, y_, width_ + 8, lines * 18 + 8};
        scene_.fill(box, Ink::raised, {.radius = 4});
        float y = y_ + 4;
        for (std::size_t from = 0; from <= text.size(); y += 18) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            const std::string line =
                cut_to_fit(text.substr(from, end - from), Font::code_small, box.w - 16, input_.measure);
            scene_.text(box.x + 8, y + baseline(Font::code_small, 18), line, {.font = Font::code_small});
            from = end + 1;
        }
        y_ += box.h;
    }

    // -- the question
    // --------------------------------------------------------------------------------------------------

    const ChoiceText* chosen() const {
        if (!input_.view.choice || *input_.view.choice >= lesson_.choices.size()) return nullptr;
        return &lesson_.choices[*input_.view.choice];
    }

    void draw_question() {
        y_ += 16;
        const Rect box{12, y_, input_.size.w - 24, question_height()};
        scene_.fill(box, Ink::raised, {.radius = 4});
        scene_.stroke({box.x + 0.5F, box.y + 0.5F, box.w - 1, box.h - 1}, Ink::border, {.radius = 4});
        const float left = box.x + 13, width = box.w - 26;
        float y = y_ + 11;
        y += paragraph(left, y, width, 20, marked(lesson_.question, Font::prose_bold, Ink::text1));
        for (std::size_t i = 0; i < lesson_.choices.size(); ++i) y += draw_choice(box, y, i);
        if (chosen() && !chosen()->why.empty()) paragraph(left, y + 8, width, 16, marked(chosen()->why, Font::panel));
        y_ += box.h;
    }

    float text_height(const std::string& text, float width, float line_height, Font font) const {
        Scene unseen;
        return draw_paragraph(unseen, {.width = width, .line_height = line_height}, marked(text, font), input_.measure);
    }

    float choice_width() const { return input_.size.w - 24 - 26 - 24 - (chosen() ? 44.0F : 0.0F); }

    /// One line is a row of 28; each more adds 18.
    float choice_height(std::size_t index) const {
        const float lines = text_height(lesson_.choices[index].text, choice_width(), 1, Font::code_small);
        return lesson_row + 18 * (std::max(lines, 1.0F) - 1);
    }

    float question_height() const {
        const float width = input_.size.w - 24 - 26;
        float height = 24 + text_height(lesson_.question, width, 20, Font::prose_bold);
        for (std::size_t i = 0; i < lesson_.choices.size(); ++i) height += choice_height(i);
        if (chosen() && !chosen()->why.empty()) height += 8 + text_height(chosen()->why, width, 16, Font::panel) + 4;
        return height;
    }

    float draw_choice(const Rect& box, float y, std::size_t index) {
        const ChoiceText& choice = lesson_.choices[index];
        const bool on = chosen() == &choice;
        const float height = choice_height(index);
        if (on) scene_.fill({box.x + 5, y, box.w - 10, height}, Ink::row, {.radius = 4});
        const Point center{box.x + 21, y + 14};
        if (on) {
            scene_.circle(center, 8, Ink::now);
            scene_.icon(center.x - 6, center.y - 6, 12, choice.right ? Icon::check : Icon::cross, Ink::on_now);
            scene_.text(box.right() - 13, y + 18, choice.right ? "right" : "wrong",
                        {.font = Font::panel_bold, .ink = Ink::text1, .align = Align::right});
        } else {
            scene_.circle(center, 7.25F, Ink::strong_border, 1.5F);
        }
        paragraph(box.x + 37, y + 5, choice_width(), 18,
                  marked(choice.text, Font::code_small, on ? Ink::text1 : Ink::text2));
        scene_.hit({box.x + 5, y, box.w - 10, height}, Target::choice, static_cast<std::uint32_t>(index));
        return height;
    }

    // -- checkpoints
    // ---------------------------------------------------------------------------------------------------

    enum class Reached { before, latest, next, later };

    /// The last checkpoint that was reached is *now*; the one after it is next.
    std::vector<Reached> reached() const {
        std::vector<Reached> all(lesson_.checkpoints.size(), Reached::later);
        std::optional<std::size_t> latest, next;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& step = lesson_.checkpoints[i].step;
            if (!step) continue;
            if (*step <= input_.view.cursor) {
                all[i] = Reached::before;
                if (!latest || *step >= *lesson_.checkpoints[*latest].step) latest = i;
            } else if (!next || *step < *lesson_.checkpoints[*next].step) {
                next = i;
            }
        }
        if (latest) all[*latest] = Reached::latest;
        if (next) all[*next] = Reached::next;
        return all;
    }

    void draw_checkpoints() {
        y_ += 16;
        const std::vector<Reached> state = reached();
        for (std::size_t i = 0; i < state.size(); ++i) draw_checkpoint(lesson_.checkpoints[i], state[i]);
    }

    void draw_checkpoint(const CheckpointText& checkpoint, Reached reached) {
        const bool now = reached == Reached::latest;
        const std::string step = checkpoint.step ? fmt::format("step {}", *checkpoint.step) : "not in this run";
        const Font step_font = now ? Font::panel_bold : Font::panel;
        const float step_width = input_.measure(step, step_font);
        const float right = input_.size.w - lesson_margin;
        scene_.icon(lesson_margin, y_ + 7, 14, Icon::flag, now ? Ink::now : Ink::text3);
        scene_.text(right, y_ + 18, step,
                    {.font = step_font, .ink = now ? Ink::text1 : Ink::text3, .align = Align::right});
        const float left = lesson_margin + 24;
        const std::string title = (reached == Reached::next ? "Next: " : "") + checkpoint.title;
        const Ink ink = now ? Ink::text1 : reached == Reached::later ? Ink::text3 : Ink::text2;
        const float top = y_;
        const float height = paragraph(left, y_ + 4, right - step_width - 10 - left, 20,
                                       marked(title, now ? Font::prose_bold : Font::prose, ink));
        y_ += std::max(lesson_row, height + 8);
        if (checkpoint.step)
            scene_.hit({lesson_margin - 4, top, width_ + 8, y_ - top}, Target::checkpoint, *checkpoint.step);
        if (now && !checkpoint.prose.empty()) {
            y_ += paragraph(left, y_ - 2, right - left, 18, marked(checkpoint.prose, Font::panel)) + 4;
        }
        if (now || (latest_ && reached == Reached::next)) latest_ = y_;  // what comes next is in sight too
    }

    Scene& scene_;
    const PanelInput& input_;
    const LessonText& lesson_;
    float width_;
    float y_;
    std::optional<float> latest_;
};

/// The chapter; once the lesson's own title has scrolled away, that.
void draw_header(Scene& scene, const PanelInput& input, const LessonText& lesson, bool title_in_sight) {
    scene.line({0, header_height - 0.5F}, {input.size.w, header_height - 0.5F}, Ink::border);
    std::string which;
    if (lesson.number > 0) which = fmt::format("lesson {}", lesson.number);
    if (lesson.number > 0 && lesson.count > 0) which += fmt::format(" of {}", lesson.count);
    const float mark = draw_fold_mark(scene, input, {input.size.w, 6}, Icon::chevron_left, Command::fold_lesson);
    const float right = input.size.w - (mark > 0 ? mark + 8 : lesson_margin);
    if (!title_in_sight &&
        input.measure(lesson.title, Font::panel_bold) + 12 + input.measure(which, Font::panel) > right - lesson_margin)
        which.clear();  // the toolbar says it, too
    scene.text(right, 18, which, {.ink = Ink::text3, .align = Align::right});
    const float room = right - lesson_margin - input.measure(which, Font::panel) - 12;
    if (title_in_sight) {
        scene.text(lesson_margin, 18, lesson.chapter, {.ink = Ink::text3, .max_width = room});
    } else {
        const bool fits = input.measure(lesson.title, Font::panel_bold) <= room;
        scene.text(lesson_margin, 18, lesson.title,
                   {.font = fits ? Font::panel_bold : Font::caption_bold, .max_width = room});
    }
}

/// `scroll`, or a little more, so that the window's upper edge cuts through no line of text.
float between_lines(const Scene& unscrolled, float scroll) {
    constexpr float above = 14, below = 6;  // of a baseline
    for (const Item& item : unscrolled.items) {
        const auto* text = std::get_if<Text>(&item);
        if (!text) continue;
        const float top = text->baseline.y - above, bottom = text->baseline.y + below;
        if (top < scroll && scroll < bottom) return bottom;
    }
    return scroll;
}

}  // namespace

Scene lay_out_lesson(const PanelInput& input, const LessonText& lesson) {
    Scene measured;
    LessonPage unscrolled(measured, input, lesson, 0);
    const float content = unscrolled.draw();

    Scene scene;
    const Rect window{0, header_height, input.size.w, input.size.h - header_height};
    scene.content_height = content;
    float scroll = input.view.lesson_scroll;
    if (scroll < 0) {
        scroll = unscrolled.latest_checkpoint().value_or(0) + 8 - window.h;
        if (scroll > 0) scroll = between_lines(measured, scroll);
    }
    scene.scroll = clamp_scroll(scroll, window.h, content);
    draw_header(scene, input, lesson, scene.scroll < title_bottom);
    scene.clip({0, window.y, window.w, whole_lines(measured, scene.scroll, window.h)});
    LessonPage(scene, input, lesson, header_height - scene.scroll).draw();
    scene.unclip();
    scene.clip(window);
    draw_scroll_thumb(scene, window, scene.scroll, content);
    scene.unclip();
    return scene;
}

}  // namespace co::studio
