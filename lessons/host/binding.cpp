#include "lessons/host/binding.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>
#include <string>

#include <co/scheduler.h>
#include <fmt/format.h>

#include "lessons/host/host.h"

namespace co::lessons {
namespace {

// Other coroutines may run inside a binding; afterwards the host goes on with the one that called it.
class KeepActivation {
  public:
    explicit KeepActivation(Host& host) : host_(host), activation_(host.activation()) {}
    KeepActivation(const KeepActivation&) = delete;
    KeepActivation& operator=(const KeepActivation&) = delete;
    ~KeepActivation() { host_.activation(activation_); }

  private:
    Host& host_;
    Activation* activation_;
};

[[noreturn]] void bad_argument(lua_State* L, int index, const std::string& why) {
    luaL_argerror(L, index, why.c_str());
    throw std::logic_error("luaL_argerror() returned");  // it never does; the compiler can't know
}

std::string got(lua_State* L, int index) { return lua_isnone(L, index) ? "got nothing" : "got " + describe(L, index); }

}  // namespace

int call_binding(lua_State* L, int (*body)(lua_State*)) {
    Host& host = Host::of(L);
    if (Scheduler::current().is_stopping()) host.leave(L);
    std::optional<std::string> misuse;
    {
        const KeepActivation keep(host);
        try {
            return body(L);
        } catch (const Unwind&) {
            // Left below, outside of the catch block.
        } catch (const std::exception& error) {
            misuse = error.what();
        }
    }
    if (!misuse) host.leave(L);
    return luaL_error(L, "%s", misuse->c_str());
}

Duration check_seconds(lua_State* L, int index, const char* name) {
    constexpr double most = 9e9;  // nanoseconds that fit into 64 bits
    if (lua_type(L, index) != LUA_TNUMBER) {
        bad_argument(L, index, fmt::format("{} must be a number of seconds, {}", name, got(L, index)));
    }
    const double seconds = lua_tonumber(L, index);
    if (!(seconds >= 0) || seconds > most) {
        bad_argument(L, index, fmt::format("{} must be 0 or more, {}", name, got(L, index)));
    }
    return Duration(std::llround(seconds * 1e9));
}

Deadline check_timeout(lua_State* L, int index) {
    if (lua_isnoneornil(L, index)) return forever;
    if (lua_type(L, index) == LUA_TNUMBER && lua_tonumber(L, index) == -1) return forever;
    return check_seconds(L, index, "timeout (-1: never)");
}

std::int64_t check_integer(lua_State* L, int index, const char* name, std::int64_t least, std::int64_t most) {
    int is_integer = 0;
    const lua_Integer value = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_integer) : 0;
    if (!is_integer || value < least || value > most) {
        bad_argument(L, index,
                     fmt::format("{} must be a whole number from {} to {}, {}", name, least, most, got(L, index)));
    }
    return value;
}

void check_function(lua_State* L, int index) {
    if (lua_isfunction(L, index)) return;
    bad_argument(L, index, fmt::format("a function is needed, {}", got(L, index)));
}

std::vector<Value> take_values(lua_State* L, int index) {
    std::vector<Value> values;
    while (lua_gettop(L) >= index) values.push_back(Value::pop(L));
    std::reverse(values.begin(), values.end());
    return values;
}

}  // namespace co::lessons
