// Values as a person writes them on the command line. Nothing where the text is none; never a part of it.
//
//     parse_time("250ms")       // 250'000'000 ns
//     parse_size("1280x800")    // {1280, 800}
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace co::cli {

std::optional<std::uint64_t> parse_whole_number(std::string_view text);

/// A number with the unit ns, us, ms, s or min; in ns.
std::optional<std::int64_t> parse_time(std::string_view text);

struct PictureSize {
    int width;   // pixels
    int height;  // pixels
};
std::optional<PictureSize> parse_size(std::string_view text);

}  // namespace co::cli
