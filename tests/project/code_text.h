// code_only(): a C++ text without what only looks like code: comments, literals, preprocessor lines are blanks.
//
//     code_only("int a;  // {\nauto b = \"}\";")     // "int a;      \nauto b =    ;"
//
// Every other character keeps its line and column. Both branches of an #if stay.
#pragma once

#include <string>
#include <string_view>

namespace co::project {

std::string code_only(std::string_view text);

}  // namespace co::project
