// code_only(): a C++ text without what only looks like code: comments, literals, preprocessor lines are blanks.
//
//     code_only("int a;  // {\nauto b = \"}\";")     // "int a;      \nauto b =    ;"
//
// Every other character keeps its line and column. Both branches of an #if stay.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace co::project {

std::string code_only(std::string_view text);
/// A letter, digit or underscore: what names and numbers are made of.
bool is_word(char letter);
/// All that stands in a file.
std::string text_of(const std::filesystem::path& file);

}  // namespace co::project
