#include <co/address.h>

#include <charconv>

namespace co {

std::optional<Address> Address::parse(std::string_view dotted) {
    Address address;
    for (std::size_t part = 0; part < 4; ++part) {
        auto [end, error] = std::from_chars(dotted.data(), dotted.data() + dotted.size(), address.ip[part]);
        if (error != std::errc{}) return std::nullopt;
        dotted.remove_prefix(static_cast<std::size_t>(end - dotted.data()));
        bool is_last = part == 3;
        if (is_last != dotted.empty() || (!is_last && dotted.front() != '.')) return std::nullopt;
        if (!is_last) dotted.remove_prefix(1);
    }
    return address;
}

}  // namespace co
