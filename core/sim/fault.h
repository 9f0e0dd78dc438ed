// Fault: one kernel call of a process that is to go wrong.
//
//     task.plan({.call = Call::read, .countdown = 3, .error = std::errc::io_error});     // the third read from now on
#pragma once

#include <cstdint>
#include <optional>
#include <system_error>

#include <co/machine.h>

namespace co::sim {

struct Fault {
    Call call;
    std::uint64_t countdown;         // calls until it strikes
    std::optional<std::errc> error;  // none: the call only takes longer
    Duration delay{};
};

/// "read", for the trace.
std::string_view name(Call call);

}  // namespace co::sim
