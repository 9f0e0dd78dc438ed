// chan(capacity) and its methods.
#include <new>
#include <string>

#include <co/channel.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

using LuaChannel = Channel<Value>;
constexpr const char* type_name = "chan";
constexpr std::int64_t most_seats = 1'000'000;

LuaChannel& check_channel(lua_State* L) { return *static_cast<LuaChannel*>(luaL_checkudata(L, 1, type_name)); }

// The reasons of the script API, after a nil or a false.
int failed(lua_State* L, ChannelStatus status) {
    const std::string_view reason = name(status);
    lua_pushlstring(L, reason.data(), reason.size());
    return 2;
}

int make(lua_State* L) {
    const auto seats = static_cast<std::size_t>(check_integer(L, 1, "capacity", 0, most_seats));
    std::string name = Host::of(L).assigned_name(L, type_name);
    void* place = lua_newuserdatauv(L, sizeof(LuaChannel), 0);
    new (place) LuaChannel(seats, std::move(name));
    luaL_setmetatable(L, type_name);
    return 1;
}

int push(lua_State* L) {
    LuaChannel& channel = check_channel(L);
    luaL_argcheck(L, !lua_isnoneornil(L, 2), 2, "a channel carries no nil: pop() answers nil when it has failed");
    const Deadline deadline = check_timeout(L, 3);
    lua_pushvalue(L, 2);
    const ChannelStatus status = channel.push(Value::pop(L), deadline);
    lua_pushboolean(L, status == ChannelStatus::ok);
    return status == ChannelStatus::ok ? 1 : failed(L, status);
}

int pop(lua_State* L) {
    auto popped = check_channel(L).pop(check_timeout(L, 2));
    if (popped) {
        popped->push(L);
        return 1;
    }
    lua_pushnil(L);
    return failed(L, popped.status());
}

int close(lua_State* L) {
    check_channel(L).close();
    return 0;
}

int length(lua_State* L) {
    lua_pushinteger(L, static_cast<lua_Integer>(check_channel(L).length()));
    return 1;
}

int capacity(lua_State* L) {
    lua_pushinteger(L, static_cast<lua_Integer>(check_channel(L).capacity()));
    return 1;
}

int is_empty(lua_State* L) {
    lua_pushboolean(L, check_channel(L).is_empty());
    return 1;
}

int is_full(lua_State* L) {
    lua_pushboolean(L, check_channel(L).is_full());
    return 1;
}

int stats(lua_State* L) {
    const ChannelStats stats = check_channel(L).stats();
    lua_newtable(L);
    const auto field = [L](const char* name, std::size_t value) {
        lua_pushinteger(L, static_cast<lua_Integer>(value));
        lua_setfield(L, -2, name);
    };
    field("consumers", stats.consumers);
    field("producers", stats.producers);
    field("length", stats.length);
    return 1;
}

int text(lua_State* L) {
    const LuaChannel& channel = check_channel(L);
    const std::string name = channel.name().empty() ? "#" + std::to_string(channel.number()) : channel.name();
    lua_pushfstring(L, "chan %s", name.c_str());
    return 1;
}

int destroy(lua_State* L) {
    check_channel(L).~LuaChannel();
    return 0;
}

}  // namespace

void bind_channels(lua_State* L) {
    const luaL_Reg methods[] = {
        {"push", binding<push>},       {"pop", binding<pop>},           {"close", binding<close>},
        {"length", binding<length>},   {"capacity", binding<capacity>}, {"is_empty", binding<is_empty>},
        {"is_full", binding<is_full>}, {"stats", binding<stats>},       {nullptr, nullptr}};
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
    lua_register(L, "chan", binding<make>);
}

}  // namespace co::lessons
