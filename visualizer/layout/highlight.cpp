#include "visualizer/layout/highlight.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace co::studio {

namespace {

constexpr std::array<std::string_view, 22> lua_keywords{
    "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
    "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};
constexpr std::array<std::string_view, 44> cpp_keywords{
    "auto",     "bool",    "break",   "case",   "catch",  "char",     "class",   "const",     "constexpr",
    "continue", "default", "delete",  "do",     "double", "else",     "enum",    "explicit",  "false",
    "float",    "for",     "if",      "inline", "int",    "long",     "mutable", "namespace", "new",
    "noexcept", "nullptr", "private", "public", "return", "sizeof",   "static",  "struct",    "switch",
    "template", "this",    "throw",   "true",   "try",    "unsigned", "using",   "while"};
constexpr std::array<std::string_view, 3> cpp_more{"void", "typename", "override"};

bool is_word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return is_word_start(c) || is_digit(c); }

bool is_keyword(std::string_view word, Language language) {
    const auto among = [word](const auto& words) { return std::find(words.begin(), words.end(), word) != words.end(); };
    return language == Language::lua ? among(lua_keywords) : among(cpp_keywords) || among(cpp_more);
}

class Highlighter {
  public:
    Highlighter(std::string_view source, Language language) : source_(source), language_(language) {}

    std::vector<HighlightedLine> run() {
        while (at_ < source_.size()) next();
        lines_.push_back(std::move(line_));
        if (lines_.size() > 1 && lines_.back().empty()) lines_.pop_back();  // a text ends with its last line's end
        return std::move(lines_);
    }

  private:
    bool starts_with(std::string_view text) const { return source_.substr(at_).starts_with(text); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    /// Takes everything up to `end` as one kind; a token never goes over the end of a line.
    void take_to(std::size_t end, TokenKind kind) {
        end = std::min(end, source_.size());
        while (at_ < end) {
            const std::size_t line_end = std::min(source_.find('\n', at_), end);
            add(source_.substr(at_, line_end - at_), kind);
            at_ = line_end;
            if (at_ == end) return;
            lines_.push_back(std::move(line_));
            line_.clear();
            ++at_;
        }
    }

    void add(std::string_view text, TokenKind kind) {
        if (text.empty()) return;
        if (!line_.empty() && line_.back().kind == kind) {
            line_.back().text += text;
        } else {
            line_.push_back({std::string(text), kind});
        }
    }

    std::size_t line_end() const { return std::min(source_.find('\n', at_), source_.size()); }
    /// After the next `closing`; the end of the source where there is none.
    std::size_t after(std::string_view closing, std::size_t from) const {
        const std::size_t found = source_.find(closing, from);
        return found == std::string_view::npos ? source_.size() : found + closing.size();
    }

    void next() {
        const char c = peek();
        if (comment() || long_string()) return;
        if (c == '"' || c == '\'') return quoted(c);
        if (is_word_start(c)) return word();
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        const bool blank = c == '\n' || c == ' ' || c == '\t' || c == '\r';
        const bool followed = static_cast<unsigned char>(c) >= 0x80;  // a part of a character in UTF-8
        take_to(at_ + 1, blank || followed ? TokenKind::plain : TokenKind::punctuation);
    }

    bool comment() {
        if (language_ == Language::cpp) {
            if (starts_with("//")) return take_to(line_end(), TokenKind::comment), true;
            if (starts_with("/*")) return take_to(after("*/", at_ + 2), TokenKind::comment), true;
            if (peek() == '#') return take_to(line_end(), TokenKind::keyword), true;
            return false;
        }
        if (starts_with("--[[")) return take_to(after("]]", at_ + 4), TokenKind::comment), true;
        if (starts_with("--")) return take_to(line_end(), TokenKind::comment), true;
        return false;
    }

    bool long_string() {
        if (language_ != Language::lua || !starts_with("[[")) return false;
        take_to(after("]]", at_ + 2), TokenKind::string);
        return true;
    }

    void quoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < source_.size() && source_[end] != quote && source_[end] != '\n') {
            end += source_[end] == '\\' ? 2 : 1;
        }
        const bool closed = end < source_.size() && source_[end] == quote;
        take_to(closed ? end + 1 : end, TokenKind::string);
    }

    void word() {
        std::size_t end = at_;
        while (end < source_.size() && is_word(source_[end])) ++end;
        const std::string_view text = source_.substr(at_, end - at_);
        std::size_t following = end;
        while (following < source_.size() && source_[following] == ' ') ++following;
        const char next = following < source_.size() ? source_[following] : '\0';
        const bool called = next == '(' || (language_ == Language::lua && next == '{');
        if (is_keyword(text, language_)) return take_to(end, TokenKind::keyword);
        take_to(end, called ? TokenKind::call : TokenKind::plain);
    }

    void number() {
        std::size_t end = at_;
        while (end < source_.size() && (is_word(source_[end]) || source_[end] == '.' || source_[end] == '\'')) ++end;
        take_to(end, TokenKind::number);
    }

    std::string_view source_;
    Language language_;
    std::size_t at_ = 0;
    HighlightedLine line_;
    std::vector<HighlightedLine> lines_;
};

}  // namespace

std::vector<HighlightedLine> highlight(std::string_view source, Language language) {
    return Highlighter(source, language).run();
}

}  // namespace co::studio
