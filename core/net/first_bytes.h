// bytes_of, first_bytes: text as bytes, and what a trace shows of bytes that were read or written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace co {

constexpr std::size_t most_shown_bytes = 48;

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline std::string_view first_bytes(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), most_shown_bytes)};
}

}  // namespace co
