// WaitGroup() and its methods.
#include <new>
#include <string>

#include <co/wait_group.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

constexpr const char* type_name = "WaitGroup";
constexpr std::int64_t most = 1'000'000'000;

WaitGroup& check_group(lua_State* L) { return *static_cast<WaitGroup*>(luaL_checkudata(L, 1, type_name)); }

int make(lua_State* L) {
    std::string name = Host::of(L).assigned_name(L, type_name);
    void* place = lua_newuserdatauv(L, sizeof(WaitGroup), 0);
    new (place) WaitGroup(std::move(name));
    luaL_setmetatable(L, type_name);
    return 1;
}

int add(lua_State* L) {
    WaitGroup& group = check_group(L);
    group.add(lua_isnoneornil(L, 2) ? 1 : check_integer(L, 2, "count", -most, most));
    return 0;
}

int done(lua_State* L) {
    check_group(L).done();
    return 0;
}

int wait(lua_State* L) {
    const WaitStatus status = check_group(L).wait(check_timeout(L, 2));
    lua_pushboolean(L, status == WaitStatus::ok);
    if (status == WaitStatus::ok) return 1;
    const std::string_view reason = name(status);
    lua_pushlstring(L, reason.data(), reason.size());
    return 2;
}

int text(lua_State* L) {
    lua_pushfstring(L, "WaitGroup #%d", static_cast<int>(check_group(L).number()));
    return 1;
}

int destroy(lua_State* L) {
    check_group(L).~WaitGroup();
    return 0;
}

}  // namespace

void bind_wait_groups(lua_State* L) {
    const luaL_Reg methods[] = {
        {"add", binding<add>}, {"done", binding<done>}, {"wait", binding<wait>}, {nullptr, nullptr}};
    luaL_newmetatable(L, type_name);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, binding<text>);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, destroy);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);  // getmetatable() answers false: a script can't reach __gc
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    lua_register(L, "WaitGroup", binding<make>);
}

}  // namespace co::lessons
