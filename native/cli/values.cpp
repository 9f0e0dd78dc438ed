#include "native/cli/values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace co::cli {
namespace {

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
    return value;
}

constexpr std::array<std::pair<std::string_view, double>, 5> units = {{
    {"min", 60e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1}, {"s", 1e9},  // after those that end in it
}};

}  // namespace

std::optional<std::uint64_t> parse_whole_number(std::string_view text) { return number<std::uint64_t>(text); }

std::optional<std::int64_t> parse_time(std::string_view text) {
    for (const auto& [unit, nanoseconds] : units) {
        if (!text.ends_with(unit)) continue;
        const auto count = number<double>(text.substr(0, text.size() - unit.size()));
        if (!count || !(*count >= 0) || *count * nanoseconds > 9e18) return std::nullopt;
        return std::llround(*count * nanoseconds);
    }
    return std::nullopt;
}

std::optional<PictureSize> parse_size(std::string_view text) {
    const auto cross = text.find('x');
    if (cross == std::string_view::npos) return std::nullopt;
    const auto width = number<int>(text.substr(0, cross));
    const auto height = number<int>(text.substr(cross + 1));
    constexpr int most = 16384;  // pixels: what OpenGL draws into
    if (!width || !height || *width < 1 || *height < 1 || *width > most || *height > most) return std::nullopt;
    return PictureSize{*width, *height};
}

}  // namespace co::cli
