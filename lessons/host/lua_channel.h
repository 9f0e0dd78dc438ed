// LuaChannel: the channel that a script's chan() makes.
//
//     LuaChannel& channel = check_object<LuaChannel>(L, 1, channel_type);
#pragma once

#include <co/channel.h>

#include "lessons/host/value.h"

struct lua_State;

namespace co::lessons {

using LuaChannel = Channel<Value>;
/// Its metatable, and the global that makes one.
inline constexpr const char* channel_type = "chan";

/// chan.select{ {ch, "pop"}, {ch, "push", v}, timeout = s }
int select_case(lua_State* L);

}  // namespace co::lessons
