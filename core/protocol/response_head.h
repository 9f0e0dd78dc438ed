// An answer while it is made, for one who answers often: in memory that was used before, and ready to be sent at once.
//
//     begin_answer(text);      // what was in it is forgotten
//     add_field(text, "Content-Type", "text/plain");
//     send(end_head(text, {.body_bytes = 3}, date_line(now), "tea"));
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace co::http {

/// What a head says of itself: see ResponseHead.
struct HeadFacts {
    int status = 200;
    std::optional<std::size_t> body_bytes{};
    unsigned minor_version = 1;
    bool keeps_alive = true;
};

/// Leaves room for the first lines, which are put in last; what stands in that room until then does not matter.
void begin_answer(std::string& text);
void add_field(std::string& text, std::string_view name, std::string_view value);
/// The head is whole then, and `behind` follows it. What is to be sent is a part of `text`.
std::string_view end_head(std::string& text, const HeadFacts& facts, std::string_view date_line,
                          std::string_view behind);

/// The field, with the end of its line.
std::string date_line(std::chrono::system_clock::time_point moment);

}  // namespace co::http
