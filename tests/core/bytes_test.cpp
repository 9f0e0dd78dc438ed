#include <doctest/doctest.h>

#include <co/bytes.h>
#include <co/trace.h>

using co::trace::BrokenBytes;
using co::trace::ByteReader;
using co::trace::ByteWriter;
using co::trace::Event;
using co::trace::EventKind;
using co::trace::Trace;

namespace {

Trace small_trace() {
    Trace trace;
    trace.seed = 0xFEDCBA9876543210;
    trace.sources.push_back({"main.lua", "print('tea')"});
    trace.texts.push_back("tea");
    trace.events.push_back({.kind = EventKind::start});
    trace.events.push_back({.time = -1, .value = INT64_MIN, .coroutine = 3, .text = 1, .line = 7});
    trace.events.push_back({.other = 2, .source = 65535, .kind = EventKind::stopped});
    return trace;
}

}  // namespace

TEST_CASE("bytes: numbers and texts come back, little endian") {
    ByteWriter out;
    out.number(std::int64_t{-2});
    out.number(std::uint16_t{0x1234});
    out.number(std::uint8_t{255});
    out.text("tea\0milk");
    out.raw("end");
    CHECK(out.bytes().substr(8, 3) == "\x34\x12\xFF");

    ByteReader in(out.bytes());
    CHECK(in.number<std::int64_t>() == -2);
    CHECK(in.number<std::uint16_t>() == 0x1234);
    CHECK(in.number<std::uint8_t>() == 255);
    CHECK(in.text() == "tea\0milk");
    CHECK_FALSE(in.takes("other"));
    CHECK_THROWS_AS(in.end(), BrokenBytes);
    CHECK(in.takes("end"));
    CHECK_NOTHROW(in.end());
}

TEST_CASE("bytes: a length that can't be is not believed") {
    ByteWriter out;
    out.number(UINT64_MAX);
    CHECK_THROWS_AS(ByteReader(out.bytes()).text(), BrokenBytes);
    CHECK_THROWS_AS(ByteReader(out.bytes()).count(1), BrokenBytes);
    CHECK_THROWS_WITH(ByteReader("abc").number<std::uint32_t>(), "it ends too early (byte 0 of 3)");
}

TEST_CASE("trace: comes back from its bytes") {
    const Trace trace = small_trace();
    const Trace again = co::trace::from_bytes(co::trace::to_bytes(trace));
    CHECK(again == trace);
    CHECK(co::trace::hash(again) == co::trace::hash(trace));
}

TEST_CASE("trace: bytes that are cut off anywhere, go on or begin otherwise are refused") {
    const std::string bytes = co::trace::to_bytes(small_trace());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_THROWS_AS(co::trace::from_bytes(std::string_view(bytes).substr(0, length)), BrokenBytes);
    CHECK_THROWS_WITH(co::trace::from_bytes(bytes + "x"), doctest::Contains("goes on after its end"));
    CHECK_THROWS_WITH(co::trace::from_bytes("x" + bytes), doctest::Contains("no trace of costudio"));
}

TEST_CASE("trace: kinds are told apart by their names, whatever another version's numbers are") {
    std::string bytes = co::trace::to_bytes(small_trace());
    const std::size_t start = bytes.find("start"), yield = bytes.find("yield");
    bytes.replace(start, 5, "yield");
    bytes.replace(yield, 5, "start");
    CHECK(co::trace::from_bytes(bytes).events[0].kind == EventKind::yield);

    bytes.replace(start, 5, "xxxxx");
    CHECK_THROWS_WITH(co::trace::from_bytes(bytes), doctest::Contains("a newer one wrote it"));
}
