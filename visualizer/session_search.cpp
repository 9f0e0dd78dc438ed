// Session: the palette, and the search in the events.
#include <algorithm>
#include <cstdlib>

#include "visualizer/model/interference.h"
#include "visualizer/session.h"

namespace co::studio {
namespace {

bool contains(std::string text, std::string part) {
    const auto lower = [](std::string& word) {
        std::transform(word.begin(), word.end(), word.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    };
    lower(text), lower(part);
    return text.find(part) != std::string::npos;
}

/// All of a line in which one may search; "req:4" finds what belongs to that request.
std::string searched(const EventLine& line, std::uint32_t request) {
    std::string text = line.process + ' ' + line.who + ' ' + line.verb + ' ' + line.what;
    if (request != 0) text += " req:" + std::to_string(request) + ' ';
    return text;
}

/// Takes the last character of a UTF-8 text away.
void shorten(std::string& text) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
    if (!text.empty()) text.pop_back();
}

}  // namespace

std::vector<LessonEntry> Session::lesson_entries() const {
    std::vector<LessonEntry> entries;
    for (const lessons::Lesson& lesson : course_) entries.push_back({lesson.order, lesson.chapter, lesson.title});
    return entries;
}

std::vector<PaletteEntry> Session::palette() const {
    if (!opens_file_) {
        std::vector<std::string> labels;
        if (view_.may_choose)
            for (const Interference& one : interferences(*model_, state())) labels.push_back(one.label);
        return palette_entries(lesson_entries(), query_, labels);
    }
    std::vector<PaletteEntry> entries;
    for (const std::string& file : workshop_->files(query_)) {
        const std::size_t slash = file.size() < 2 ? std::string::npos : file.rfind('/', file.size() - 2);
        entries.push_back({.name = slash == std::string::npos ? file : file.substr(slash + 1), .file = file});
    }
    return entries;
}

void Session::choose_file(const std::string& file) {
    touched_ = true;
    if (file.ends_with('/')) {
        query_ = file;
        lesson_row_ = 0;
        return;
    }
    overlay_ = Overlay::none;
    const char* home = std::getenv("HOME");
    const bool at_home = file.starts_with("~/") && home != nullptr;
    try {
        open(at_home ? std::filesystem::path(home) / file.substr(2) : std::filesystem::path(file));
    } catch (const std::runtime_error& error) {
        tell(error.what());
    }
}

bool Session::takes_text() const { return overlay_ == Overlay::palette || view_.filtering; }

void Session::type(const std::string& text) {
    if (overlay_ == Overlay::palette) {
        query_ += text;
        lesson_row_ = 0;
    } else {
        view_.filter += text;
        search();
    }
    touched_ = true;
}

void Session::erase_typed() {
    shorten(overlay_ == Overlay::palette ? query_ : view_.filter);
    lesson_row_ = 0;
    if (overlay_ != Overlay::palette) search();
    touched_ = true;
}

void Session::end_typing() {
    view_.filtering = false;
    touched_ = true;
}

void Session::open_filter() {
    view_.bottom_tab = BottomTab::events;
    view_.filtering = true;
    touched_ = true;
}

void Session::clear_filter() {
    view_.filtering = false;
    view_.filter.clear();
    search();
}

void Session::open_palette(const std::string& query) {
    show(Overlay::palette);
    query_ = query;
    opens_file_ = false;
    lesson_row_ = 0;
}

/// The steps whose words contain what was typed.
void Session::search() {
    found_.clear();
    view_.bottom_scroll = -1;
    if (view_.filter.empty()) return;
    for (State state = model_->at(0); state.step < model_->steps();) {
        const EventLine line = model_->next_line(state);
        if (contains(searched(line, model_->traffic().request_at(line.step)), view_.filter))
            found_.push_back(line.step);
    }
}

}  // namespace co::studio
