// is_same_name: names of header fields, which are the same in upper and lower case (RFC 9110, 5.1).
//
//     is_same_name("content-LENGTH", "Content-Length")     // true
#pragma once

#include <algorithm>
#include <string_view>

namespace co::http {

inline bool is_same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace co::http
