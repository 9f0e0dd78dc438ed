// resolve: the addresses of a host, by its name.
//
//     auto found = co::resolve("localhost", 2s);
//     if (!found) return;
//     co::Address server = found->front();
//     server.port = 9501;
//
// The coroutine parks while a helper thread asks the system (co/aside.h). The simulated machine knows its own hosts.
#pragma once

#include <string_view>
#include <vector>

#include <co/address.h>
#include <co/deadline.h>
#include <co/result.h>

namespace co {

/// At least one address, each with port 0, in the order in which the system would try them. Errors:
/// no_such_device_or_address for a name that nobody has, std::errc::timed_out, std::errc::operation_canceled. Called
/// from inside a coroutine.
Result<std::vector<Address>> resolve(std::string_view host, Deadline deadline = forever);

/// The first of them, with that port: where a client is to connect. What needs nobody to be asked does not park.
Result<Address> look_up(std::string_view host, std::uint16_t port, Deadline deadline = forever);

}  // namespace co
