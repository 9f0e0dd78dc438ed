#include "lessons/host/names.h"

#include <cctype>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

bool is_name_letter(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_'; }

// The identifier at the end of `text`.
std::string_view last_name(std::string_view text) {
    text = trim(text);
    if (text.ends_with('>')) text = trim(text.substr(0, text.rfind('<')));  // local name <const>
    std::size_t start = text.size();
    while (start > 0 && is_name_letter(text[start - 1])) --start;
    return text.substr(start);
}

// The name that `text`, which ends before a value, gives to it: `local results =`.
std::optional<std::string> name_before_value(std::string_view text) {
    text = trim(text);
    const bool is_assignment = text.ends_with('=') && !text.ends_with("==") && !text.ends_with("~=") &&
                               !text.ends_with("<=") && !text.ends_with(">=");
    if (!is_assignment) return std::nullopt;
    const std::string_view target = trim(text.substr(0, text.size() - 1));
    const std::string_view name = last_name(target);
    if (name.empty()) return std::nullopt;
    // `local a, b = chan(1), chan(1)`: which is which this doesn't try to tell.
    const std::string_view before = trim(target.substr(0, static_cast<std::size_t>(name.data() - target.data())));
    if (before.ends_with(',') && before.find('{') == std::string_view::npos) return std::nullopt;
    return std::string(name);
}

// Where the word stands in `text` as a word of its own, with `(` behind it.
std::size_t find_call(std::string_view text, std::string_view call) {
    for (std::size_t at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1)) {
        if (at > 0 && (is_name_letter(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ':')) continue;
        if (trim(text.substr(at + call.size())).starts_with('(')) return at;
    }
    return std::string_view::npos;
}

}  // namespace

Names::Names(std::string script) : script_(std::move(script)), lines_(lines_of(script_)) {}

std::string_view Names::line(std::uint32_t number) const {
    return number >= 1 && number <= lines_.size() ? lines_[number - 1] : std::string_view{};
}

std::optional<std::string> Names::assigned(std::uint32_t number, std::string_view call) const {
    const std::string_view text = line(number);
    const std::size_t at = find_call(text, call);
    if (at == std::string_view::npos) return std::nullopt;
    return name_before_value(text.substr(0, at));
}

std::optional<std::string> Names::function_at(std::uint32_t number) const {
    const std::string_view text = line(number);
    const std::size_t word = text.find("function");
    if (word == std::string_view::npos) return std::nullopt;
    const std::string_view after = trim(text.substr(word + 8));
    const std::size_t bracket = after.find('(');
    if (bracket == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(after.substr(0, bracket));
    if (!name.empty()) return std::string(name);
    return name_before_value(text.substr(0, word));
}

}  // namespace co::lessons
