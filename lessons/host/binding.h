// binding<>: makes a C++ function callable from a script: what it throws becomes a Lua error, and the run's end passes.
//
//     int sleep(lua_State* L) { co::sleep(check_seconds(L, 1, "seconds")); return 0; }
//     lua_pushcfunction(L, binding<sleep>);
#pragma once

#include <cstdint>
#include <vector>

#include <co/deadline.h>
#include <lua.hpp>

#include "lessons/host/value.h"

namespace co::lessons {

int call_binding(lua_State* L, int (*body)(lua_State*));

template <int (*body)(lua_State*)>
int binding(lua_State* L) {
    return call_binding(L, body);
}

// Arguments. Each raises a Lua error that names the argument when it is wrong.

/// Seconds, 0 or more, as nanoseconds.
Duration check_seconds(lua_State* L, int index, const char* name);
/// Seconds to wait at most: absent, nil and -1 are never, 0 is at once.
Deadline check_timeout(lua_State* L, int index);
/// A whole number from `least` to `most`.
std::int64_t check_integer(lua_State* L, int index, const char* name, std::int64_t least, std::int64_t most);
/// Something that can be called.
void check_function(lua_State* L, int index);

/// Takes everything from `index` to the top of the stack.
std::vector<Value> take_values(lua_State* L, int index);

}  // namespace co::lessons
