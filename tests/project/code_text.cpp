#include "tests/project/code_text.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

namespace co::project {
namespace {

// Where what begins at `begin` is over.
class Literals {
  public:
    explicit Literals(std::string_view text) : text_(text) {}

    /// `begin` itself when nothing but code begins there.
    std::size_t end_at(std::size_t begin) const {
        const std::string_view rest = text_.substr(begin);
        if (rest.starts_with("//")) return line_end(begin);
        if (rest.starts_with("/*")) return behind("*/", begin + 2);
        if (rest.starts_with("R\"") && !follows_word(begin)) return raw_string_end(begin);
        if (rest.starts_with('"')) return quote_end(begin);
        if (rest.starts_with('\'') && !is_in_number(begin)) return quote_end(begin);  // else 1'000
        if (rest.starts_with('#') && is_first_of_line(begin)) return line_end(begin);
        return begin;
    }

  private:
    bool follows_word(std::size_t begin) const { return begin > 0 && is_word(text_[begin - 1]); }

    // What stands before may be a prefix too: U'['.
    bool is_in_number(std::size_t begin) const {
        std::size_t first = begin;
        while (first > 0 && (is_word(text_[first - 1]) || (first < begin && text_[first - 1] == '\''))) --first;
        return first < begin && std::isdigit(static_cast<unsigned char>(text_[first]));
    }

    bool is_first_of_line(std::size_t begin) const {
        while (begin > 0 && (text_[begin - 1] == ' ' || text_[begin - 1] == '\t')) --begin;
        return begin == 0 || text_[begin - 1] == '\n';
    }

    std::size_t behind(std::string_view end, std::size_t from) const {
        const std::size_t found = text_.find(end, from);
        return found == std::string_view::npos ? text_.size() : found + end.size();
    }

    // A backslash at its end continues a line.
    std::size_t line_end(std::size_t begin) const {
        for (std::size_t at = begin; at < text_.size(); ++at)
            if (text_[at] == '\n' && text_[at - 1] != '\\') return at;
        return text_.size();
    }

    std::size_t quote_end(std::size_t begin) const {
        std::size_t at = begin + 1;
        while (at < text_.size() && text_[at] != text_[begin]) at += text_[at] == '\\' ? 2 : 1;
        return std::min(at + 1, text_.size());
    }

    std::size_t raw_string_end(std::size_t begin) const {
        const std::size_t open = text_.find('(', begin);
        if (open == std::string_view::npos) return text_.size();
        return behind(')' + std::string(text_.substr(begin + 2, open - begin - 2)) + '"', open);
    }

    std::string_view text_;
};

}  // namespace

std::string code_only(std::string_view text) {
    std::string code(text);
    const Literals literals(text);
    for (std::size_t at = 0; at < code.size();) {
        const std::size_t end = std::max(literals.end_at(at), at);
        for (std::size_t i = at; i < end; ++i)
            if (code[i] != '\n') code[i] = ' ';
        at = std::max(end, at + 1);
    }
    return code;
}

bool is_word(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_'; }

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace co::project
