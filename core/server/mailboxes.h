// Mailboxes: how bytes get from one role of a server to another. Each role has two mailboxes, socket pairs that were
// there before the first process was started, so what waits in them waits while its receiver is being replaced.
//
// Where system calls cost, the roles that have most to tell each other have rings in shared memory as well, and a
// mailbox gets only a byte, the bell, when its owner sleeps. All of one sender's datagrams for a lane go one way.
//
//     Mailboxes boxes = *Mailboxes::open(kernel, settings);
//     kernel.write(boxes.to(worker, Lane::work), datagram);
//     if (Ring* ring = boxes.ring(reactor, worker, Lane::work)) ring->push(datagram);
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <co/kernel.h>
#include <co/server_settings.h>

#include "ring.h"
#include "role.h"

namespace co::server {

/// Work waits while its receiver is busy or being replaced; control gets through.
enum class Lane : std::uint8_t { work, control };

class Mailboxes {
  public:
    static Result<Mailboxes> open(Kernel& kernel, const ServerSettings& settings);

    Fd to(RoleId role, Lane lane) const { return boxes_[place(role, lane)].first; }
    Fd of(RoleId role, Lane lane) const { return boxes_[place(role, lane)].second; }

    /// Those that lead from or to a role.
    struct Way {
        RoleId from;
        RoleId to;
        Lane lane = Lane::work;
        Ring ring;
    };
    std::vector<Way> ways_from(RoleId role) const;
    std::vector<Way> ways_to(RoleId role, Lane lane) const;

    // -- the bell
    static constexpr std::size_t bell_bytes = 1;  // of its datagram; a message has more
    /// Wakes whoever listens there. False: the system could not, try again.
    bool ring_bell(Kernel& kernel, RoleId role, Lane lane) const;
    /// The same, unless it is awake.
    bool ring_sleeper(Kernel& kernel, RoleId role, Lane lane) const;
    /// Said before one looks a last time and waits; or by who does not know whether somebody does.
    void falls_asleep(RoleId role, Lane lane) const;
    void is_awake(RoleId role, Lane lane) const;

    void close(Kernel& kernel);

  private:
    std::size_t place(RoleId role, Lane lane) const;
    Result<void> open_ways(Kernel& kernel, const ServerSettings& settings);
    std::atomic<std::uint32_t>& sleeps(RoleId role, Lane lane) const;

    std::size_t reactors_ = 0;
    std::size_t workers_ = 0;
    std::vector<std::pair<Fd, Fd>> boxes_;
    std::vector<Way> ways_;
    std::span<std::byte> memory_;  // who sleeps, by place; then the rings
};

}  // namespace co::server
