// suggest(): the known word that somebody probably meant, for errors that name a remedy.
//
//     co::suggest("titel", {"title", "chapter"});   // "did you mean `title`?"
//     co::suggest("banana", {"title", "chapter"});  // "known are `title`, `chapter`"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace co {

std::string suggest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace co
