#include <co/log_sink.h>

#include <array>

namespace co {
namespace {

constexpr std::array<std::string_view, 5> level_names = {"debug", "info", "warning", "error", "off"};

}  // namespace

std::string_view to_string(LogLevel level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> log_level_from(std::string_view name) {
    for (std::size_t level = 0; level < level_names.size(); ++level)
        if (level_names[level] == name) return static_cast<LogLevel>(level);
    return std::nullopt;
}

}  // namespace co
