#include "native/linux_address.h"

#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace co {
namespace {

// The system's addresses have several types for the same bytes: they are copied, never pointed at as another type.
template <typename Part>
SystemAddress stored(const Part& part, std::size_t size = sizeof(Part)) {
    SystemAddress address;
    std::memcpy(&address.storage, &part, sizeof(part));
    address.size = static_cast<socklen_t>(size);
    return address;
}

template <typename Part>
Part loaded(const SystemAddress& address) {
    Part part;
    std::memcpy(&part, &address.storage, sizeof(part));
    return part;
}

}  // namespace

Result<SystemAddress> to_system(const Address& address) {
    if (address.family == AddressFamily::ip4) {
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(address.port);
        std::memcpy(&there.sin_addr, address.ip.data(), sizeof(there.sin_addr));
        return stored(there);
    }
    if (address.family == AddressFamily::ip6) {
        sockaddr_in6 there{};
        there.sin6_family = AF_INET6;
        there.sin6_port = htons(address.port);
        std::memcpy(&there.sin6_addr, address.ip.data(), sizeof(there.sin6_addr));
        return stored(there);
    }
    sockaddr_un there{};
    there.sun_family = AF_UNIX;
    if (address.path.empty()) return std::errc::invalid_argument;
    if (address.path.size() >= sizeof(there.sun_path)) return std::errc::filename_too_long;
    std::memcpy(there.sun_path, address.path.c_str(), address.path.size() + 1);
    return stored(there, offsetof(sockaddr_un, sun_path) + address.path.size() + 1);
}

Address from_system(const SystemAddress& address) {
    Address result;
    if (address.storage.ss_family == AF_INET) {
        const auto there = loaded<sockaddr_in>(address);
        std::memcpy(result.ip.data(), &there.sin_addr, sizeof(there.sin_addr));
        result.port = ntohs(there.sin_port);
    } else if (address.storage.ss_family == AF_INET6) {
        const auto there = loaded<sockaddr_in6>(address);
        result.family = AddressFamily::ip6;
        std::memcpy(result.ip.data(), &there.sin6_addr, sizeof(there.sin6_addr));
        result.port = ntohs(there.sin6_port);
    } else {
        const auto there = loaded<sockaddr_un>(address);
        const std::size_t begin = offsetof(sockaddr_un, sun_path);
        const std::size_t bytes = address.size > begin ? address.size - begin : 0;
        result.family = AddressFamily::unix_socket;
        result.path = std::string(there.sun_path, strnlen(there.sun_path, bytes));
    }
    return result;
}

}  // namespace co
