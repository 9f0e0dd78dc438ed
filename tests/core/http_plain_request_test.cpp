#include <co/http_request.h>

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "core/protocol/http_plain_request.h"

using co::http::ParseStatus;
using co::http::Request;
using co::http::RequestParser;
using co::http::take_plain_request;

namespace {

std::size_t plain_bytes(std::string_view bytes, const co::http::RequestLimits& limits = {}) {
    Request request;
    const std::size_t taken = take_plain_request(bytes, limits, request);
    const bool is_left_empty = request.target.empty() && request.fields.empty();
    CHECK(is_left_empty == (taken == 0));
    return taken;
}

struct Outcome {
    ParseStatus status = ParseStatus::incomplete;
    int refused_with = 0;
    std::size_t taken = 0;
    Request request{};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Of the parser of the whole language: it is given a first byte that alone is no plain request.
Outcome read_by_llhttp(std::string_view bytes) {
    RequestParser parser;
    auto parsed = parser.feed(bytes.substr(0, 1));
    Outcome outcome{.taken = parsed.taken};
    if (parsed.status == ParseStatus::incomplete) parsed = parser.feed(bytes.substr(1));
    outcome.status = parsed.status;
    outcome.taken += parsed.taken;
    outcome.refused_with = parser.refusal().status_code;
    if (parsed.status == ParseStatus::complete) outcome.request = parser.take();
    return outcome;
}

/// Requests that are nearly plain: each part is a usual one or, at times, one that must make a difference.
class Requests {
  public:
    explicit Requests(unsigned seed) : random_(seed) {}

    std::string next() {
        std::string text = one_of(methods) + one_of(targets) + one_of(versions);
        if (below(10) > 0) text += "Host: kitchen\r\n";
        for (unsigned left = below(4); left > 0; --left) text += one_of(names) + one_of(values) + one_of(ends);
        text += below(20) > 0 ? "\r\n" : "";
        if (below(3) == 0) text[below(static_cast<unsigned>(text.size()))] = static_cast<char>(below(256));
        if (below(4) == 0) text += "GET /next";
        return text;
    }

  private:
    using Choice = std::array<std::string_view, 8>;
    static constexpr Choice methods = {"GET ", "GET ", "GET ", "HEAD ", "POST ", "get ", "GET", "\r\nGET "};
    static constexpr Choice targets = {"/", "/tea?with=milk", "/a%20b", "/#top", "*", "/a b", "http://a/", "/\xC3\xA4"};
    static constexpr Choice versions = {" HTTP/1.1\r\n", " HTTP/1.1\r\n", " HTTP/1.1\r\n",  " HTTP/1.1\r\n",
                                        " HTTP/1.0\r\n", " HTTP/1.1\n",   "  HTTP/1.1\r\n", "\r\n"};
    static constexpr Choice names = {"Accept:",  "X-Tea_1: ", "Connection: ", "content-length: ", "Transfer-Encoding: ",
                                     "Expect: ", "Host: ",    "Upgrade :"};
    static constexpr Choice values = {"*/*", "keep-alive", "close", "0", "chunked", "100-continue", " a\t", ""};
    static constexpr Choice ends = {"\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r\n folded\r\n", " \r\n"};

    /// The first of them more often than not.
    std::string one_of(const Choice& choice) { return std::string(choice[below(3) > 0 ? 0 : below(8)]); }
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("http plain request: what most clients say is one, up to its end") {
    const std::string_view small = "GET /tea?with=milk HTTP/1.1\r\nHost: kitchen\r\nConnection: Keep-Alive\r\n\r\n";
    CHECK(plain_bytes(small) == small.size());
    CHECK(plain_bytes(std::string(small) + "GET /milk") == small.size());
    CHECK(plain_bytes("HEAD / HTTP/1.1\r\nhost: kitchen\r\nAccept: text/html, */*;q=0.8\r\n\r\n") > 0);
}

TEST_CASE("http plain request: what is not all there, or could be doubted, is left to the parser") {
    const std::string_view small = "GET / HTTP/1.1\r\nHost: kitchen\r\n\r\n";
    for (std::size_t bytes = 0; bytes < small.size(); ++bytes) CHECK(plain_bytes(small.substr(0, bytes)) == 0);
    for (const char* lines :
         {"", "Host: a\r\nHost: a\r\n", "Host: a\r\nContent-Length: 0\r\n", "Host: a\r\ntransfer-encoding: chunked\r\n",
          "Host: a\r\nExpect: 100-continue\r\n", "Host: a\r\nConnection: close\r\n", "Host: a\r\nUpgrade: tea\r\n",
          "Host: a\r\n folded\r\n", "Host : a\r\n", "Host: \r\n", "Host:  a\r\n", "Host: a \r\n", "Host: a\tb\r\n",
          "Host: a\n", "Host: a\r\nX: \xC3\xA4\r\n", ": a\r\n"}) {
        CAPTURE(lines);
        CHECK(plain_bytes("GET / HTTP/1.1\r\n" + std::string(lines) + "\r\n") == 0);
    }
    for (const char* first :
         {"POST / HTTP/1.1", "GET / HTTP/1.0", "GET * HTTP/1.1", "GET /# HTTP/1.1", "GET  / HTTP/1.1",
          "GET / HTTP/1.1 ", "get / HTTP/1.1", "GET /\xC3\xA4 HTTP/1.1", "GET http://a/ HTTP/1.1"}) {
        CAPTURE(first);
        CHECK(plain_bytes(std::string(first) + "\r\nHost: a\r\n\r\n") == 0);
    }
}

TEST_CASE("http plain request: the limits are the parser's") {
    const std::string_view small = "GET / HTTP/1.1\r\nHost: kitchen\r\nX: y\r\n\r\n";
    CHECK(plain_bytes(small, {.header_bytes = small.size()}) == small.size());
    CHECK(plain_bytes(small, {.header_bytes = small.size() - 1}) == 0);
    CHECK(plain_bytes(small, {.fields = 2}) == small.size());
    CHECK(plain_bytes(small, {.fields = 1}) == 0);
}

TEST_CASE("http plain request: the parser reads what is taken the same way") {
    Requests requests(20261122);
    std::size_t plain = 0;
    std::size_t others = 0;
    for (int i = 0; i < 50'000; ++i) {
        const std::string text = requests.next();
        Outcome outcome{.status = ParseStatus::complete};
        outcome.taken = take_plain_request(text, {}, outcome.request);
        if (outcome.taken == 0) {
            ++others;
            continue;
        }
        ++plain;
        CAPTURE(text);
        REQUIRE(bool(outcome == read_by_llhttp(text)));
    }
    CHECK(plain > 1'000);
    CHECK(others > 1'000);
}
