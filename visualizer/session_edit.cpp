// Session: the person's own version of the program, the exercises that are solved with it, and breakpoints.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "visualizer/lesson_texts.h"
#include "visualizer/session.h"

namespace co::studio {

// -- the program ------------------------------------------------------------------------------------------------------

/// What runs: the lesson with the person's own version, which stands in no file and so has its own lines.
lessons::Lesson Session::played() const {
    lessons::Lesson lesson = lesson_;
    if (buffer_.text() == original_) return lesson;
    lesson.program = {buffer_.text(), 1};
    if (is_lesson_) lesson.file = "main.lua";
    return lesson;
}

/// The file was read: its program is taken over, but never over the person's own version.
void Session::take_program() {
    const bool first_time = original_.empty();
    const bool untouched = buffer_.text() == original_;
    const bool changed = original_ != lesson_.program.text;
    original_ = lesson_.program.text;
    if (first_time) {
        buffer_ = TextBuffer(workshop_->draft(lesson_).value_or(original_));
        if (buffer_.text() != original_)
            tell("This is your own version, as you left it. Reset brings the lesson's back.");
    } else if (untouched) {
        if (changed) buffer_.replace_all(original_);
    } else if (changed && buffer_.text() != original_) {
        saved_elsewhere_ = true;
        tell("Another program saved the file. Your own version stays; Reset takes the file's.");
    }
}

void Session::keep_draft() {
    if (!original_.empty()) workshop_->keep_draft(lesson_, buffer_.text());
}

void Session::start_or_leave_editing() {
    view_.code_tab = CodeTab::program;
    view_.playing = false;
    touched_ = true;
    if (is_editing()) {
        code_text_.caret.reset();
        return keep_draft();
    }
    show_buffer();
}

void Session::show_buffer() {
    code_text_.program = buffer_.text();
    code_text_.caret = buffer_.caret();
    code_text_.edited = buffer_.text() != original_;
    ++texts_version_;
    touched_ = true;
}

void Session::edit(const std::function<void(TextBuffer&)>& change) {
    change(buffer_);
    show_buffer();
}

void Session::reset_program() {
    const bool editing = is_editing();
    buffer_.replace_all(original_);
    keep_draft();
    run();
    if (editing) show_buffer();
    tell("The lesson's own program is back. Edit and Ctrl+Z bring yours back.");
}

/// What another program has written into the file meanwhile is not overwritten without asking.
void Session::save() {
    if (std::exchange(saved_elsewhere_, false)) {
        return tell("Another program saved the file since you opened it. Ctrl+S again overwrites that.");
    }
    try {
        workshop_->save(lesson_, buffer_.text());
        tell("Saved.");
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

// -- exercises --------------------------------------------------------------------------------------------------------

void Session::show_hint(std::uint32_t exercise) {
    if (exercise >= view_.hints.size()) return;
    const auto all = static_cast<std::uint32_t>(lesson_text_.tasks[exercise].hints.size());
    view_.hints[exercise] = std::min(view_.hints[exercise] + 1, all);
    touched_ = true;
}

void Session::show_solution(std::uint32_t exercise) {
    if (exercise >= lesson_text_.tasks.size() || !lesson_text_.tasks[exercise].met) return;
    code_text_.solution = lesson_text_.tasks[exercise].solution;
    view_.code_tab = CodeTab::solution;
    touched_ = true;
}

/// Of the first exercise that is not done.
void Session::show_next_hint() {
    for (std::uint32_t i = 0; i < lesson_text_.tasks.size(); ++i) {
        if (!lesson_text_.tasks[i].met && view_.hints[i] < lesson_text_.tasks[i].hints.size()) return show_hint(i);
    }
    tell("There is no further hint.");
}

void Session::show_first_solution() {
    for (std::uint32_t i = 0; i < lesson_text_.tasks.size(); ++i) {
        if (lesson_text_.tasks[i].met && !lesson_text_.tasks[i].solution.empty()) return show_solution(i);
    }
    tell("The solution is shown once the exercise is done.");
}

// -- breakpoints ------------------------------------------------------------------------------------------------------

void Session::toggle(const Breakpoint& breakpoint) {
    studio::toggle(view_.breakpoints, breakpoint);
    touched_ = true;
}

void Session::break_here() {
    const CoroutineState* here = state().coroutine(focus());
    if (here && here->line > 0) toggle({Breakpoint::Kind::line, here->line});
}

void Session::go_to_breakpoint() {
    if (view_.breakpoints.empty()) return play_or_pause();
    if (const auto step = next_stop(*model_, view_.breakpoints, view_.cursor)) return seek(*step);
    tell("No breakpoint comes after this step.");
}

/// The last one where there are fewer; the start where the lesson has none, or the run does not get there.
void Session::seek_checkpoint(std::uint32_t number) {
    const auto& all = lesson_text_.checkpoints;
    if (all.empty()) return;
    seek(all[std::clamp<std::size_t>(number, 1, all.size()) - 1].step.value_or(0));
}

void Session::go_to_checkpoint() {
    std::optional<std::uint32_t> next;
    for (const CheckpointText& checkpoint : lesson_text_.checkpoints) {
        const bool ahead = checkpoint.step && *checkpoint.step > view_.cursor;
        if (ahead && (!next || *checkpoint.step < *next)) next = checkpoint.step;
    }
    if (next) return seek(*next);
    tell("No checkpoint comes after this step.");
}

}  // namespace co::studio
