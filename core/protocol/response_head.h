// append_head() for one who answers often: its fields are lines already, and so is the date.
//
//     append_field(lines, "Content-Type", "text/plain");
//     append_head(bytes, {.fields = lines, .body_bytes = 3}, date_line(now));
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace co::http {

/// A ResponseHead whose fields are written out.
struct HeadLines {
    int status = 200;
    std::string_view fields{};  // each with the end of its line
    std::optional<std::size_t> body_bytes{};
    unsigned minor_version = 1;
    bool keeps_alive = true;
};

void append_field(std::string& lines, std::string_view name, std::string_view value);
std::string date_line(std::chrono::system_clock::time_point moment);
void append_head(std::string& bytes, const HeadLines& head, std::string_view date_line);

}  // namespace co::http
