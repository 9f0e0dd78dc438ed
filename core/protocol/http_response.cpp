#include <co/http_response.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "response_head.h"

namespace co::http {
namespace {

constexpr std::pair<int, std::string_view> phrases[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};
static_assert(std::is_sorted(std::begin(phrases), std::end(phrases)));

/// For each byte whether it may stand there.
using Letters = std::array<bool, 256>;

bool all_are(std::string_view text, const Letters& letters) {
    return std::ranges::all_of(text, [&](char letter) { return letters[static_cast<unsigned char>(letter)]; });
}

/// RFC 9110, 5.6.2: what a token is made of.
constexpr Letters token_letters = [] {
    Letters letters{};
    for (unsigned char letter = '0'; letter <= '9'; ++letter) letters[letter] = true;
    for (unsigned char letter = 'a'; letter <= 'z'; ++letter) letters[letter] = true;
    for (unsigned char letter = 'A'; letter <= 'Z'; ++letter) letters[letter] = true;
    for (const char letter : std::string_view("!#$%&'*+-.^_`|~")) letters[static_cast<unsigned char>(letter)] = true;
    return letters;
}();

/// RFC 9110, 5.5: no control character but the tab.
constexpr Letters value_letters = [] {
    Letters letters{};
    letters.fill(true);
    for (unsigned char letter = 0; letter < 0x20; ++letter) letters[letter] = letter == '\t';
    letters[0x7F] = false;
    return letters;
}();

void append_number(std::string& bytes, std::size_t number, int base = 10) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    bytes.append(digits.data(), end);
}

void append_two_digits(std::string& bytes, unsigned number) {
    bytes += static_cast<char>('0' + number / 10 % 10);
    bytes += static_cast<char>('0' + number % 10);
}

void append_date(std::string& bytes, std::chrono::system_clock::time_point moment) {
    constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const auto second = static_cast<unsigned>(std::chrono::floor<std::chrono::seconds>(moment - day).count());
    bytes.append(weekdays.substr(std::chrono::weekday(day).c_encoding() * 3, 3)).append(", ");
    append_two_digits(bytes, unsigned(date.day()));
    bytes.append(" ").append(months.substr((unsigned(date.month()) - 1) * 3, 3)).append(" ");
    append_number(bytes, static_cast<std::size_t>(int(date.year())));
    bytes += ' ';
    append_two_digits(bytes, second / 3600);
    bytes += ':';
    append_two_digits(bytes, second / 60 % 60);
    bytes += ':';
    append_two_digits(bytes, second % 60);
    bytes.append(" GMT");
}

}  // namespace

std::string_view reason_phrase(int status) {
    const auto found = std::ranges::lower_bound(phrases, status, {}, &std::pair<int, std::string_view>::first);
    return found != std::end(phrases) && found->first == status ? found->second : std::string_view();
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

bool is_field_name(std::string_view text) { return !text.empty() && all_are(text, token_letters); }

bool is_field_value(std::string_view text) { return all_are(text, value_letters); }

std::string date_text(std::chrono::system_clock::time_point moment) {
    std::string text;
    append_date(text, moment);
    return text;
}

void append_field(std::string& lines, std::string_view name, std::string_view value) {
    lines.append(name).append(": ").append(value).append("\r\n");
}

std::string date_line(std::chrono::system_clock::time_point moment) { return "Date: " + date_text(moment) + "\r\n"; }

void append_head(std::string& bytes, const ResponseHead& head, std::chrono::system_clock::time_point now) {
    std::string fields;
    for (const Field& field : head.fields) append_field(fields, field.name, field.value);
    append_head(bytes, {head.status, fields, head.body_bytes, head.minor_version, head.keeps_alive}, date_line(now));
}

void append_head(std::string& bytes, const HeadLines& head, std::string_view date_line) {
    if (head.status == 200) {
        bytes.append("HTTP/1.1 200 OK\r\n");
    } else {
        bytes.append("HTTP/1.1 ");
        append_number(bytes, static_cast<std::size_t>(head.status));
        bytes.append(" ").append(reason_phrase(head.status)).append("\r\n");
    }
    bytes.append(date_line).append(head.fields);
    if (may_have_body(head.status)) {
        if (head.body_bytes) {
            bytes.append("Content-Length: ");
            append_number(bytes, *head.body_bytes);
            bytes.append("\r\n");
        } else if (head.minor_version > 0) {
            bytes.append("Transfer-Encoding: chunked\r\n");
        }
    }
    if (!head.keeps_alive)
        bytes.append("Connection: close\r\n");
    else if (head.minor_version == 0)
        bytes.append("Connection: keep-alive\r\n");
    bytes.append("\r\n");
}

void append_chunk(std::string& bytes, std::string_view piece) {
    if (piece.empty()) return;
    append_number(bytes, piece.size(), 16);
    bytes.append("\r\n").append(piece).append("\r\n");
}

std::string closing_answer(int status, std::string_view reason, std::chrono::system_clock::time_point now) {
    const std::string body = std::string(reason_phrase(status)) + ": " + std::string(reason) + '\n';
    std::string bytes;
    append_head(bytes,
                {.status = status,
                 .fields = {{"Content-Type", "text/plain; charset=utf-8"}},
                 .body_bytes = body.size(),
                 .keeps_alive = false},
                now);
    return bytes + body;
}

}  // namespace co::http
