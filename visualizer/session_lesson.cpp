// Session: which lesson or script is open, and in which language its words are.
#include <algorithm>

#include "visualizer/lesson_texts.h"
#include "visualizer/session.h"

namespace co::studio {

void Session::open(const std::filesystem::path& file) {
    keep_draft();
    workshop_->require(file);
    file_ = file;
    original_.clear();
    buffer_ = TextBuffer();
    saved_elsewhere_ = false;
    code_text_.caret.reset();
    view_.breakpoints.clear();
    view_.hints.clear();
    view_.code_tab = CodeTab::program;
    view_.playing = false;
    view_.selected = view_.loop = trace::nobody;
    view_.choice.reset();
    view_.lesson_scroll = -1;  // follow the checkpoints
    view_.timeline_follows = true;
    view_.choosing = false;
    wanted_cursor_ = 0;
    futures_.reset();
    read_lesson();
    view_.inspector_tab = first_panel_of(lesson_);
    view_.clock = lesson_.clock == "virtual" ? Clock::virtual_time : Clock::steps;
}

void Session::read_lesson() {
    is_lesson_ = file_.extension() == ".md";
    try {
        lesson_ = workshop_->open(file_);
        if (language_ != "en") lesson_ = workshop_->in_language(lesson_, language_);
    } catch (const lessons::LessonError& error) {
        return show_broken_lesson(error);
    }
    take_program();
    run();
}

void Session::show_broken_lesson(const lessons::LessonError& error) {
    if (!futures_) futures_.emplace(0);
    other_.reset();
    difference_ = 0;
    model_ = std::make_unique<Model>(trace::Trace{});
    model_->add_problem(problem_of(error, file_));
    fill_texts();
    show_problems();
}

void Session::open_lesson(std::size_t index) {
    if (index >= course_.size()) return;
    overlay_ = Overlay::none;
    try {
        open(course_[index].file);
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

std::optional<std::size_t> Session::place_in_course() const {
    const auto here = std::find_if(course_.begin(), course_.end(),
                                   [&](const lessons::Lesson& lesson) { return lesson.id == lesson_.id; });
    if (here == course_.end()) return std::nullopt;
    return static_cast<std::size_t>(here - course_.begin());
}

void Session::go_to_lesson(int by) {
    const auto here = place_in_course();
    const auto there = static_cast<std::ptrdiff_t>(here.value_or(0)) + (here ? by : 0);
    if (there >= 0 && there < std::ssize(course_)) open_lesson(static_cast<std::size_t>(there));
}

void Session::move_lesson_row(int by) {
    const std::size_t rows = overlay_ == Overlay::palette ? palette().size() : course_.size();
    if (rows == 0) return;
    const auto row = static_cast<std::ptrdiff_t>(lesson_row_) + by;
    lesson_row_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(row, 0, static_cast<std::ptrdiff_t>(rows) - 1));
    touched_ = true;
}

// -- languages --------------------------------------------------------------------------------------------------------

std::vector<std::string> Session::languages() const {
    std::vector<std::string> all{"en"};
    for (std::string& language : workshop_->languages(lesson_)) all.push_back(std::move(language));
    return all;
}

void Session::next_language() {
    const std::vector<std::string>& all = lesson_text_.languages;
    if (all.size() < 2) return tell("This lesson is there in English only.");
    const auto here = std::find(all.begin(), all.end(), lesson_text_.language);
    const bool is_last = here == all.end() || here + 1 == all.end();
    language_ = is_last ? all.front() : *(here + 1);
    read_lesson();
}

}  // namespace co::studio
