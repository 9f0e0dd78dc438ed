#include <co/http_response.h>

#include <doctest/doctest.h>

using co::http::ResponseHead;

namespace {

const std::chrono::system_clock::time_point moment(std::chrono::sys_days(std::chrono::November / 21 / 2026) +
                                                   std::chrono::seconds(16 * 3600 + 5 * 60 + 9));

std::string head_of(const ResponseHead& head) {
    std::string bytes;
    co::http::append_head(bytes, head, moment);
    const std::string date = "Date: Sat, 21 Nov 2026 16:05:09 GMT\r\n";
    const std::size_t place = bytes.find(date);
    REQUIRE(place != std::string::npos);
    return bytes.erase(place, date.size());
}

}  // namespace

TEST_CASE("http response: the head tells how long the body is, and whether the connection stays") {
    CHECK(head_of({.fields = {{"Content-Type", "text/plain"}}, .body_bytes = 3}) ==
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n");
    CHECK(head_of({.status = 404, .body_bytes = 0, .keeps_alive = false}) ==
          "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    CHECK(head_of({}) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    CHECK(head_of({.body_bytes = 1, .minor_version = 0}) ==
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n");
    CHECK(head_of({.minor_version = 0, .keeps_alive = false}) == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    CHECK(head_of({.status = 599, .body_bytes = 0}) == "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("http response: answers without a body tell no length of it") {
    for (int status : {204, 304}) {
        CHECK_FALSE(co::http::may_have_body(status));
        CHECK(head_of({.status = status, .body_bytes = 0}).find("Content-Length") == std::string::npos);
    }
}

TEST_CASE("http response: dates") {
    using namespace std::chrono;
    CHECK(co::http::date_text(system_clock::time_point()) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(co::http::date_text(sys_days(February / 29 / 2024) + 23h + 59min + 59s) == "Thu, 29 Feb 2024 23:59:59 GMT");
    CHECK(co::http::date_text(sys_days(November / 6 / 1994) + 8h + 49min + 37s) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("http response: chunks, and an empty one is none") {
    std::string bytes;
    co::http::append_chunk(bytes, "tea");
    co::http::append_chunk(bytes, "");
    co::http::append_chunk(bytes, std::string(31, 'x'));
    CHECK(bytes == "3\r\ntea\r\n1f\r\n" + std::string(31, 'x') + "\r\n");
}

TEST_CASE("http response: what a field may be") {
    CHECK(co::http::is_field_name("Content-Type"));
    CHECK(co::http::is_field_value("text/html; charset=utf-8\t\xC3\xA4"));
    for (const char* name : {"", "a b", "a:", "a\r", "\xC3\xA4"}) CHECK_FALSE(co::http::is_field_name(name));
    for (const char* value : {"a\r\nb", "a\n", "\x7F"}) CHECK_FALSE(co::http::is_field_value(value));
    CHECK_FALSE(co::http::is_field_value(std::string_view("a\0b", 3)));
}

TEST_CASE("http request: packed for another process, and unpacked") {
    const co::http::Request request{.method = "POST",
                                    .target = "/tea?with=milk",
                                    .minor_version = 0,
                                    .fields = {{"Host", "kitchen"}, {"X", ""}},
                                    .body = std::string("a\0b", 3),
                                    .keeps_alive = false};
    CHECK(co::http::unpack(co::http::pack(request)) == request);
    CHECK(co::http::unpack(co::http::pack({.target = ""})) == co::http::Request{.target = ""});
}
