#include "visualizer/model/text_buffer.h"

#include <doctest/doctest.h>

using namespace co::studio;

TEST_CASE("text buffer: typing, and one undo for a word of it") {
    TextBuffer buffer("ab\n");
    buffer.place(1);
    for (const char* letter : {"x", "y", "z"}) buffer.insert(letter);
    CHECK(buffer.text() == "axyzb\n");
    CHECK(buffer.caret().at == 4);
    CHECK(buffer.undo());
    CHECK(buffer.text() == "ab\n");
    CHECK(buffer.caret().at == 1);
    CHECK(buffer.redo());
    CHECK(buffer.text() == "axyzb\n");
    CHECK_FALSE(buffer.redo());
}

TEST_CASE("text buffer: a change after undo ends what could be redone") {
    TextBuffer buffer("a");
    buffer.insert("1");
    buffer.undo();
    buffer.insert("2");
    CHECK_FALSE(buffer.redo());
    CHECK(buffer.text() == "2a");
}

TEST_CASE("text buffer: the caret walks by characters, words, lines, and a short line keeps the column") {
    TextBuffer buffer("héllo wörld\nx\nlonger line\n");
    buffer.move(Motion::right);
    buffer.move(Motion::right);
    CHECK(buffer.caret().at == 3);  // é is two bytes
    buffer.move(Motion::word_right);
    CHECK(buffer.caret().at == 6);
    buffer.move(Motion::line_end);
    buffer.move(Motion::down);
    CHECK(buffer.caret().at == 15);
    buffer.move(Motion::down);
    CHECK(buffer.caret().at == 16 + 11);
    buffer.move(Motion::text_start);
    buffer.move(Motion::left);
    CHECK(buffer.caret().at == 0);
    buffer.move(Motion::text_end, true);
    CHECK(buffer.selected() == buffer.text());
    buffer.move(Motion::left);
    CHECK(buffer.caret() == Caret{0, 0});
}

TEST_CASE("text buffer: a place inside a character is the character's start") {
    TextBuffer buffer("é");
    buffer.place(1);
    CHECK(buffer.caret().at == 0);
}

TEST_CASE("text buffer: home goes to the text of a line, then to its start, and a new line goes as far in") {
    TextBuffer buffer("  if x\n");
    buffer.move(Motion::line_end);
    buffer.break_line();
    CHECK(buffer.text() == "  if x\n  \n");
    buffer.undo();
    buffer.move(Motion::line_start);
    CHECK(buffer.caret().at == 2);
    buffer.move(Motion::line_start);
    CHECK(buffer.caret().at == 0);
    buffer.break_line();
    CHECK(buffer.text() == "\n  if x\n");
}

TEST_CASE("text buffer: typing replaces what is selected, erasing takes it, or one character, or a word") {
    TextBuffer buffer("one two");
    buffer.move(Motion::word_right, true);
    buffer.insert("1");
    CHECK(buffer.text() == "1 two");
    buffer.move(Motion::text_end);
    buffer.erase(Motion::left);
    CHECK(buffer.text() == "1 tw");
    buffer.erase(Motion::word_left);
    CHECK(buffer.text() == "1 ");
    buffer.erase(Motion::right);
    CHECK(buffer.text() == "1 ");
    buffer.select_all();
    buffer.erase(Motion::right);
    CHECK(buffer.text().empty());
    for (int i = 0; i < 4; ++i) buffer.undo();
    CHECK(buffer.text() == "one two");
}

TEST_CASE("text buffer: another text in place of all is one step of undo") {
    TextBuffer buffer("mine");
    buffer.replace_all("theirs");
    CHECK(buffer.text() == "theirs");
    buffer.undo();
    CHECK(buffer.text() == "mine");
}
