// LogSink: where a program that runs for long writes what happened, for whoever looks after it.
//
//     co::Result<std::shared_ptr<co::LogSink>> log = kernel.open_log({.file = "server.log"});
//     if (log) (*log)->write({.who = "worker 1", .process = kernel.process_id(), .text = "is tired"});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <co/kernel.h>

namespace co {

/// From the least important; as a setting, the least that is written.
enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

/// "warning".
std::string_view to_string(LogLevel level);
std::optional<LogLevel> log_level_from(std::string_view name);

/// What happened, and to whom.
struct LogLine {
    LogLevel level = LogLevel::info;
    std::string_view who;  // "worker 1"
    ProcessId process{};
    std::optional<std::uint32_t> worker{};  // its number, from 0; task workers are numbered after the workers
    std::string_view text;                  // without a line's end
};

class LogSink {
  public:
    virtual ~LogSink() = default;
    /// One line, whole, with the moment before it; nothing when it is below the level. From any thread.
    virtual void write(const LogLine& line) = 0;
};

struct LogOptions {
    std::string file{};  // empty: standard error
    LogLevel level = LogLevel::info;
    std::uint64_t rotation_bytes = 0;  // a file that would become larger is kept as FILE.1, FILE.2 …; 0: never
    std::uint32_t rotation_files = 5;  // so many of them
};

}  // namespace co
