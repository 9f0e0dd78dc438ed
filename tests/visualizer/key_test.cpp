#include <doctest/doctest.h>

#include "visualizer/terminal/key.h"

using namespace co::studio;

namespace {

Key only_key(std::string_view bytes) {
    KeyReader reader;
    reader.feed(bytes);
    const auto key = reader.next();
    CHECK(!reader.next());
    CHECK(!reader.is_waiting_for_more());
    return key.value_or(Key::none);
}

}  // namespace

TEST_CASE("each key of the player has its bytes") {
    CHECK(only_key(" ") == Key::play);
    CHECK(only_key("q") == Key::quit);
    CHECK(only_key("\x03") == Key::quit);
    CHECK(only_key("\x1a") == Key::suspend);
    CHECK(only_key("[") == Key::slower);
    CHECK(only_key("]") == Key::faster);
    CHECK(only_key("?") == Key::help);
    CHECK(only_key("x") == Key::other);
    CHECK(only_key("é") == Key::other);
}

TEST_CASE("arrows and Home and End come in several dialects") {
    CHECK(only_key("\x1b[C") == Key::step);
    CHECK(only_key("\x1bOD") == Key::back);
    CHECK(only_key("\x1b[1;2C") == Key::next_switch);
    CHECK(only_key("\x1b[1;3C") == Key::next_of_lane);
    CHECK(only_key("\x1b[1;3D") == Key::previous_of_lane);
    CHECK(only_key("\x1b[A") == Key::lane_up);
    CHECK(only_key("\x1bOB") == Key::lane_down);
    CHECK(only_key("\x1b[1;2D") == Key::previous_switch);
    CHECK(only_key("\x1b[d") == Key::previous_switch);
    CHECK(only_key("\x1b[H") == Key::first);
    CHECK(only_key("\x1bOF") == Key::last);
    CHECK(only_key("\x1b[1~") == Key::first);
    CHECK(only_key("\x1b[4~") == Key::last);
    CHECK(only_key("\x1b[1;5C") == Key::other);
    CHECK(only_key("\x1b[5~") == Key::other);
}

TEST_CASE("a sequence that comes in pieces is one key, wherever it is cut") {
    const std::string_view sequence = "\x1b[1;2C";
    for (std::size_t cut = 1; cut < sequence.size(); ++cut) {
        KeyReader reader;
        reader.feed(sequence.substr(0, cut));
        CHECK(!reader.next());
        CHECK(reader.is_waiting_for_more());
        reader.feed(sequence.substr(cut));
        CHECK(reader.next() == Key::next_switch);
    }
}

TEST_CASE("an escape byte with nothing behind it is the Escape key, once the wait is over") {
    KeyReader reader;
    reader.feed("\x1b");
    CHECK(!reader.next());
    reader.settle();
    CHECK(reader.next() == Key::escape);
    reader.feed("\x1b[C");
    CHECK(reader.next() == Key::step);
}

TEST_CASE("keys typed ahead come out one by one") {
    KeyReader reader;
    reader.feed(" \x1b[Cq");
    CHECK(reader.next() == Key::play);
    CHECK(reader.next() == Key::step);
    CHECK(reader.next() == Key::quit);
    CHECK(!reader.next());
}
