// The library `world`: the machines around the program's own, and what happens to them. Only the world's own script has
// it; its program is a process on the machine `app`, and each world.on() starts another one.
#include <chrono>

#include <co/coroutine.h>
#include <co/timer.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/play.h"

namespace co::lessons {
namespace {

Play& play_of(lua_State* L) { return *Host::of(L).options().world; }

/// The field `name` of the table at 2 as a number; `otherwise` when it is absent.
double number_field(lua_State* L, const char* name, double otherwise, double most) {
    lua_getfield(L, 2, name);
    const double number = lua_isnil(L, -1) ? otherwise : lua_isnumber(L, -1) ? lua_tonumber(L, -1) : -1;
    lua_pop(L, 1);
    if (!(number >= 0 && number <= most)) bad_argument(L, 2, std::string(name) + " must be a number, 0 or more");
    return number;
}

Duration milliseconds(double number) { return Duration(static_cast<std::int64_t>(number * 1e6)); }

// world.host(name, {latency_ms=, jitter_ms=, bandwidth=, loss=, down=})
int host(lua_State* L) {
    const char* name = luaL_checkstring(L, 1);
    check_table(L, 2, "a table is needed: {latency_ms = 5}", {"latency_ms", "jitter_ms", "bandwidth", "loss", "down"});
    constexpr double an_hour_ms = 3.6e6;
    constexpr double usual = Play::usual_latency / std::chrono::milliseconds(1);
    co::sim::HostOptions options{.latency = milliseconds(number_field(L, "latency_ms", usual, an_hour_ms)),
                                 .jitter = milliseconds(number_field(L, "jitter_ms", 0, an_hour_ms)),
                                 .loss = number_field(L, "loss", 0, 1),
                                 .bytes_per_second = static_cast<std::uint64_t>(number_field(L, "bandwidth", 0, 1e12))};
    lua_getfield(L, 2, "down");
    options.is_down = lua_toboolean(L, -1) != 0;
    if (!Host::of(L).repeats()) play_of(L).describe(name, options);
    return 0;
}

// world.on(name, f) -> name: starts f as a process on that machine
int on(lua_State* L) {
    const std::string name = luaL_checkstring(L, 1);
    check_function(L, 2);
    lua_settop(L, 2);
    Host& host = Host::of(L);
    const Value function = Value::pop(L);
    const auto call = [](Host& there, void* function_there) {
        try {
            there.run_with(*static_cast<const Value*>(function_there), [](lua_State*) { return 0; });
        } catch (const ScriptError&) {
            // It is told of already; others of the process may go on.
        }
    };
    if (!host.passes(L, const_cast<Value*>(&function)))
        play_of(L).start_in_world(name,
                                  {.source = host.options().source, .way = host.begin_start(L, "world.on()", call)});
    lua_settop(L, 1);
    return 1;
}

// world.at(seconds, f): f acts at that moment of the run
int at(lua_State* L) {
    const Duration moment = check_seconds(L, 1, "seconds");
    check_function(L, 2);
    Host& host = Host::of(L);
    if (host.repeats()) return 0;
    lua_settop(L, 2);
    const std::uint32_t line = host.caller_line(L);
    const Duration left = std::max<Duration>(moment - co::now().time_since_epoch(), std::chrono::milliseconds(1));
    timer::after(
        left,
        [&host, line, function = Value::pop(L)] {
            host.started(co::id(), line);
            host.run(function, {});
        },
        "world.at()");
    return 0;
}

// world.kill(name) -> whether there was one: "worker#0", "task#1", "manager", or what world.on() returned
int kill(lua_State* L) {
    const char* name = luaL_checkstring(L, 1);
    lua_pushboolean(L, !Host::of(L).repeats() && play_of(L).kill(name));
    return 1;
}

// world.partition(a, b), world.heal(a, b)
int partition(lua_State* L) {
    co::sim::Machine& machine = play_of(L).machine();
    const char* a = luaL_checkstring(L, 1);
    const char* b = luaL_checkstring(L, 2);
    if (!Host::of(L).repeats()) machine.partition(machine.host(a), machine.host(b));
    return 0;
}

int heal(lua_State* L) {
    co::sim::Machine& machine = play_of(L).machine();
    const char* a = luaL_checkstring(L, 1);
    const char* b = luaL_checkstring(L, 2);
    if (!Host::of(L).repeats()) machine.heal(machine.host(a), machine.host(b));
    return 0;
}

}  // namespace

void bind_world(lua_State* L) {
    const luaL_Reg functions[] = {{"host", binding<host>}, {"on", binding<on>},     {"at", binding<at>},
                                  {"kill", binding<kill>}, {"heal", binding<heal>}, {"partition", binding<partition>},
                                  {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_setglobal(L, "world");
}

}  // namespace co::lessons
