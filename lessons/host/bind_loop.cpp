// The libraries `event`, `process` and `blocking`: calls that the event loop makes, and calls that keep it from its
// work.
#include <algorithm>
#include <array>
#include <system_error>

#include <co/blocking.h>
#include <co/coroutine.h>
#include <co/loop.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

// The function at `index`, for the event loop to run in a fresh coroutine.
Callable take_callback(lua_State* L, int index) {
    check_function(L, index);
    Host& host = Host::of(L);
    const std::uint32_t line = host.caller_line(L);
    lua_pushvalue(L, index);
    return [&host, line, function = Value::pop(L)] {
        host.started(co::id(), line);
        host.run(function, {});
    };
}

// event.defer(f)
int defer(lua_State* L) {
    std::string name = Host::of(L).call_name(L, 1, 0);
    if (Host::of(L).repeats()) return 0;
    event::defer(take_callback(L, 1), std::move(name));
    return 0;
}

// event.cycle(f), event.cycle(nil)
int cycle(lua_State* L) {
    if (lua_isnil(L, 1)) {
        event::cycle({});
        return 0;
    }
    std::string name = Host::of(L).call_name(L, 1, 0);
    if (Host::of(L).repeats()) return 0;
    event::cycle(take_callback(L, 1), std::move(name));
    return 0;
}

// process.signal(n, f)
int signal(lua_State* L) {
    constexpr std::array catchable = {Signal::hangup, Signal::interrupt, Signal::user1,
                                      Signal::user2,  Signal::terminate, Signal::child};
    const auto number = static_cast<Signal>(check_integer(L, 1, "the signal's number", 1, 64));
    if (std::ranges::find(catchable, number) == catchable.end()) {
        bad_argument(L, 1,
                     "this signal cannot be watched; those that can are 1 (hangup), 2 (interrupt), 10 (user 1), "
                     "12 (user 2), 15 (terminate), 17 (child)");
    }
    std::string name = Host::of(L).call_name(L, 2, 0);
    Callable callback = take_callback(L, 2);
    if (Host::of(L).repeats()) return 0;
    try {
        process::signal(number, std::move(callback), std::move(name));
    } catch (const std::system_error& error) {
        throw std::runtime_error("process.signal(): the system refuses to watch it: " + error.code().message());
    }
    return 0;
}

// Seconds for which the thread is held: no further than the clock goes.
Duration check_held(lua_State* L) {
    const Duration duration = check_seconds(L, 1, "seconds");
    if (duration > TimePoint::max() - co::now()) bad_argument(L, 1, "the clock would come to its end");
    return duration;
}

int sleep(lua_State* L) {
    const Duration duration = check_held(L);
    if (!Host::of(L).repeats()) blocking::sleep(duration);
    return 0;
}

int compute(lua_State* L) {
    const Duration duration = check_held(L);
    if (!Host::of(L).repeats()) blocking::compute(duration);
    return 0;
}

}  // namespace

void bind_loop(lua_State* L) {
    const luaL_Reg events[] = {{"defer", binding<defer>}, {"cycle", binding<cycle>}, {nullptr, nullptr}};
    luaL_newlib(L, events);
    lua_setglobal(L, "event");
    const luaL_Reg processes[] = {{"signal", binding<signal>}, {nullptr, nullptr}};
    luaL_newlib(L, processes);
    lua_setglobal(L, "process");
    const luaL_Reg holders[] = {{"sleep", binding<sleep>}, {"compute", binding<compute>}, {nullptr, nullptr}};
    luaL_newlib(L, holders);
    lua_setglobal(L, "blocking");
}

}  // namespace co::lessons
