#include "lessons/host/binding.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>
#include <string>

#include <co/scheduler.h>
#include <co/suggest.h>
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

// The seconds at `index`, which belong to the argument `argument`.
Duration seconds_at(lua_State* L, int index, int argument, const char* name) {
    constexpr double most = 9e9;  // nanoseconds that fit into 64 bits
    if (lua_type(L, index) != LUA_TNUMBER) {
        bad_argument(L, argument, fmt::format("{} must be a number of seconds, {}", name, got(L, index)));
    }
    const double seconds = lua_tonumber(L, index);
    if (!(seconds >= 0) || seconds > most) {
        bad_argument(L, argument, fmt::format("{} must be 0 or more, {}", name, got(L, index)));
    }
    return Duration(std::llround(seconds * 1e9));
}

Deadline timeout_at(lua_State* L, int index, int argument) {
    if (lua_isnoneornil(L, index)) return forever;
    if (lua_type(L, index) == LUA_TNUMBER && lua_tonumber(L, index) == -1) return forever;
    return seconds_at(L, index, argument, "timeout (-1: never)");
}

}  // namespace

void bad_argument(lua_State* L, int index, const std::string& why) {
    luaL_argerror(L, index, why.c_str());
    throw std::logic_error("luaL_argerror() returned");  // it never does; the compiler can't know
}

std::string got(lua_State* L, int index) { return lua_isnone(L, index) ? "got nothing" : "got " + describe(L, index); }

int call_binding(lua_State* L, int (*body)(lua_State*)) {
    Host& host = Host::of(L);
    if (host.must_leave()) host.leave(L);
    host.stands_in(L);
    std::optional<std::string> misuse;
    {
        const KeepActivation keep(host);
        try {
            return body(L);
        } catch (const Unwind&) {
            // Left below, outside of the catch block.
        } catch (const ProcessKilled&) {
            host.was_killed();
        } catch (const std::exception& error) {
            misuse = error.what();
        }
    }
    if (!misuse) host.leave(L);
    return luaL_error(L, "%s", misuse->c_str());
}

Duration check_seconds(lua_State* L, int index, const char* name) { return seconds_at(L, index, index, name); }

Deadline check_timeout(lua_State* L, int index) { return timeout_at(L, index, index); }

Deadline check_timeout_field(lua_State* L, int index) {
    lua_getfield(L, index, "timeout");
    const Deadline deadline = timeout_at(L, -1, index);
    lua_pop(L, 1);
    return deadline;
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

std::uint32_t check_coroutine_id(lua_State* L, int index) {
    return static_cast<std::uint32_t>(check_integer(L, index, "the coroutine's id", 0, UINT32_MAX));
}

void check_function(lua_State* L, int index) {
    if (lua_isfunction(L, index)) return;
    bad_argument(L, index, fmt::format("a function is needed, {}", got(L, index)));
}

void check_table(lua_State* L, int index, const char* need, std::initializer_list<std::string_view> known) {
    if (!lua_istable(L, index)) bad_argument(L, index, fmt::format("{}, {}", need, got(L, index)));
    std::optional<std::string> unknown;  // the first by name: lua_next() has no order of its own
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) continue;
        const std::string field = lua_tostring(L, -2);
        if (std::ranges::find(known, field) != known.end()) continue;
        if (!unknown || field < *unknown) unknown = field;
    }
    if (unknown) bad_argument(L, index, fmt::format("unknown field `{}`; {}", *unknown, suggest(*unknown, known)));
}

std::vector<Value> take_values(lua_State* L, int index) {
    std::vector<Value> values;
    while (lua_gettop(L) >= index) values.push_back(Value::pop(L));
    std::reverse(values.begin(), values.end());
    return values;
}

int answer(lua_State* L, bool is_ok, std::string_view reason) {
    lua_pushboolean(L, is_ok);
    if (is_ok) return 1;
    lua_pushlstring(L, reason.data(), reason.size());
    return 2;
}

int answer_counts(lua_State* L, std::initializer_list<std::pair<const char*, std::uint64_t>> counts) {
    lua_newtable(L);
    for (const auto& [field, count] : counts) {
        lua_pushinteger(L, static_cast<lua_Integer>(count));
        lua_setfield(L, -2, field);
    }
    return 1;
}

int answer_ids(lua_State* L, const std::vector<std::uint32_t>& ids) {
    lua_newtable(L);
    lua_Integer position = 0;
    for (const std::uint32_t id : ids) {
        lua_pushinteger(L, id);
        lua_rawseti(L, -2, ++position);
    }
    return 1;
}

int push_type_name(lua_State* L) {
    if (luaL_getmetafield(L, 1, "__name") == LUA_TNIL) return luaL_error(L, "tostring: this is no object");
    return 1;
}

void define_type(lua_State* L, const char* name, const luaL_Reg* methods, lua_CFunction text, lua_CFunction destroy) {
    luaL_newmetatable(L, name);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, text);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, destroy);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);  // getmetatable() answers false: a script can't reach __gc
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

}  // namespace co::lessons
