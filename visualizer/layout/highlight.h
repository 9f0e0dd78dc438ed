// highlight(): cuts source text into coloured pieces, line by line. For reading, not for compiling: Lua and C++.
//
//     highlight("local x = f(2)", Language::lua)   // {{"local", keyword}, {" ", plain}, {"x", plain}, …}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace co::studio {

enum class Language : std::uint8_t { lua, cpp };

enum class TokenKind : std::uint8_t { plain, keyword, call, string, number, comment, punctuation };

struct Token {
    std::string text;
    TokenKind kind = TokenKind::plain;
    friend bool operator==(const Token&, const Token&) = default;
};

using HighlightedLine = std::vector<Token>;

/// The lines of `source` in order; joined, their tokens give the source back.
std::vector<HighlightedLine> highlight(std::string_view source, Language language);

}  // namespace co::studio
