#include "visualizer/layout/exercise_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "visualizer/layout/command.h"
#include "visualizer/layout/paragraph.h"

namespace co::studio {

namespace {

constexpr float exercise_margin = 12;
constexpr float exercise_padding = 13;
constexpr float button_height = 24;

/// One box, its parts set from the top down; its ground is drawn last and put below.
class Box {
  public:
    Box(Scene& scene, const PanelInput& input, float top)
        : scene_(scene), input_(input), first_(scene.items.size()), top_(top), y_(top + 11) {}

    void title(const std::string& text, bool done, const std::string& done_word) {
        const float mark = done ? input_.measure(done_word, Font::panel_bold) + 28 : 0;
        const float top = y_;
        y_ += draw_paragraph(scene_, {left(), y_, width() - mark, 20}, {{text, Font::prose_bold, Ink::text1}},
                             input_.measure);
        if (!done) return;
        const float right = left() + width();
        scene_.text(right, top + 14, done_word, {.font = Font::panel_bold, .align = Align::right});
        const Point center{right - mark + 12, top + 10};
        scene_.circle(center, 8, Ink::now);
        scene_.icon(center.x - 6, center.y - 6, 12, Icon::check, Ink::on_now);
    }

    void words(const std::string& text, Font font = Font::panel, Ink ink = Ink::text2) {
        if (text.empty()) return;
        y_ += 4;
        y_ += draw_paragraph(scene_, {left(), y_, width(), font == Font::prose ? 20.0F : 17.0F},
                             marked(text, font, ink), input_.measure);
    }

    void labelled(const std::string& label, const std::string& code) {
        y_ += 4;
        y_ += draw_paragraph(scene_, {left(), y_, width(), 18},
                             {{label + " ", Font::panel, Ink::text3}, {code, Font::code_small, Ink::text1}},
                             input_.measure);
    }

    void button(const std::string& text, Target target, std::uint32_t id, bool strong = false) {
        const Font font = strong ? Font::panel_bold : Font::panel;
        const float button_width = input_.measure(text, font) + 20;
        if (x_ == 0) y_ += 8, x_ = left();
        const Rect rect{x_, y_, button_width, button_height};
        scene_.fill(rect, strong ? Ink::now : Ink::row, {.radius = 4});
        scene_.text(rect.x + 10, rect.y + 16, text, {.font = font, .ink = strong ? Ink::on_now : Ink::text1});
        scene_.hit(rect, target, id);
        x_ += button_width + 8;
    }

    float end() {
        if (x_ > 0) y_ += button_height;
        const Rect box{exercise_margin, top_, input_.size.w - 2 * exercise_margin, y_ + 12 - top_};
        Scene ground;
        ground.fill(box, Ink::raised, {.radius = 4});
        ground.stroke({box.x + 0.5F, box.y + 0.5F, box.w - 1, box.h - 1}, Ink::border, {.radius = 4});
        scene_.items.insert(scene_.items.begin() + static_cast<std::ptrdiff_t>(first_), ground.items.begin(),
                            ground.items.end());
        return box.h;
    }

  private:
    float left() const { return exercise_margin + exercise_padding; }
    float width() const { return input_.size.w - 2 * (exercise_margin + exercise_padding); }

    Scene& scene_;
    const PanelInput& input_;
    std::size_t first_;
    float top_, y_;
    float x_ = 0;  // of the next button; 0: there is none yet
};

float draw_task(Scene& scene, const PanelInput& input, const TaskText& task, std::uint32_t index, float top) {
    Box box(scene, input, top);
    box.title("Try: " + task.title, task.met, "done");
    box.words(task.prose, Font::prose);
    const std::uint32_t shown = index < input.view.hints.size() ? input.view.hints[index] : 0;
    for (std::uint32_t i = 0; i < shown; ++i) box.words(fmt::format("Hint {}: {}", i + 1, task.hints[i]));
    if (!task.met) box.labelled("Still missing:", task.missing);
    if (!task.met) box.button("Edit the program", Target::command, number(Command::edit));
    if (!task.met && shown < task.hints.size()) {
        box.button(task.hints.size() == 1 ? "Hint" : fmt::format("Hint {} of {}", shown + 1, task.hints.size()),
                   Target::hint, index);
    }
    if (task.met && !task.solution.empty()) box.button("Compare with the solution", Target::solution, index);
    return box.end();
}

float draw_challenge(Scene& scene, const PanelInput& input, const ChallengeText& challenge, float top) {
    Box box(scene, input, top);
    box.title("Break it: " + challenge.title, !challenge.holds, "broken");
    box.words(challenge.prose, Font::prose);
    box.labelled(challenge.holds ? "Holds in this run:" : "Does not hold any more:", challenge.invariant);
    box.button(input.view.choosing ? "Stop choosing" : "Choose who runs", Target::command, number(Command::choose),
               input.view.choosing);
    if (input.other) box.button("Start again", Target::command, number(Command::forget_choices));
    return box.end();
}

}  // namespace

float draw_exercises(Scene& scene, const PanelInput& input, const LessonText& lesson, float top) {
    float y = top;
    for (std::uint32_t i = 0; i < lesson.tasks.size(); ++i) {
        y += 12;
        y += draw_task(scene, input, lesson.tasks[i], i, y);
    }
    if (lesson.challenge) {
        y += 12;
        y += draw_challenge(scene, input, *lesson.challenge, y);
    }
    return y - top;
}

}  // namespace co::studio
