// An Address as the system has it, and back.
//
//     auto there = to_system(address);
//     if (!there) return there.error();
//     ::connect(fd, there->pointer(), there->size);
#pragma once

#include <sys/socket.h>

#include <co/address.h>
#include <co/result.h>

namespace co {

struct SystemAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* pointer() { return reinterpret_cast<sockaddr*>(&storage); }
    const sockaddr* pointer() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// filename_too_long for a path of 108 bytes or more: unix(7).
Result<SystemAddress> to_system(const Address& address);
/// An unnamed unix socket has an empty path.
Address from_system(const SystemAddress& address);

}  // namespace co
