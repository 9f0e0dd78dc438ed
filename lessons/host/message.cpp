#include "lessons/host/message.h"

#include <charconv>

namespace co::lessons {

Message split_message(std::string_view message, std::string_view chunk) {
    const Message whole{0, std::string(message)};
    if (!message.starts_with(chunk) || !message.substr(chunk.size()).starts_with(':')) return whole;
    const std::string_view rest = message.substr(chunk.size() + 1);
    std::uint32_t line = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), line);
    const std::string_view text(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
    if (error != std::errc{} || !text.starts_with(": ")) return whole;
    return {line, std::string(text.substr(2))};
}

const std::string& file_of(const Script& script) { return script.file.empty() ? script.name : script.file; }

std::string place_in(const Script& script, std::uint32_t script_line) {
    return file_of(script) + ":" + std::to_string(script_line + script.line_offset);
}

std::string with_separators(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

}  // namespace co::lessons
