// Bindings: the script API (studio design, "The script API") on the runtime's public C++ API, one file for each
// concept.
#pragma once

#include <cstdint>

struct lua_State;

namespace co::lessons {

/// Defines all of it as globals.
void open_bindings(lua_State* L);

void bind_calls(lua_State* L);  // more of the library `co`
void bind_channels(lua_State* L);
void bind_clients(lua_State* L);  // into the libraries that bind_servers() makes
void bind_coroutines(lua_State* L);
void bind_descriptors(lua_State* L);  // more of the library `event`, which bind_loop() makes
void bind_family(lua_State* L);       // more of the library `co`, which bind_coroutines() makes
void bind_gates(lua_State* L);
void bind_loop(lua_State* L);
void bind_output(lua_State* L);
void bind_pools(lua_State* L);
void bind_processes(lua_State* L);
void bind_servers(lua_State* L);
void bind_shared(lua_State* L);
void bind_tables(lua_State* L);
void bind_timers(lua_State* L);
void bind_wait_groups(lua_State* L);
void bind_world(lua_State* L);

}  // namespace co::lessons
