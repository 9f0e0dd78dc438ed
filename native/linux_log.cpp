// LinuxKernel's log: spdlog says how a line looks and who may write it, LinuxLogFile puts it where it belongs. The only
// source that knows spdlog and the fmt below it; both are compiled in here, so programs that link the runtime need
// neither.
#define SPDLOG_FMT_EXTERNAL
#define FMT_HEADER_ONLY

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <co/linux_kernel.h>
#include <co/log_sink.h>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include "native/linux_log_file.h"

namespace co {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
        case LogLevel::off:
            break;
    }
    return spdlog::level::off;
}

class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit FileSink(LogOptions options) : file_(std::move(options)) {}

  private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        file_.append({line.data(), line.size()});
    }
    void flush_() override {}

    LinuxLogFile file_;
};

class LinuxLog final : public LogSink {
  public:
    explicit LinuxLog(const LogOptions& options) : logger_("costudio", std::make_shared<FileSink>(options)) {
        logger_.set_level(level_of(options.level));
        logger_.set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
    }

    void write(const LogLine& line) override {
        std::string who = std::string(line.who) + " (pid " + std::to_string(static_cast<std::int32_t>(line.process));
        if (line.worker) who += ", worker " + std::to_string(*line.worker);
        logger_.log(level_of(line.level), "{}): {}", who, line.text);
    }

  private:
    spdlog::logger logger_;
};

}  // namespace

Result<std::shared_ptr<LogSink>> LinuxKernel::open_log(const LogOptions& options) {
    try {
        return std::shared_ptr<LogSink>(std::make_shared<LinuxLog>(options));
    } catch (const std::system_error& error) {
        return error.code();
    }
}

}  // namespace co
