// line_diff(): two texts beside each other, for a person who asks what is different.
//
//     line_diff("tea\nmilk\n", "tea\nwater\n")
//     //   tea
//     // - milk
//     // + water
#pragma once

#include <string>
#include <string_view>

namespace co::cli {

/// Lines of both stand after two spaces, those of `expected` alone after "- ", those of `actual` alone after "+ ".
std::string line_diff(std::string_view expected, std::string_view actual);

}  // namespace co::cli
