// chan(capacity) and its methods; chan.select is in bind_select.cpp.
#include <string>

#include <co/channel.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/lua_channel.h"

namespace co::lessons {
namespace {

constexpr std::int64_t most_seats = 1'000'000;

LuaChannel& check_channel(lua_State* L) { return check_object<LuaChannel>(L, 1, channel_type); }

// Called as the table `chan`, which therefore comes first.
int make(lua_State* L) {
    lua_remove(L, 1);
    const auto seats = static_cast<std::size_t>(check_integer(L, 1, "capacity", 0, most_seats));
    return make_object<LuaChannel>(L, channel_type, seats, Host::of(L).assigned_name(L, channel_type));
}

int push(lua_State* L) {
    LuaChannel& channel = check_channel(L);
    luaL_argcheck(L, !lua_isnoneornil(L, 2), 2, "a channel carries no nil: pop() answers nil when it has failed");
    const Deadline deadline = check_timeout(L, 3);
    lua_pushvalue(L, 2);
    const ChannelStatus status = channel.push(Value::pop(L), deadline);
    return answer(L, status == ChannelStatus::ok, name(status));
}

int pop(lua_State* L) {
    auto popped = check_channel(L).pop(check_timeout(L, 2));
    if (popped) {
        popped->push(L);
        return 1;
    }
    lua_pushnil(L);
    const std::string_view reason = name(popped.status());
    lua_pushlstring(L, reason.data(), reason.size());
    return 2;
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
    return answer_counts(L, {{"consumers", stats.consumers}, {"producers", stats.producers}, {"length", stats.length}});
}

int text(lua_State* L) {
    const LuaChannel& channel = check_channel(L);
    const std::string name = channel.name().empty() ? "#" + std::to_string(channel.number()) : channel.name();
    lua_pushfstring(L, "chan %s", name.c_str());
    return 1;
}

// `chan` is a table that can be called, so that it has a place for chan.select.
void define_chan(lua_State* L) {
    lua_newtable(L);
    lua_pushcfunction(L, binding<select_case>);
    lua_setfield(L, -2, "select");
    lua_newtable(L);
    lua_pushcfunction(L, binding<make>);
    // Lua looks here for the name of the function when it complains about an argument.
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, channel_type);
    lua_pop(L, 1);
    lua_setfield(L, -2, "__call");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setglobal(L, channel_type);
}

}  // namespace

void bind_channels(lua_State* L) {
    const luaL_Reg methods[] = {
        {"push", binding<push>},       {"pop", binding<pop>},           {"close", binding<close>},
        {"length", binding<length>},   {"capacity", binding<capacity>}, {"is_empty", binding<is_empty>},
        {"is_full", binding<is_full>}, {"stats", binding<stats>},       {nullptr, nullptr}};
    define_type<LuaChannel>(L, channel_type, methods, binding<text>);
    define_chan(L);
}

}  // namespace co::lessons
