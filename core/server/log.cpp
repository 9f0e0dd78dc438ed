#include "log.h"

namespace co::server {
namespace {
constexpr Duration between_lines = std::chrono::seconds(1);  // of one kind
}

void Log::line(LogLevel level, std::string_view kind, std::string_view text) {
    const TimePoint now = kernel_.now();
    auto [entry, is_first] = kinds_.try_emplace(std::string(kind));
    Kind& known = entry->second;
    if (!is_first && now - known.last < between_lines) {
        ++known.left_out;
        return;
    }
    std::string whole(text);
    if (known.left_out > 0) whole += " (and " + std::to_string(known.left_out) + " more like it)";
    known = {.last = now, .left_out = 0};
    if (ways_.program) ways_.program(who_ + ": " + whole);
    tell_machine(level, whole);
}

void Log::note(std::string_view text) { tell_machine(LogLevel::info, text); }

void Log::tell_machine(LogLevel level, std::string_view text) {
    if (!ways_.machine) return;
    ways_.machine->write(
        {.level = level, .who = who_, .process = kernel_.process_id(), .worker = worker_, .text = text});
}

}  // namespace co::server
