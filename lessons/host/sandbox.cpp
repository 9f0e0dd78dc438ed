#include "lessons/host/sandbox.h"

#include <string_view>

#include <lua.hpp>

#include "lessons/host/binding.h"

namespace co::lessons {
namespace {

// load(chunk [, name [, mode [, env]]]) with mode always "t"; the original is the upvalue.
int load_text(lua_State* L) {
    const bool has_environment = lua_gettop(L) >= 4;
    lua_settop(L, 4);
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    if (!has_environment) lua_settop(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// When a value is collected depends on memory, not on the script: nothing that a script can see may hang on it.
int set_metatable(lua_State* L) {
    if (lua_type(L, 2) == LUA_TTABLE) {
        for (const char* field : {"__gc", "__mode"}) {
            lua_pushstring(L, field);
            const bool has_field = lua_rawget(L, 2) != LUA_TNIL;
            if (has_field) {
                return luaL_error(
                    L,
                    "%s is not available in the simulation: when values are collected differs from run to "
                    "run; use defer() to clean up",
                    field);
            }
            lua_pop(L, 1);
        }
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

int collect_garbage(lua_State* L) {
    const std::string_view option = luaL_optstring(L, 1, "collect");
    if (option == "count") {
        return luaL_error(
            L,
            "collectgarbage(\"count\") is not available in the simulation: the number differs from run to "
            "run; `costudio run` has it");
    }
    if (option == "collect") lua_gc(L, LUA_GCCOLLECT);
    lua_pushinteger(L, 0);
    return 1;
}

}  // namespace

void wrap_field(lua_State* L, const char* name, lua_CFunction function) {
    lua_getfield(L, -1, name);
    // Lua looks here for the name of the function when it complains about an argument.
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void open_sandbox(lua_State* L) {
    const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base},       {LUA_COLIBNAME, luaopen_coroutine},
                                  {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
                                  {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8}};
    for (const luaL_Reg& library : libraries) {
        luaL_requiref(L, library.name, library.func, 1);
        lua_pop(L, 1);
    }
    for (const char* absent : {"dofile", "loadfile", "warn"}) {
        lua_pushnil(L);
        lua_setglobal(L, absent);
    }
    lua_getglobal(L, "string");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
    lua_pushglobaltable(L);
    wrap_field(L, "load", load_text);
    wrap_field(L, "setmetatable", set_metatable);
    lua_pop(L, 1);
    lua_register(L, "collectgarbage", collect_garbage);
    open_table_order(L);
    open_shown_text(L);
    open_chance(L);
    open_clock(L);
}

}  // namespace co::lessons
