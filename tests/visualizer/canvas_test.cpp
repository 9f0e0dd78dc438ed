#include <doctest/doctest.h>

#include "visualizer/terminal/canvas.h"

using namespace co::studio;

TEST_CASE("what does not fit is cut off with an ellipsis, at the edge or where it is told to") {
    Canvas canvas({.columns = 8, .rows = 2});
    CHECK(canvas.put(0, 0, "producer(\"tea\")") == 8);
    canvas.put(2, 1, "abcdef", {}, 3);
    canvas.put(0, 5, "below the canvas");
    CHECK(canvas.text(Colours::plain) == "produce…\n  ab…");
}

TEST_CASE("wide characters take two columns, combining ones none") {
    CHECK(width_of("co#1") == 4);
    CHECK(width_of("茶") == 2);
    CHECK(width_of("e\u0301") == 1);
    CHECK(width_of("\xFF") == 1);
    CHECK(cut_to("茶茶茶", 4) == "茶…");
    Canvas canvas({.columns = 6, .rows = 1});
    CHECK(canvas.put(0, 0, "茶a") == 3);
    CHECK(canvas.text(Colours::plain) == "茶a");
}

TEST_CASE("text is broken at spaces, a word that is too long anywhere") {
    CHECK(wrapped("no consumer waits", 11) == std::vector<std::string>{"no consumer", "waits"});
    CHECK(wrapped("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(wrapped("", 10) == std::vector<std::string>{""});
}

TEST_CASE("looks become escape sequences as far as the terminal knows them") {
    Canvas canvas({.columns = 2, .rows = 1});
    canvas.put(0, 0, "a", {.tint = Tint::running, .bold = true});
    CHECK(canvas.text(Colours::plain) == "a");
    CHECK(canvas.text(Colours::monochrome) == "\x1b[0;1ma\x1b[0m ");
    CHECK(canvas.text(Colours::palette) == "\x1b[0;1;38;5;49ma\x1b[0m ");
    CHECK(canvas.text(Colours::full) == "\x1b[0;1;38;2;43;245;174ma\x1b[0m ");
}

TEST_CASE("a control character in a value cannot move the cursor") {
    Canvas canvas({.columns = 4, .rows = 1});
    canvas.put(0, 0, "a\x1b[b");
    CHECK(canvas.text(Colours::plain) == "a [b");
}
