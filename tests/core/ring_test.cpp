#include "ring.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace co::server {
namespace {

struct Line {
    alignas(64) std::byte bytes[64];
};

struct Piped {
    Piped() : memory(Ring::bytes / sizeof(Line) + 1), ring(bytes()) {}
    std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(memory)); }
    std::string take() {
        std::string record(ring.front());
        ring.pop();
        return record;
    }

    std::vector<Line> memory;
    Ring ring;
};

std::string record(std::size_t number) {
    return std::string(1 + number * 7919 % 3000, static_cast<char>('a' + number % 26));
}

}  // namespace

TEST_CASE("ring: records come out whole, in their order") {
    Piped pipe;
    CHECK(pipe.ring.is_empty());
    CHECK(pipe.ring.front().empty());
    CHECK(pipe.ring.push("one"));
    CHECK(pipe.ring.push("another"));
    CHECK(pipe.take() == "one");
    CHECK(pipe.take() == "another");
    CHECK(pipe.ring.is_empty());
    pipe.ring.pop();
    CHECK(pipe.ring.is_empty());
}

TEST_CASE("ring: a full one takes no record, and takes it once there is room") {
    Piped pipe;
    const std::string longest(Ring::most_in_record, 'x');
    std::size_t taken = 0;
    while (pipe.ring.push(longest)) ++taken;
    CHECK(taken == 3);
    CHECK_FALSE(pipe.ring.push(longest));
    CHECK(pipe.ring.push("a short one"));
    CHECK(pipe.take() == longest);
    CHECK(pipe.ring.push(longest));
    for (std::size_t i = 0; i < taken - 1; ++i) CHECK(pipe.take() == longest);
    CHECK(pipe.take() == "a short one");
    CHECK(pipe.take() == longest);
    CHECK(pipe.ring.is_empty());
}

TEST_CASE("ring: whatever the lengths, nothing is cut or lost where the memory ends") {
    Piped pipe;
    std::size_t in = 0, out = 0;
    while (out < 5000) {
        while (pipe.ring.push(record(in))) ++in;
        REQUIRE(in > out);
        for (std::size_t half = (in - out + 1) / 2; half > 0; --half) REQUIRE(pipe.take() == record(out++));
    }
}

TEST_CASE("ring: an empty one has room for the longest record wherever it stands") {
    Piped pipe;
    const std::string longest(Ring::most_in_record, 'x');
    for (std::size_t at = 0; at < Ring::capacity; at += 1000) {
        REQUIRE(pipe.ring.push(std::string(990, 'y')));
        pipe.ring.pop();
        REQUIRE(pipe.ring.push(longest));
        REQUIRE(pipe.take() == longest);
    }
}

TEST_CASE("ring: who comes in place of another finds what the other left") {
    Piped pipe;
    CHECK(pipe.ring.push("left behind"));
    Ring reader(pipe.bytes());
    CHECK(reader.front() == "left behind");
    Ring writer(pipe.bytes());
    CHECK(writer.push("next"));
    reader.pop();
    CHECK(pipe.take() == "next");
}

TEST_CASE("ring: a wish for room is told once") {
    Piped pipe;
    CHECK_FALSE(pipe.ring.takes_wish());
    pipe.ring.wish_for_room();
    CHECK(pipe.ring.takes_wish());
    CHECK_FALSE(pipe.ring.takes_wish());
}

TEST_CASE("ring: misuse is refused") {
    Piped pipe;
    CHECK_THROWS_AS(pipe.ring.push(""), std::logic_error);
    CHECK_THROWS_AS(pipe.ring.push(std::string(Ring::most_in_record + 1, 'x')), std::logic_error);
    CHECK_THROWS_AS(Ring(pipe.bytes().first(1000)), std::logic_error);
}

}  // namespace co::server
