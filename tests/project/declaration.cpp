#include "tests/project/declaration.h"

#include <algorithm>
#include <cctype>
#include <regex>

#include "tests/project/code_text.h"

namespace co::project {
namespace {

// `map<int, vector<int>> all(int, int)` without what the brackets hold: `map<> all()`.
std::string without_contents(std::string_view text, char open, char close) {
    std::string kept;
    int depth = 0;
    for (char letter : text) {
        if (letter == close && depth > 0) --depth;
        if (depth == 0) kept += letter;
        if (letter == open) ++depth;
    }
    return kept;
}

std::string simplified(std::string_view written) {
    static const std::regex operator_name(R"(\boperator\s*(\(\s*\)|\[\s*\]|[^\s\w(]+))");
    static const std::regex comparison(R"(->|<=>|[<>=!]=)");
    static const std::regex noise(R"(\btemplate\s*<>|\[\[.*?\]\]|\balignas\s*\(\)|\brequires\s*\(\))");
    std::string text = std::regex_replace(std::string(written), operator_name, "operator_name");
    text = std::regex_replace(text, comparison, " ");
    text = without_contents(text, '(', ')');
    text = without_contents(text, '<', '>');
    return std::regex_replace(text, noise, " ");
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (char letter : text) {
        if (is_word(letter))
            words.back() += letter;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

// In a constructor's list `: a_(1), b_{2}` a brace behind a name is a value.
bool ends_in_constructor_list(const std::string& text) {
    static const std::regex member_behind_colon(R"(\).*[^:]:[^:].*[\w>]\s*$)");
    return std::regex_search(text, member_behind_colon);
}

}  // namespace

Declaration::Declaration(std::string_view text) : text_(simplified(text)) {
    before_ = text_.substr(0, text_.find_first_of("=}"));
    words_ = words_of(before_);
}

bool Declaration::has(std::string_view word) const { return std::ranges::find(words_, word) != words_.end(); }

bool Declaration::begins_with(const std::vector<std::string_view>& words) const {
    return !words_.empty() && std::ranges::find(words, words_.front()) != words.end();
}

Opens Declaration::opens() const {
    const bool names_type = has("class") || has("struct") || has("union") || has("enum");
    if (has("namespace") || (words_.size() == 1 && words_.front() == "extern")) return Opens::scope;
    if (text_.find('=') != std::string::npos) return Opens::value;
    if (before_.find('(') != std::string::npos) return ends_in_constructor_list(text_) ? Opens::value : Opens::function;
    if (has("enum")) return Opens::value;
    return names_type ? Opens::type : Opens::value;
}

bool Declaration::is_variable() const {
    if (words_.empty() && text_.find('}') == std::string::npos) return false;
    if (begins_with({"using", "typedef", "friend", "static_assert", "namespace", "concept"})) return false;
    if (before_.find('(') != std::string::npos || has("operator_name")) return false;
    if (has("class") || has("struct") || has("union") || has("enum")) {
        // `struct A { … } a;` makes a variable, `struct A { … };` and `struct A;` do not.
        const std::size_t end = text_.rfind('}');
        return end != std::string::npos && !words_of(text_.substr(end)).empty();
    }
    return true;
}

bool Declaration::is_constant() const {
    if (has("constexpr")) return true;
    const std::size_t star = before_.rfind('*');
    const std::vector<std::string> words = star == std::string::npos ? words_ : words_of(before_.substr(star));
    return std::ranges::find(words, "const") != words.end();
}

}  // namespace co::project
