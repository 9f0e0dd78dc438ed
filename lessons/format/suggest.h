// suggest(): the known word that somebody probably meant, for errors that name a remedy.
//
//     co::lessons::suggest("titel", {"title", "chapter"})   // "did you mean `title`?"
//     co::lessons::suggest("banana", {"title", "chapter"})  // "known are `title`, `chapter`"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace co::lessons {

std::string suggest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace co::lessons
