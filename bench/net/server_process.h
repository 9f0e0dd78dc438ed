// ServerProcess: a server that is measured: started on the first core, and what CPU time it and all its children took.
//
//     ServerProcess server({"contest/net/floor", "http", std::to_string(port)}, port);
//     … load …
//     server.cpu_time();
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace co::bench {

/// A port that nobody has just now.
std::uint16_t free_port();

class ServerProcess {
  public:
    /// Waits until it accepts. Throws std::runtime_error when it does not.
    ServerProcess(const std::vector<std::string>& command, std::uint16_t port);
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    /// Ends it, in good order when it can.
    ~ServerProcess();

    /// Of all its processes and threads that run now, since they began.
    std::chrono::nanoseconds cpu_time() const;
    /// In bytes. Throws std::runtime_error when none comes.
    std::size_t size_of_answer(std::string_view question) const;

  private:
    void await(const std::string& program) const;

    std::uint16_t port_;
    pid_t group_ = 0;
};

}  // namespace co::bench
