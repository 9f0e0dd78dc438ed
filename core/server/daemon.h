// A server as a service: its pid file, and the process of its own in which it runs as a daemon.
//
//     PidFile file(kernel, "/run/tea.pid");                        // throws while another server has it
//     return launch_apart(plan, [&](const ServerEvents& events, const Told& serves) { … serves(); … });
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "plan.h"

namespace co::server {

/// Holds the number of this process as long as it lives; nothing when the path is empty.
class PidFile {
  public:
    PidFile(Kernel& kernel, std::string path);
    PidFile(const PidFile&) = delete;
    PidFile& operator=(const PidFile&) = delete;
    ~PidFile();

  private:
    Kernel& kernel_;
    std::string path_;
};

using Told = std::function<void()>;
/// Runs a server until it ends, and says when it serves; its exit code.
using Serve = std::function<int(const ServerEvents& events, const Told& serves)>;

/// Calls `serve` in a process of its own, and returns once it serves: 0. Throws what kept it from that.
int launch_apart(const std::shared_ptr<Plan>& plan, const Serve& serve);

}  // namespace co::server
