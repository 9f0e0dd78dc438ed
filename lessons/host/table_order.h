// Table order: a script must see the keys of a table in the same order in every run.
//
// Lua's own order follows a hash that is seeded with addresses and the time (luai_makeseed), and a program can't choose
// that seed. So in the simulation pairs() and next() go by the keys themselves: numbers ascending, then strings by
// their bytes, false, true, then tables, functions and the like in the order in which they were made. As in plain Lua,
// a key may be set to nil on the way; keys that are new are not visited. table.sort() is a stable merge sort, because
// Lua's draws its pivot from the clock.
#pragma once

struct lua_State;

namespace co::lessons {

/// Pushes a list of the keys of the table at `index`, in order.
void push_sorted_keys(lua_State* L, int index);

}  // namespace co::lessons
