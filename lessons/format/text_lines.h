// Lines of a text, and a line without the blanks around it: what every small parser of this folder starts with.
//
//     for (std::string_view line : co::lessons::lines_of("one\ntwo\n")) …   // "one", "two"
#pragma once

#include <string_view>
#include <vector>

namespace co::lessons {

/// Without their newlines; a text that ends with one has no empty line after it.
std::vector<std::string_view> lines_of(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

}  // namespace co::lessons
