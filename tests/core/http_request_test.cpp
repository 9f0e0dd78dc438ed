#include <co/http_request.h>

#include <doctest/doctest.h>

#include <memory>
#include <vector>

using co::http::ParseStatus;
using co::http::Request;
using co::http::RequestParser;

namespace {

const std::string small = "GET /tea?with=milk HTTP/1.1\r\nHost: kitchen\r\n\r\n";
const std::string post = "POST /cups HTTP/1.1\r\nHost: kitchen\r\nContent-Length: 5\r\n\r\ngreen";
const std::string chunked =
    "POST /cups HTTP/1.1\r\nHost: kitchen\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ngre\r\n2;a=b\r\nen\r\n0\r\n\r\n";

/// All requests of `bytes`, which come in pieces of so many; each refusal as a request without a method.
std::vector<Request> parsed(std::string_view bytes, std::size_t piece, RequestParser parser = RequestParser()) {
    std::vector<Request> all;
    for (std::size_t place = 0; place < bytes.size();) {
        const auto outcome = parser.feed(bytes.substr(place, piece));
        place += outcome.taken;
        if (outcome.status == ParseStatus::complete) all.push_back(parser.take());
        if (outcome.status != ParseStatus::refused) continue;
        all.push_back({.target = std::to_string(parser.refusal().status_code)});
        return all;
    }
    return all;
}

/// 0: it was taken as whole requests, or is incomplete.
int refusal_of(std::string_view bytes, co::http::RequestLimits limits = {}) {
    int code = 0;
    for (std::size_t piece : {bytes.size(), std::size_t{1}, std::size_t{7}}) {
        const auto all = parsed(bytes, piece, RequestParser(limits));
        const int now = !all.empty() && all.back().method.empty() ? std::stoi(all.back().target) : 0;
        if (piece == bytes.size()) code = now;
        CHECK(now == code);
    }
    return code;
}

std::string with(const std::string& lines, const std::string& first = "GET / HTTP/1.1") {
    return first + "\r\n" + lines + "\r\n";
}

}  // namespace

TEST_CASE("http request: its parts, body and all") {
    const auto all = parsed(post, post.size());
    REQUIRE(all.size() == 1);
    CHECK(all[0].method == "POST");
    CHECK(all[0].target == "/cups");
    CHECK(all[0].minor_version == 1);
    REQUIRE(all[0].field("content-LENGTH"));
    CHECK(*all[0].field("content-LENGTH") == "5");
    CHECK_FALSE(all[0].field("cookie"));
    CHECK(all[0].body == "green");
    CHECK(parsed(chunked, chunked.size()).at(0).body == "green");
}

TEST_CASE("http request: whatever the pieces, the same requests come out") {
    const std::string bytes = small + post + chunked + small;
    const auto whole = parsed(bytes, bytes.size());
    REQUIRE(whole.size() == 4);
    for (std::size_t piece = 1; piece < bytes.size(); ++piece) CHECK(parsed(bytes, piece) == whole);
}

TEST_CASE("http request: it takes no byte of the next one") {
    RequestParser parser;
    const auto outcome = parser.feed(small + post);
    CHECK(outcome.status == ParseStatus::complete);
    CHECK(outcome.taken == small.size());
    CHECK_THROWS_AS(parser.feed(post), std::logic_error);
    CHECK(parser.take().target == "/tea?with=milk");
    CHECK_THROWS_AS(parser.take(), std::logic_error);
    CHECK(parser.feed(post).status == ParseStatus::complete);
}

TEST_CASE("http request: nothing is left of the one whose memory is used again") {
    RequestParser parser;
    REQUIRE(parser.feed(post).status == ParseStatus::complete);
    CHECK_FALSE(parser.needs_memory());
    auto memory = parser.take_whole();
    CHECK_FALSE(memory->body.empty());
    const auto* const place = memory.get();
    CHECK(parser.needs_memory());
    parser.use(std::move(memory));
    REQUIRE(parser.feed(small).status == ParseStatus::complete);
    CHECK_THROWS_AS(parser.use(std::make_unique<Request>()), std::logic_error);
    const auto again = parser.take_whole();
    CHECK(again.get() == place);
    CHECK(*again == parsed(small, small.size()).at(0));
}

TEST_CASE("http request: who wants the connection to go on") {
    CHECK(parsed(with("Host: a\r\n"), 99).at(0).keeps_alive);
    CHECK_FALSE(parsed(with("Host: a\r\nConnection: close\r\n"), 99).at(0).keeps_alive);
    CHECK_FALSE(parsed(with("", "GET / HTTP/1.0"), 99).at(0).keeps_alive);
    CHECK(parsed(with("Connection: keep-alive\r\n", "GET / HTTP/1.0"), 99).at(0).keeps_alive);
}

TEST_CASE("http request: what two servers could read differently is refused") {
    CHECK(refusal_of(with("Host: a\r\nX: 1\r\n 2\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nX: 1\r\n\t2\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nContent-Length: 1, 1\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nContent-Length: -1\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nTransfer-Encoding: chunked\r\n", "GET / HTTP/1.0")) == 400);
    CHECK(refusal_of(with("")) == 400);
    CHECK(refusal_of(with("Host: a\r\nHost: b\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nHost: b\r\n", "GET / HTTP/1.0")) == 400);
    CHECK(refusal_of(with("Host: a\r\n: nobody\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\nX : 1\r\n")) == 400);
    CHECK(refusal_of(with("Host: a\r\n", "GET /caf\xC3\xA9 HTTP/1.1")) == 400);
    CHECK(refusal_of("GET / HTTP/1.1\nHost: a\n\n") == 400);
    CHECK(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX") == 400);
    CHECK(refusal_of("\x16\x03\x01\x02\x00\x01") == 400);
}

TEST_CASE("http request: what there is no way to do is said so") {
    CHECK(refusal_of(with("Host: a\r\n", "GET / HTTP/1.2")) == 505);
    CHECK(refusal_of(with("Host: a\r\n", "GET / HTTP/2.0")) == 505);
    CHECK(refusal_of(with("Host: a\r\n", "CONNECT a:1 HTTP/1.1")) == 501);
    CHECK(refusal_of(with("Host: a\r\nTransfer-Encoding: gzip\r\n", "POST / HTTP/1.1")) != 0);
    CHECK(refusal_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == 505);
}

TEST_CASE("http request: limits hold at their values exactly") {
    const co::http::RequestLimits limits{.header_bytes = 100, .fields = 3, .body_bytes = 5};
    auto header_of = [](std::size_t bytes) {
        const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        return start + std::string(bytes - start.size() - 4, 'x') + "\r\n\r\n";
    };
    CHECK(refusal_of(header_of(99), limits) == 0);
    CHECK(refusal_of(header_of(100), limits) == 0);
    CHECK(refusal_of(header_of(101), limits) == 431);
    CHECK(refusal_of(with("Host: a\r\nB: 2\r\nC: 3\r\n"), limits) == 0);
    CHECK(refusal_of(with("Host: a\r\nB: 2\r\nC: 3\r\nD: 4\r\n"), limits) == 431);
    CHECK(refusal_of(post, {.body_bytes = 5}) == 0);
    CHECK(refusal_of(post, {.body_bytes = 4}) == 413);
    CHECK(refusal_of(chunked, {.body_bytes = 5}) == 0);
    CHECK(refusal_of(chunked, {.body_bytes = 4}) == 413);
}
