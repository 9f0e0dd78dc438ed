// Address: where a socket is bound or connected to, as plain data that every kernel understands.
//
//     co::Address loopback = co::Address::ip4(127, 0, 0, 1, 9501);
//     co::Address local = co::Address::unix_path("/tmp/app.sock");
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace co {

enum class AddressFamily : std::uint8_t { ip4, ip6, unix_socket };

struct Address {
    AddressFamily family = AddressFamily::ip4;
    std::array<std::uint8_t, 16> ip{};  // the first 4 bytes for ip4, network order
    std::uint16_t port = 0;             // 0 asks for any free one
    std::string path;                   // unix_socket only

    static Address ip4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, std::uint16_t port) {
        return {AddressFamily::ip4, {a, b, c, d}, port, {}};
    }
    /// "10.0.0.1", with port 0; nothing when it is not written like that.
    static std::optional<Address> parse(std::string_view dotted);
    static Address unix_path(std::string path) { return {AddressFamily::unix_socket, {}, 0, std::move(path)}; }

    friend bool operator==(const Address&, const Address&) = default;
};

}  // namespace co
