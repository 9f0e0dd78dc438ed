// Plan: what a server was told to be before it started. All its processes have it, and nobody changes it any more, but
// for who plays which role.
//
//     plan.settings.workers;
//     plan.events.receive(connection, packet);
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <co/framing.h>
#include <co/server_events.h>
#include <co/server_settings.h>

namespace co::server {

class Role;
class Protocol;

/// One listening port.
struct PortPlan {
    std::string host;
    std::uint16_t number = 0;
    Transport transport = Transport::tcp;
    Framing framing{};
    std::shared_ptr<const Protocol> protocol{};  // instead of the framing, if there is one
    Address bound{};                             // where it listens, once it does
};

/// Which role runs on which scheduler: threads share this memory, and so do all processes of a simulated machine.
class Roles {
  public:
    void add(const void* scheduler, const std::shared_ptr<Role>& role);
    /// Once its role is gone.
    void drop(const void* scheduler);
    std::shared_ptr<Role> find(const void* scheduler) const;

  private:
    mutable std::mutex mutex_;
    std::map<const void*, std::weak_ptr<Role>> roles_;
};

struct Plan {
    ServerSettings settings{};
    ServerEvents events{};
    ProcessRunner runner{};  // unset: a plain scheduler, and the events above
    std::vector<PortPlan> ports{};
    Roles roles{};
};

}  // namespace co::server
