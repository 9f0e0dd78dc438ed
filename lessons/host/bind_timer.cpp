// The library `timer`, and now().
#include <chrono>
#include <cmath>
#include <string>

#include <co/coroutine.h>
#include <co/timer.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

// Milliseconds, whole or not, from 1 to a day (tutorial 5.1).
Duration check_delay(lua_State* L, int index) {
    const double milliseconds = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : -1;
    if (!(milliseconds >= 1 && milliseconds <= 86'400'000)) {
        const std::string got = lua_isnone(L, index) ? "nothing" : describe(L, index);
        luaL_argerror(
            L, index,
            fmt::format("ms must be a number from 1 to 86,400,000 (one day) of milliseconds, got {}", got).c_str());
    }
    return Duration(std::llround(milliseconds * 1e6));
}

// What a timer runs when it is due, in a coroutine of its own.
struct Callback {
    Host& host;
    std::uint32_t line;
    Value function;
    std::vector<Value> arguments;

    void run(std::optional<TimerId> id) const {
        ++host.timer_counts().fired;
        host.started(co::id(), line);
        host.run(function, arguments, id);
    }
};

Callback take_callback(lua_State* L) {
    Host& host = Host::of(L);
    const std::uint32_t line = host.caller_line(L);
    std::vector<Value> arguments = take_values(L, 3);
    return {host, line, Value::pop(L), std::move(arguments)};
}

// Timers belong to the process that has set them: one that it starts later has none (fork(2)).
int not_set(lua_State* L) {
    lua_pushinteger(L, 0);
    return 1;
}

int after(lua_State* L) {
    const Duration delay = check_delay(L, 1);
    check_function(L, 2);
    std::string name = Host::of(L).assigned_name(L, "timer.after");
    if (name.empty()) name = Host::of(L).call_name(L, 2, lua_gettop(L) - 2);
    auto run = [callback = take_callback(L)] { callback.run(std::nullopt); };
    if (Host::of(L).repeats()) return not_set(L);
    ++Host::of(L).timer_counts().created;
    lua_pushinteger(L, timer::after(delay, std::move(run), std::move(name)));
    return 1;
}

int tick(lua_State* L) {
    const Duration period = check_delay(L, 1);
    check_function(L, 2);
    std::string name = Host::of(L).assigned_name(L, "timer.tick");
    if (name.empty()) name = Host::of(L).call_name(L, 2, lua_gettop(L) - 2);
    auto run = [callback = take_callback(L)](TimerId id) { callback.run(id); };
    if (Host::of(L).repeats()) return not_set(L);
    ++Host::of(L).timer_counts().created;
    lua_pushinteger(L, timer::tick(period, std::move(run), std::move(name)));
    return 1;
}

int clear(lua_State* L) {
    const auto id = static_cast<TimerId>(check_integer(L, 1, "the timer's id", 0, UINT32_MAX));
    const bool was_set = timer::clear(id);
    if (was_set) ++Host::of(L).timer_counts().cleared;
    lua_pushboolean(L, was_set);
    return 1;
}

int list(lua_State* L) { return answer_ids(L, timer::list()); }

int stats(lua_State* L) {
    const TimerCounts& counts = Host::of(L).timer_counts();
    return answer_counts(L, {{"set", timer::list().size()},
                             {"created", counts.created},
                             {"fired", counts.fired},
                             {"cleared", counts.cleared}});
}

int now(lua_State* L) {
    lua_pushnumber(L, std::chrono::duration<double>(co::now().time_since_epoch()).count());
    return 1;
}

}  // namespace

void bind_timers(lua_State* L) {
    const luaL_Reg functions[] = {{"after", binding<after>}, {"tick", binding<tick>},   {"clear", binding<clear>},
                                  {"list", binding<list>},   {"stats", binding<stats>}, {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_setglobal(L, "timer");
    lua_register(L, "now", binding<now>);
}

}  // namespace co::lessons
