// RoleId: which part of a server somebody is.
//
//     RoleId me{RoleKind::worker, 2};
//     to_string(me);   // "worker 2": counted from 0, as worker_id is
#pragma once

#include <cstdint>
#include <string>

namespace co::server {

enum class RoleKind : std::uint8_t { master, manager, reactor, worker, task_worker };

struct RoleId {
    RoleKind kind = RoleKind::master;
    std::uint16_t index = 0;  // from 0, among its kind

    friend auto operator<=>(const RoleId&, const RoleId&) = default;
};

/// One number for a role, as traces have it: its kind times 65,536, and its index.
constexpr std::uint32_t number(RoleId role) { return static_cast<std::uint32_t>(role.kind) << 16 | role.index; }

/// As people, traces and the names of processes have it.
std::string to_string(RoleId role);

}  // namespace co::server
