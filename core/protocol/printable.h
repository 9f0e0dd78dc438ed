// printable_front: how much of a text can be passed over without a look at each letter.
//
//     at += printable_front({at, end});        // then letter by letter, from there
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace co::http {

/// So many bytes at the front, a multiple of eight, are printable ASCII: ' ' to '~'. There may be a few more of them.
inline std::size_t printable_front(std::string_view text) {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::size_t front = 0;
    for (; text.size() - front >= 8; front += 8) {
        std::uint64_t eight;
        std::memcpy(&eight, text.data() + front, 8);
        // The highest bit of a byte tells of those above '~', then of those below ' '. What one borrows from its
        // neighbour changes nothing: its own bit is set already.
        const std::uint64_t wrong = eight | (eight + each) | (eight - each * ' ');
        if (wrong & each * 0x80) break;
    }
    return front;
}

}  // namespace co::http
