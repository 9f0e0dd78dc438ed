// Literal: a Lua value as the text that a script would write for it: how values get from process to process.
//
//     to_literal(L, 2)                      // {job = "resize", size = 40}
//     push_literal(L, "{1, 2, 3}")          // pushes the table
#pragma once

#include <string>
#include <string_view>

struct lua_State;

namespace co::lessons {

/// nil, booleans, numbers, strings and tables of them. Raises a Lua error that names argument `index` for anything
/// else.
std::string to_literal(lua_State* L, int index);
/// Raises a Lua error when `text` is none.
void push_literal(lua_State* L, std::string_view text);

}  // namespace co::lessons
