// Packets come out the same however their bytes came in.
#include <co/framing.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <initializer_list>
#include <stdexcept>

#include <doctest/doctest.h>

namespace co {
namespace {

using Packets = std::vector<std::string>;

/// Everything that can be taken out now; a refusal stands at its end as "refused".
void drain(Framer& framer, Packets& packets) {
    for (;;) {
        Framed framed = framer.next();
        if (framed.status == FrameStatus::incomplete) return;
        if (framed.status == FrameStatus::refused) return packets.push_back("refused");
        packets.emplace_back(framed.bytes);
    }
}

Packets fed(const Framing& framing, std::initializer_list<std::string_view> pieces) {
    Framer framer(framing);
    Packets packets;
    for (std::string_view piece : pieces) {
        framer.feed(piece);
        drain(framer, packets);
        if (!packets.empty() && packets.back() == "refused") break;
    }
    return packets;
}

Packets byte_by_byte(const Framing& framing, std::string_view stream) {
    Framer framer(framing);
    Packets packets;
    for (std::size_t i = 0; i < stream.size(); ++i) {
        framer.feed(stream.substr(i, 1));
        drain(framer, packets);
        if (!packets.empty() && packets.back() == "refused") break;
    }
    return packets;
}

/// The stream in one piece, byte by byte, and cut in two at every place.
void check_stream(const Framing& framing, std::string_view stream, const Packets& expected) {
    CHECK(fed(framing, {stream}) == expected);
    CHECK(byte_by_byte(framing, stream) == expected);
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        CAPTURE(cut);
        CHECK(fed(framing, {stream.substr(0, cut), stream.substr(cut)}) == expected);
    }
}

std::string bytes(std::initializer_list<int> values) {
    std::string text;
    for (int value : values) text.push_back(static_cast<char>(value));
    return text;
}

Framing with_max(Framing framing, std::size_t max) {
    framing.max_packet = max;
    return framing;
}

}  // namespace

TEST_CASE("framing: packets that end with a delimiter arrive one by one, however they were cut") {
    check_stream(framing::eof("\r\n"), "one\r\n\r\ntwo\rthree\n\r\n", {"one\r\n", "\r\n", "two\rthree\n\r\n"});
    check_stream(framing::eof("ab"),
                 "aab"
                 "b"
                 "aaab",
                 {"aab", "baaab"});
    check_stream(framing::eof("\n"), "no end", {});
}

TEST_CASE("framing: a delimiter that begins again inside itself is found") {
    check_stream(framing::eof("aab"), "aaab", {"aaab"});
    check_stream(framing::eof("abab"), "abaabababab", {"abaabab", "abab"});
}

TEST_CASE("framing: every pack() type reads its own number") {
    struct Row {
        std::string type;
        std::string three;  // the number 3
    };
    const std::vector<Row> rows = {
        {"c", bytes({3})},
        {"C", bytes({3})},
        {"n", bytes({0, 3})},
        {"v", bytes({3, 0})},
        {"N", bytes({0, 0, 0, 3})},
        {"V", bytes({3, 0, 0, 0})},
        {"J", bytes({0, 0, 0, 0, 0, 0, 0, 3})},
        {"P", bytes({3, 0, 0, 0, 0, 0, 0, 0})},
    };
    for (const Row& row : rows) {
        CAPTURE(row.type);
        check_stream(framing::length_prefix(row.type), row.three + "abc" + row.three + "def",
                     {row.three + "abc", row.three + "def"});
    }
    for (const auto& row : {std::pair{"s", 2u}, {"S", 2u}, {"l", 4u}, {"L", 4u}, {"q", 8u}, {"Q", 8u}}) {
        const auto type = row.first;  // clang 14 captures no structured binding
        const auto width = row.second;
        CAPTURE(type);
        const std::uint64_t number = 3;  // as the machine has it
        std::string three(reinterpret_cast<const char*>(&number), 8);
        if constexpr (std::endian::native == std::endian::big)
            three = three.substr(8 - width);
        else
            three = three.substr(0, width);
        check_stream(framing::length_prefix(type), three + "abc", {three + "abc"});
    }
}

TEST_CASE("framing: the length may stand inside of the header, and count it or not") {
    const std::string packet = "v1" + bytes({0, 5}) + "!!" + "hello";
    check_stream(framing::length_prefix("n", {.offset = 2, .body_offset = 6}), packet + packet, {packet, packet});
    const std::string whole = "v1" + bytes({0, 11}) + "!!" + "hello";
    check_stream(framing::length_prefix("n", {.offset = 2, .body_offset = 0}), whole + whole, {whole, whole});
}

TEST_CASE("framing: a body may be empty") {
    check_stream(framing::length_prefix("N"), bytes({0, 0, 0, 0, 0, 0, 0, 1, 'x'}),
                 {bytes({0, 0, 0, 0}), bytes({0, 0, 0, 1, 'x'})});
}

TEST_CASE("framing: a length that is negative, too large, overflowing or too small is refused, with the reason") {
    auto reason = [](const Framing& framing, const std::string& stream) {
        Framer framer(framing);
        framer.feed(stream);
        Framed framed = framer.next();
        CHECK(framed.status == FrameStatus::refused);
        CHECK(framer.next().reason == framed.reason);
        framer.feed("more");
        CHECK(framer.next().status == FrameStatus::refused);
        return framed.reason;
    };
    CHECK(reason(framing::length_prefix("c"), bytes({0xFF})) == "a packet says that its length is negative");
    CHECK(reason(framing::length_prefix("q"), std::string(8, '\xFF')) == "a packet says that its length is negative");
    CHECK(reason(framing::length_prefix("N"), bytes({0x7F, 0xFF, 0xFF, 0xFF})) ==
          "a packet says that its length is 2147483647: with its header that is above 2097152 bytes "
          "(package_max_length)");
    CHECK(reason(framing::length_prefix("J"), std::string(8, '\xFF')).find("18446744073709551615") !=
          std::string::npos);
    CHECK(reason(framing::length_prefix("n", {.body_offset = 0}), bytes({0, 1})) ==
          "a packet says that its length is 1: it would end inside of its own header");
}

TEST_CASE("framing: the longest packet, one byte less and one more") {
    const Framing by_length = with_max(framing::length_prefix("C"), 10);
    check_stream(by_length, bytes({8}) + "12345678", {bytes({8}) + "12345678"});
    check_stream(by_length, bytes({9}) + "123456789", {bytes({9}) + "123456789"});
    check_stream(by_length, bytes({10}) + "123456789a", {"refused"});
    const Framing by_delimiter = with_max(framing::eof("\r\n"), 10);
    check_stream(by_delimiter, "1234567\r\n", {"1234567\r\n"});
    check_stream(by_delimiter, "12345678\r\n", {"12345678\r\n"});
    check_stream(by_delimiter, "123456789\r\n", {"refused"});
    check_stream(by_delimiter, "ok\r\n1234567890", {"ok\r\n", "refused"});
}

TEST_CASE("framing: settings that cannot work are named") {
    CHECK_THROWS_WITH_AS(Framer(framing::eof("")), "package_eof is empty: name the bytes that end a packet",
                         std::invalid_argument);
    CHECK_THROWS_AS(Framer(framing::length_prefix("x")), std::invalid_argument);
    CHECK_THROWS_AS(Framer(framing::length_prefix("")), std::invalid_argument);
    CHECK_THROWS_AS(Framer(framing::length_prefix("NN")), std::invalid_argument);
    CHECK(complaints(with_max(framing::length_prefix("N", {.offset = 7}), 10)).size() == 2);
    CHECK(complaints(with_max(framing::none(), 0)).size() == 1);
    CHECK(complaints(framing::length_prefix("N")).empty());
}

TEST_CASE("framing: without any, what arrived is a packet") {
    CHECK(fed(framing::none(), {"ab", "c"}) == Packets{"ab", "c"});
}

TEST_CASE("framing: bytes are read straight into it") {
    Framer framer(framing::eof("\n"));
    std::span<std::byte> room = framer.room(6);
    REQUIRE(room.size() >= 6);
    const std::string_view text = "tea\ncu";
    std::memcpy(room.data(), text.data(), text.size());
    framer.filled(text.size());
    CHECK(framer.next().bytes == "tea\n");
    CHECK(framer.next().status == FrameStatus::incomplete);
    CHECK(framer.buffered() == 2);
}

TEST_CASE("framing: a packet that was taken makes room, also when nobody asked for one more") {
    Framer framer(framing::eof("\n"));
    std::size_t most_room = 0;
    for (int i = 0; i < 2000; ++i) {
        const std::string line = std::to_string(i) + '\n';
        const std::span<std::byte> room = framer.room(64);
        most_room = std::max(most_room, room.size());
        std::memcpy(room.data(), line.data(), line.size());
        framer.filled(line.size());
        REQUIRE(framer.next().bytes == line);
        REQUIRE(framer.buffered() == 0);
    }
    CHECK(most_room <= 1024);  // it has not grown
}

TEST_CASE("byte buffer: a long stream through it keeps its order and its memory small") {
    ByteBuffer buffer;
    unsigned char next_in = 0;
    unsigned char next_out = 0;
    for (std::size_t round = 1; round < 3000; ++round) {
        std::string piece(round % 97, '\0');
        for (char& byte : piece) byte = static_cast<char>(next_in++);
        buffer.append(piece);
        const std::size_t take = std::min(buffer.size(), round % 89 + 8);
        for (char byte : buffer.bytes().substr(0, take)) REQUIRE(static_cast<unsigned char>(byte) == next_out++);
        buffer.drop(take);
    }
    CHECK(buffer.capacity() <= 4096);
    CHECK_THROWS_AS(buffer.drop(buffer.size() + 1), std::logic_error);
}

}  // namespace co
