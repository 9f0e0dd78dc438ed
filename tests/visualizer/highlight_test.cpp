#include "visualizer/layout/highlight.h"

#include <doctest/doctest.h>

using namespace co::studio;

namespace {

std::string joined(const std::vector<HighlightedLine>& lines) {
    std::string text;
    for (const HighlightedLine& line : lines) {
        for (const Token& token : line) text += token.text;
        text += '\n';
    }
    return text;
}

TokenKind kind_of(const HighlightedLine& line, const std::string& text) {
    for (const Token& token : line) {
        if (token.text == text) return token.kind;
    }
    FAIL("no token " << text);
    return TokenKind::plain;
}

}  // namespace

TEST_CASE("highlight: tells Lua's keywords, calls, strings, numbers and comments apart") {
    const auto lines = highlight("local t = timer.after(400, print, \"late\")  -- once\n", Language::lua);
    REQUIRE(lines.size() == 1);
    CHECK(kind_of(lines[0], "local") == TokenKind::keyword);
    CHECK(kind_of(lines[0], "after") == TokenKind::call);
    CHECK(kind_of(lines[0], "400") == TokenKind::number);
    CHECK(kind_of(lines[0], "\"late\"") == TokenKind::string);
    CHECK(kind_of(lines[0], "-- once") == TokenKind::comment);
}

TEST_CASE("highlight: comments and strings over several lines keep their colour on each") {
    const auto lua = highlight("--[[ one\ntwo ]] x = [[a\nb]]", Language::lua);
    REQUIRE(lua.size() == 3);
    CHECK(kind_of(lua[0], "--[[ one") == TokenKind::comment);
    CHECK(kind_of(lua[1], "two ]]") == TokenKind::comment);
    CHECK(kind_of(lua[2], "b]]") == TokenKind::string);
    const auto cpp = highlight("/* one\ntwo */ auto f = co::go(work);", Language::cpp);
    CHECK(kind_of(cpp[1], "two */") == TokenKind::comment);
    CHECK(kind_of(cpp[1], "auto") == TokenKind::keyword);
    CHECK(kind_of(cpp[1], "go") == TokenKind::call);
}

TEST_CASE("highlight: the tokens give the source back, also when it is broken or not ASCII") {
    for (const Language language : {Language::lua, Language::cpp}) {
        for (const std::string source :
             {"local x = \"never closed\n", "--[[ never closed\nat all\n", "print('é 中文 \\' x')\n\n\nend\n", "a\\\n",
              "#include <co/co.h>\n", "x = 1e5 .. 0x1F\n"}) {
            CHECK(joined(highlight(source, language)) == source);
        }
    }
    CHECK(highlight("", Language::lua).size() == 1);
}
