// os.time and os.clock on the kernel's clock, and os.exit: all that the simulation has of `os`.
#include <chrono>

#include <co/coroutine.h>
#include <co/exit.h>
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

// os.exit([code]): ends this process with every coroutine in it. The program's own process has nobody who would ask for
// its exit code; the run ends with it.
int exit(lua_State* L) {
    std::int64_t code = lua_isboolean(L, 1) && !lua_toboolean(L, 1) ? 1 : 0;
    if (!lua_isnoneornil(L, 1) && !lua_isboolean(L, 1)) code = check_integer(L, 1, "the exit code", 0, 255);
    Scheduler& scheduler = Scheduler::current();
    if (scheduler.kernel().trace_number() != 0) process::exit(static_cast<int>(code));
    scheduler.stop("os.exit()");
    throw Unwind{};
}

}  // namespace

void open_clock(lua_State* L) {
    const luaL_Reg functions[] = {
        {"time", binding<time>}, {"clock", binding<clock>}, {"exit", binding<exit>}, {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_setglobal(L, "os");
}

}  // namespace co::lessons
