#include "lessons/format/markdown.h"

#include <doctest/doctest.h>

using namespace co::lessons;

namespace {

const Place start{"a.md", 10};

std::vector<MarkdownElement> read_all(const std::string& text) { return read_markdown(text, start); }
const Block& block(const std::vector<MarkdownElement>& elements, std::size_t index) {
    return std::get<Block>(elements.at(index));
}

}  // namespace

TEST_CASE("markdown: a paragraph is runs of one style each") {
    const auto elements = read_all("`push()` never\nswitches: **it** goes *on*.\n");
    REQUIRE(elements.size() == 1);
    CHECK(block(elements, 0).kind == BlockKind::paragraph);
    CHECK(block(elements, 0).runs == std::vector<Run>{{RunStyle::code, "push()"},
                                                      {RunStyle::plain, " never switches: "},
                                                      {RunStyle::strong, "it"},
                                                      {RunStyle::plain, " goes "},
                                                      {RunStyle::emphasis, "on"},
                                                      {RunStyle::plain, "."}});
}

TEST_CASE("markdown: headings and bullets, tight and loose") {
    const auto elements = read_all("# One\n\n- two\n- three\n\ntext\n\n* four\n\n* five\n");
    REQUIRE(elements.size() == 6);
    CHECK(block(elements, 0).kind == BlockKind::heading);
    CHECK(block(elements, 1).kind == BlockKind::bullet);
    CHECK(block(elements, 1).runs == std::vector<Run>{{RunStyle::plain, "two"}});
    CHECK(block(elements, 2).runs == std::vector<Run>{{RunStyle::plain, "three"}});
    CHECK(block(elements, 3).kind == BlockKind::paragraph);
    CHECK(block(elements, 4).kind == BlockKind::bullet);
    CHECK(block(elements, 5).runs == std::vector<Run>{{RunStyle::plain, "five"}});
}

TEST_CASE("markdown: a fence knows its info string and the line of its first line") {
    const auto elements =
        read_all("text\n\n```checkpoint at=\"push results\"\nA title\n```\n\n```lua run\n\n\nprint(1)\n```\n");
    REQUIRE(elements.size() == 3);
    const auto& checkpoint = std::get<MarkdownFence>(elements[1]);
    CHECK(checkpoint.info == "checkpoint at=\"push results\"");
    CHECK(checkpoint.text == "A title\n");
    CHECK(checkpoint.first_line == 13);
    const auto& program = std::get<MarkdownFence>(elements[2]);
    CHECK(program.text == "\n\nprint(1)\n");
    CHECK(program.first_line == 17);
}

TEST_CASE("markdown: what the studio can't show is an error with its place") {
    const auto error = [](const std::string& text) -> std::string {
        try {
            read_all(text);
        } catch (const LessonError& complaint) {
            return complaint.what();
        }
        return "no error";
    };
    CHECK(error("text\n\n<div>x</div>\n").starts_with("a.md:10: the studio can't show HTML; "));
    CHECK(error("1. one\n").starts_with("a.md:10: the studio can't show a numbered list; "));
    CHECK(error("![x](y.png)\n").starts_with("a.md:10: the studio can't show an image; "));
    CHECK(error("text\n\nmore\n\n> quote\n").starts_with("a.md:12: the studio can't show a quote; "));
    CHECK(error("text\n\n```expect\n```\n").starts_with("a.md:10: the fence `expect` below this line is empty; "));
}
