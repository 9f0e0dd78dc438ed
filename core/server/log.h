// Log: one line for each thing that was refused, at most one per second and kind; what was left out is counted.
//
//     log.line("packet", "closed connection 7 of 10.0.0.1:4000: a packet says that its length is negative");
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <co/kernel.h>

namespace co::server {

class Log {
  public:
    using Write = std::function<void(std::string_view)>;

    /// `name` stands in front of every line: who says it.
    Log(Kernel& kernel, std::string name, Write write)
        : kernel_(kernel), name_(std::move(name)), write_(std::move(write)) {}

    void line(std::string_view kind, std::string_view text);

  private:
    struct Kind {
        TimePoint last{};
        std::uint64_t left_out = 0;
    };

    Kernel& kernel_;
    std::string name_;
    Write write_;
    std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace co::server
