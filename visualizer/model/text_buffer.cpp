#include "visualizer/model/text_buffer.h"

#include <algorithm>

namespace co::studio {
namespace {

constexpr int page = 16;  // lines
constexpr std::size_t most_moments = 500;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool is_word(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code >= 0x80U || byte == '_' || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

std::size_t next_character(std::string_view text, std::size_t at) {
    if (at < text.size()) ++at;
    while (at < text.size() && continues(text[at])) ++at;
    return at;
}

std::size_t previous_character(std::string_view text, std::size_t at) {
    if (at > 0) --at;
    while (at > 0 && continues(text[at])) --at;
    return at;
}

std::size_t next_word(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_word(text[at])) ++at;
    while (at < text.size() && is_word(text[at])) ++at;
    return at;
}

std::size_t previous_word(std::string_view text, std::size_t at) {
    while (at > 0 && !is_word(text[at - 1])) --at;
    while (at > 0 && is_word(text[at - 1])) --at;
    return at;
}

std::size_t characters_between(std::string_view text, std::size_t from, std::size_t to) {
    return static_cast<std::size_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                  text.begin() + static_cast<std::ptrdiff_t>(to),
                                                  [](char byte) { return !continues(byte); }));
}

}  // namespace

std::size_t TextBuffer::line_start(std::size_t at) const {
    const std::size_t newline = at == 0 ? std::string::npos : text_.rfind('\n', at - 1);
    return newline == std::string::npos ? 0 : newline + 1;
}

std::size_t TextBuffer::line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

std::size_t TextBuffer::first_character(std::size_t at) const {
    const std::size_t start = line_start(at);
    return std::min(text_.find_first_not_of(" \t", start), line_end(at));
}

std::size_t TextBuffer::lines_away(int lines) {
    std::size_t line = line_start(caret_.at);
    if (!keeps_column_) wanted_column_ = characters_between(text_, line, caret_.at);
    for (; lines < 0 && line > 0; ++lines) line = line_start(line - 1);
    for (; lines > 0 && line_end(line) < text_.size(); --lines) line = line_end(line) + 1;
    std::size_t at = line;
    const std::size_t end = line_end(line);
    for (std::size_t column = 0; column < wanted_column_ && at < end; ++column) at = next_character(text_, at);
    return at;
}

std::size_t TextBuffer::target(Motion motion) {
    const std::size_t at = caret_.at;
    switch (motion) {
        case Motion::left:
            return previous_character(text_, at);
        case Motion::right:
            return next_character(text_, at);
        case Motion::up:
            return lines_away(-1);
        case Motion::down:
            return lines_away(+1);
        case Motion::page_up:
            return lines_away(-page);
        case Motion::page_down:
            return lines_away(+page);
        case Motion::word_left:
            return previous_word(text_, at);
        case Motion::word_right:
            return next_word(text_, at);
        case Motion::line_start:
            return at == first_character(at) ? line_start(at) : first_character(at);
        case Motion::line_end:
            return line_end(at);
        case Motion::text_start:
            return 0;
        case Motion::text_end:
            return text_.size();
    }
    return at;
}

void TextBuffer::move(Motion motion, bool selects) {
    const bool by_lines =
        motion == Motion::up || motion == Motion::down || motion == Motion::page_up || motion == Motion::page_down;
    const bool collapses = caret_.selects() && !selects && (motion == Motion::left || motion == Motion::right);
    const std::size_t to = collapses ? (motion == Motion::left ? caret_.first() : caret_.last()) : target(motion);
    place(to, selects);
    keeps_column_ = by_lines;
}

void TextBuffer::place(std::size_t at, bool selects) {
    caret_.at = std::min(at, text_.size());
    while (caret_.at > 0 && caret_.at < text_.size() && continues(text_[caret_.at])) --caret_.at;
    if (!selects) caret_.anchor = caret_.at;
    keeps_column_ = typing_ = false;
}

void TextBuffer::select_all() {
    caret_ = {text_.size(), 0};
    typing_ = false;
}

void TextBuffer::remember() {
    past_.push_back({text_, caret_});
    if (past_.size() > most_moments) past_.erase(past_.begin());
    future_.clear();
}

void TextBuffer::replace_selection(std::string_view text) {
    const std::size_t first = caret_.first();
    text_.replace(first, caret_.last() - first, text);
    caret_.at = caret_.anchor = first + text.size();
    keeps_column_ = false;
}

void TextBuffer::insert(std::string_view text) {
    const bool joins = typing_ && !caret_.selects() && text.size() <= 4 && text != " ";
    if (!joins) remember();
    replace_selection(text);
    typing_ = true;
}

void TextBuffer::break_line() {
    const std::size_t start = line_start(caret_.first());
    const std::size_t blanks = std::min(first_character(caret_.first()), caret_.first()) - start;
    const std::string line = "\n" + text_.substr(start, blanks);
    remember();
    replace_selection(line);
    typing_ = false;
}

void TextBuffer::indent() {
    const std::size_t column = characters_between(text_, line_start(caret_.first()), caret_.first());
    insert(column % 2 == 0 ? "  " : " ");
    typing_ = false;
}

void TextBuffer::erase(Motion motion) {
    if (!caret_.selects()) {
        const std::size_t to = target(motion);
        if (to == caret_.at) return;
        remember();
        caret_.anchor = to;
    } else {
        remember();
    }
    replace_selection("");
    typing_ = false;
}

void TextBuffer::replace_all(std::string text) {
    if (text == text_) return;
    remember();
    text_ = std::move(text);
    place(std::min(caret_.at, text_.size()));
}

bool TextBuffer::undo() {
    if (past_.empty()) return false;
    future_.push_back({std::move(text_), caret_});
    text_ = std::move(past_.back().text);
    caret_ = past_.back().caret;
    past_.pop_back();
    typing_ = keeps_column_ = false;
    return true;
}

bool TextBuffer::redo() {
    if (future_.empty()) return false;
    past_.push_back({std::move(text_), caret_});
    text_ = std::move(future_.back().text);
    caret_ = future_.back().caret;
    future_.pop_back();
    typing_ = keeps_column_ = false;
    return true;
}

}  // namespace co::studio
