// tostring and string.format without addresses.
#include <string>

#include <lua.hpp>

#include "lessons/host/binding.h"
#include "lessons/host/host.h"
#include "lessons/host/sandbox.h"

namespace co::lessons {
namespace {

int to_string(lua_State* L) {
    luaL_checkany(L, 1);
    const std::string text = Host::of(L).text_of(L, 1);
    lua_pushlstring(L, text.data(), text.size());
    return 1;
}

// Replaces what %s would show with an address by its text, then calls the original, which is the upvalue.
int format(lua_State* L) {
    std::size_t size = 0;
    const char* text = luaL_checklstring(L, 1, &size);
    int argument = 1;
    for (std::size_t at = 0; at + 1 < size; ++at) {
        if (text[at] != '%') continue;
        ++at;
        if (text[at] == '%') continue;
        while (at < size && std::string_view("-+ #0123456789.").find(text[at]) != std::string_view::npos) ++at;
        ++argument;
        if (at >= size || argument > lua_gettop(L)) break;
        if (text[at] == 'p') {
            return luaL_error(L,
                              "string.format(\"%%p\") is not available in the simulation: addresses differ from run "
                              "to run; use %%s");
        }
        const int type = lua_type(L, argument);
        const bool has_address =
            type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TTHREAD || type == LUA_TUSERDATA;
        if (text[at] != 's' || !has_address) continue;
        const std::string shown = Host::of(L).text_of(L, argument);
        lua_pushlstring(L, shown.data(), shown.size());
        lua_replace(L, argument);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

}  // namespace

void open_shown_text(lua_State* L) {
    lua_register(L, "tostring", binding<to_string>);
    lua_getglobal(L, "string");
    wrap_field(L, "format", binding<format>);
    lua_pop(L, 1);
}

}  // namespace co::lessons
