#include "lessons/host/message.h"

#include <doctest/doctest.h>

using namespace co::lessons;

TEST_CASE("message: the place is taken off") {
    const Message message = split_message("main.lua:3: 'then' expected", "main.lua");
    CHECK(message.line == 3);
    CHECK(message.text == "'then' expected");
}

TEST_CASE("message: without a place it stays whole") {
    CHECK(split_message("boom", "main.lua").text == "boom");
    CHECK(split_message("other.lua:3: boom", "main.lua").line == 0);
    CHECK(split_message("main.lua: boom", "main.lua").text == "main.lua: boom");
}

TEST_CASE("message: places are those of the file that the script was cut from") {
    CHECK(place_in({.name = "main.lua", .text = "", .line_offset = 20, .file = "a.md"}, 3) == "a.md:23");
    CHECK(place_in({.name = "demo.lua", .text = ""}, 3) == "demo.lua:3");
}

TEST_CASE("message: long numbers in groups") {
    CHECK(with_separators(7) == "7");
    CHECK(with_separators(999) == "999");
    CHECK(with_separators(1000) == "1,000");
    CHECK(with_separators(1234567) == "1,234,567");
}
