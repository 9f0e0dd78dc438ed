// Plan: what a server was told to be before it started. All its processes have it, and nobody changes it any more, but
// for who plays which role.
//
//     plan.settings.workers;
//     plan.events.receive(connection, packet);
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <co/framing.h>
#include <co/server_events.h>
#include <co/server_settings.h>

namespace co::server {

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

struct Plan {
    ServerSettings settings{};
    ServerEvents events{};
    ProcessRunner runner{};  // unset: a plain scheduler, and the events above
    std::vector<PortPlan> ports{};
};

}  // namespace co::server
