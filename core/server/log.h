// Log: what a role has to say to whoever looks after the server. Of what is refused, or goes wrong, at most one line
// per second and kind; what was left out is counted.
//
//     log.line("packet", "closed connection 7 of 10.0.0.1:4000: a packet says that its length is negative");
//     log.note("serves at 127.0.0.1:9501");
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <co/kernel.h>
#include <co/log_sink.h>

namespace co::server {

class Log {
  public:
    struct Ways {
        std::function<void(std::string_view)> program{};  // warnings and errors, with who says it in front
        std::shared_ptr<LogSink> machine{};               // all; null: there is none
    };

    /// `who` says it: "worker 1"; `worker`: the number of its place, if it is a worker or task worker.
    Log(Kernel& kernel, std::string who, std::optional<std::uint32_t> worker, Ways ways)
        : kernel_(kernel), who_(std::move(who)), worker_(worker), ways_(std::move(ways)) {}

    void line(std::string_view kind, std::string_view text) { line(LogLevel::warning, kind, text); }
    /// Something failed that ought not to.
    void error(std::string_view kind, std::string_view text) { line(LogLevel::error, kind, text); }
    /// All is well: every line is told.
    void note(std::string_view text);

  private:
    struct Kind {
        TimePoint last{};
        std::uint64_t left_out = 0;
    };

    void line(LogLevel level, std::string_view kind, std::string_view text);
    void tell_machine(LogLevel level, std::string_view text);

    Kernel& kernel_;
    std::string who_;
    std::optional<std::uint32_t> worker_;
    Ways ways_;
    std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace co::server
