#include <co/http_response.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "printable.h"
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

/// For each byte whether it may not stand there.
using Letters = std::array<unsigned char, 256>;

bool all_are(std::string_view text, const Letters& letters) {
    return std::ranges::none_of(text, [&](char letter) { return letters[static_cast<unsigned char>(letter)] != 0; });
}

/// RFC 9110, 5.6.2: what a token is made of.
constexpr Letters token_letters = [] {
    Letters letters{};
    letters.fill(1);
    for (unsigned char letter = '0'; letter <= '9'; ++letter) letters[letter] = 0;
    for (unsigned char letter = 'a'; letter <= 'z'; ++letter) letters[letter] = 0;
    for (unsigned char letter = 'A'; letter <= 'Z'; ++letter) letters[letter] = 0;
    for (const char letter : std::string_view("!#$%&'*+-.^_`|~")) letters[static_cast<unsigned char>(letter)] = 0;
    return letters;
}();

/// RFC 9110, 5.5: no control character but the tab.
constexpr Letters value_letters = [] {
    Letters letters{};
    for (unsigned char letter = 0; letter < 0x20; ++letter) letters[letter] = letter != '\t';
    letters[0x7F] = 1;
    return letters;
}();

/// Where it ends.
char* put(char* at, std::string_view text) { return std::copy(text.begin(), text.end(), at); }

void append_number(std::string& bytes, std::size_t number, int base = 10) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    bytes.append(digits.data(), end);
}

// The status and the date stand before the fields, but are known after them: so there is room for these lines.
constexpr std::size_t first_lines = 128;

std::string status_line(int status) {
    std::string line("HTTP/1.1 ");
    append_number(line, static_cast<std::size_t>(status));
    return line.append(" ").append(reason_phrase(status)).append("\r\n");
}

/// Where they begin.
std::size_t put_in_front(std::string& text, std::string_view status_line, std::string_view date_line) {
    const std::size_t begin = first_lines - date_line.size() - status_line.size();
    put(put(text.data() + begin, status_line), date_line);
    return begin;
}

std::size_t put_first_lines(std::string& text, int status, std::string_view date_line) {
    if (status == 200) [[likely]]
        return put_in_front(text, "HTTP/1.1 200 OK\r\n", date_line);
    return put_in_front(text, status_line(status), date_line);
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

bool is_field_value(std::string_view text) { return all_are(text.substr(printable_front(text)), value_letters); }

std::string date_text(std::chrono::system_clock::time_point moment) {
    std::string text;
    append_date(text, moment);
    return text;
}

void begin_answer(std::string& text) { text.resize(first_lines); }

[[gnu::hot]] void add_field(std::string& text, std::string_view name, std::string_view value) {
    const std::size_t before = text.size();
    text.resize(before + name.size() + value.size() + 4);
    char* at = put(text.data() + before, name);
    at = put(put(at, ": "), value);
    put(at, "\r\n");
}

[[gnu::hot]] std::string_view end_head(std::string& text, const HeadFacts& facts, std::string_view date_line,
                                       std::string_view behind) {
    const std::size_t begin = put_first_lines(text, facts.status, date_line);
    std::array<char, 80> lines;
    char* end = lines.data();
    if (may_have_body(facts.status)) {
        if (facts.body_bytes) {
            end = put(end, "Content-Length: ");
            end = std::to_chars(end, end + 20, *facts.body_bytes).ptr;
            end = put(end, "\r\n");
        } else if (facts.minor_version > 0) {
            end = put(end, "Transfer-Encoding: chunked\r\n");
        }
    }
    if (!facts.keeps_alive)
        end = put(end, "Connection: close\r\n");
    else if (facts.minor_version == 0)
        end = put(end, "Connection: keep-alive\r\n");
    end = put(end, "\r\n");
    text.append(lines.data(), static_cast<std::size_t>(end - lines.data())).append(behind);
    return std::string_view(text).substr(begin);
}

std::string date_line(std::chrono::system_clock::time_point moment) {
    std::string line = "Date: ";
    append_date(line, moment);
    return line.append("\r\n");
}

void append_head(std::string& bytes, const ResponseHead& head, std::chrono::system_clock::time_point now) {
    std::string text;
    begin_answer(text);
    for (const Field& field : head.fields) add_field(text, field.name, field.value);
    bytes.append(
        end_head(text, {head.status, head.body_bytes, head.minor_version, head.keeps_alive}, date_line(now), {}));
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
