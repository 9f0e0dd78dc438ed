// os.time and os.clock on the kernel's clock: all that the simulation has of `os`.
#include <chrono>

#include <co/coroutine.h>
#include <lua.hpp>

#include "lessons/host/binding.h"
#include "lessons/host/sandbox.h"

namespace co::lessons {
namespace {

// os.time() -> seconds since 1970. The form with a table needs a time zone, which the simulated machine hasn't.
int time(lua_State* L) {
    if (!lua_isnoneornil(L, 1)) return luaL_error(L, "os.time() takes no table in the simulation");
    const auto since_1970 = Scheduler::current().kernel().wall_now().time_since_epoch();
    lua_pushinteger(L, std::chrono::duration_cast<std::chrono::seconds>(since_1970).count());
    return 1;
}

// os.clock() -> seconds that the program has used, which in the simulation are those that have passed.
int clock(lua_State* L) {
    lua_pushnumber(L, std::chrono::duration<double>(co::now().time_since_epoch()).count());
    return 1;
}

}  // namespace

void open_clock(lua_State* L) {
    const luaL_Reg functions[] = {{"time", binding<time>}, {"clock", binding<clock>}, {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_setglobal(L, "os");
}

}  // namespace co::lessons
