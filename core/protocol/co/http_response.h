// HTTP/1.1 answers as bytes: the part before the body, and the pieces that a body of unknown length goes in.
//
//     std::string bytes;
//     co::http::append_head(bytes, {.fields = {{"Content-Type", "text/plain"}}, .body_bytes = 3}, kernel.wall_now());
//     bytes += "tea";
//
// It sends nothing by itself; see co/http_server.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <co/http_request.h>

namespace co::http {

/// What stands before a body. How long that is, and whether the connection stays, are told by append_head().
struct ResponseHead {
    int status = 200;
    std::vector<Field> fields{};
    std::optional<std::size_t> body_bytes{};  // unset: it comes in chunks, to HTTP/1.0 until the connection ends
    unsigned minor_version = 1;               // of the request
    bool keeps_alive = true;
};

/// "Not Found"; "" of a code that has no common name.
std::string_view reason_phrase(int status);
/// Whether answers of that status have a body at all (RFC 9110, 6.4.1).
bool may_have_body(int status);

/// What a header field may be called, and what it may say: nothing that could end its line (RFC 9110, 5.1 and 5.5).
bool is_field_name(std::string_view text);
bool is_field_value(std::string_view text);

/// "Sat, 21 Nov 2026 16:00:00 GMT" (RFC 9110, 5.6.7).
std::string date_text(std::chrono::system_clock::time_point moment);

void append_head(std::string& bytes, const ResponseHead& head, std::chrono::system_clock::time_point now);
/// A piece of a body that comes in chunks; an empty one would be the end, so nothing is appended for it.
void append_chunk(std::string& bytes, std::string_view piece);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

/// A whole answer that says only what was wrong, and ends the connection.
std::string closing_answer(int status, std::string_view reason, std::chrono::system_clock::time_point now);

}  // namespace co::http
