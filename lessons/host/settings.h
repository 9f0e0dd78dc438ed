// Settings that scripts write as tables: of servers, of their ports, of clients.
//
//     apply_settings(L, 2, settings);      // server:set{worker_num = 2}: raises a Lua error that names what is wrong
#pragma once

#include <initializer_list>
#include <string_view>

#include <co/server_settings.h>

struct lua_State;

namespace co::lessons {

void apply_settings(lua_State* L, int index, ServerSettings& settings);
/// How packets are framed, from the table at `index`; its fields `others` are somebody else's.
Framing check_framing(lua_State* L, int index, std::initializer_list<std::string_view> others);

}  // namespace co::lessons
