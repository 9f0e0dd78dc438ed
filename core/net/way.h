// tell_way: what a trace shows of a connection: both of its addresses, so that it can be told which bytes on the
// network are its own.
//
//     tell_way(EventKind::accept, fd, listening, " < ", peer);      // "10.0.0.1:9501 < 10.0.0.2:32768"
#pragma once

#include <cstdint>
#include <string_view>

#include <co/kernel.h>
#include <co/trace.h>

namespace co {

/// Asks the kernel nothing where nobody traces.
void tell_way(trace::EventKind kind, Fd fd, std::int64_t value, std::string_view arrow, const Address& peer);

}  // namespace co
