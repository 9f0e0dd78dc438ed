#include "log.h"

namespace co::server {
namespace {
constexpr Duration between_lines = std::chrono::seconds(1);  // of one kind
}

void Log::line(std::string_view kind, std::string_view text) {
    const TimePoint now = kernel_.now();
    auto [entry, is_first] = kinds_.try_emplace(std::string(kind));
    Kind& known = entry->second;
    if (!is_first && now - known.last < between_lines) {
        ++known.left_out;
        return;
    }
    std::string line = name_ + ": " + std::string(text);
    if (known.left_out > 0) line += " (and " + std::to_string(known.left_out) + " more like it)";
    known = {.last = now, .left_out = 0};
    write_(line);
}

}  // namespace co::server
