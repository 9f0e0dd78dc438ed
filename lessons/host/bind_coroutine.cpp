// go, defer, and the library `co`: what a coroutine does with itself. What it does to others: bind_family.cpp.
#include <memory>

#include <co/coroutine.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/message.h"

namespace co::lessons {
namespace {

// go(f, ...) -> id
int go(lua_State* L) {
    check_function(L, 1);
    Host& host = Host::of(L);
    std::string name = host.call_name(L, 1, lua_gettop(L) - 1);
    const std::uint32_t line = host.caller_line(L);
    std::vector<Value> arguments = take_values(L, 2);
    Value function = Value::pop(L);
    const auto stats = co::stats();
    auto body = [&host, line, function = std::move(function), arguments = std::move(arguments)] {
        host.started(co::id(), line);
        host.run(function, arguments);
    };
    try {
        lua_pushinteger(L, co::go(std::move(name), std::move(body)));
    } catch (const std::length_error&) {
        return luaL_error(L, "go(): %s coroutines are alive, the limit; let some of them end before more are started",
                          with_separators(stats.alive).c_str());
    }
    return 1;
}

// defer(f)
int defer(lua_State* L) {
    check_function(L, 1);
    lua_settop(L, 1);
    Host& host = Host::of(L);
    co::defer([&host, function = Value::pop(L)] { host.run(function, {}); });
    return 0;
}

int sleep(lua_State* L) {
    const WaitStatus status = co::sleep(check_seconds(L, 1, "seconds"));
    return answer(L, status == WaitStatus::ok, name(status));
}

int yield(lua_State* L) {
    const WaitStatus status = co::yield();
    return answer(L, status == WaitStatus::ok, name(status));
}

// coroutine.yield(...): Lua's own, with a hint for those who mean the other one.
int yield_to_lua(lua_State* L) {
    if (!lua_isyieldable(L)) {
        return luaL_error(L, "coroutine.yield() belongs inside coroutine.create(); co.yield() waits for co.resume()");
    }
    return lua_yield(L, lua_gettop(L));
}

int resume(lua_State* L) {
    co::resume(check_coroutine_id(L, 1));
    return 0;
}

int id(lua_State* L) {
    lua_pushinteger(L, co::id());
    return 1;
}

int parent_id(lua_State* L) {
    const auto parent = co::parent_id();
    if (parent) {
        lua_pushinteger(L, *parent);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

int exists(lua_State* L) {
    lua_pushboolean(L, co::exists(check_coroutine_id(L, 1)));
    return 1;
}

int list(lua_State* L) { return answer_ids(L, co::list()); }

int stats(lua_State* L) {
    const CoroutineStats stats = co::stats();
    const std::uint64_t stack_bytes =
        std::uint64_t{stats.stack_bytes} * usual_stack_bytes / Host::of(L).options().stack_bytes;
    return answer_counts(
        L, {{"alive", stats.alive}, {"peak", stats.peak}, {"created", stats.created}, {"stack_bytes", stack_bytes}});
}

}  // namespace

void bind_coroutines(lua_State* L) {
    lua_register(L, "go", binding<go>);
    lua_register(L, "defer", binding<defer>);
    const luaL_Reg functions[] = {
        {"sleep", binding<sleep>}, {"yield", binding<yield>},         {"resume", binding<resume>},
        {"id", binding<id>},       {"parent_id", binding<parent_id>}, {"exists", binding<exists>},
        {"list", binding<list>},   {"stats", binding<stats>},         {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_setglobal(L, "co");
    lua_getglobal(L, "coroutine");
    lua_pushcfunction(L, yield_to_lua);
    lua_setfield(L, -2, "yield");
    lua_pop(L, 1);
}

void open_bindings(lua_State* L) {
    bind_coroutines(L);
    bind_family(L);
    bind_calls(L);
    bind_channels(L);
    bind_wait_groups(L);
    bind_gates(L);
    bind_timers(L);
    bind_loop(L);
    bind_descriptors(L);
    bind_output(L);
    bind_servers(L);
    bind_clients(L);
    bind_processes(L);
    bind_pools(L);
    bind_shared(L);
    bind_tables(L);
    if (Host::of(L).options().world) bind_world(L);
}

}  // namespace co::lessons
