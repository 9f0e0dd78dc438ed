// Protocol: what a port speaks when it is more than packets of a framing: how its connections are cut, and which event
// of the program a packet is.
//
//     port.protocol->cutter();                          // where the connection is
//     port.protocol->serve(role, session, packet);      // in a worker, in the event's coroutine
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <co/callable.h>
#include <co/server_events.h>

#include "cutter.h"
#include "spares.h"

namespace co::server {

class Role;

class Protocol {
  public:
    virtual ~Protocol() = default;
    /// `spares` outlive it.
    virtual std::unique_ptr<Cutter> cutter(Spares& spares) const = 0;
    /// Most bytes of a packet as cutters hand it out.
    virtual std::size_t most_bytes() const = 0;
    /// The event's name; a literal.
    virtual std::string_view event() const = 0;
    virtual void serve(Role& role, SessionId session, std::string_view packet) const = 0;
    /// The same for the packet that a cutter of this process has just given. The role must outlive it.
    virtual Callable event_here(Role& role, SessionId session, Cutter& cutter) const = 0;
    /// What a peer is told, before it is closed, when there is no room for its packet.
    virtual std::string too_busy() const = 0;
};

}  // namespace co::server
