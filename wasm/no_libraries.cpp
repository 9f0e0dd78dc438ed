// All of Lua's libraries, where there is no machine for them: files, the system, modules from disk. What a script has
// in a browser, the host opens one by one (lessons/host/sandbox.h).
#include <lauxlib.h>
#include <lualib.h>

void luaL_openlibs(lua_State* L) {
    luaL_error(L, "a browser has no real machine: run this on a simulated one, without the libraries io and os");
}
