// The library `co`: what coroutines do to each other and know of each other; and the limits for all of them.
#include <cmath>
#include <limits>
#include <optional>

#include <co/coroutine.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

// Lua's 200 nested C calls fit into this (studio design, toolchain).
constexpr std::int64_t least_stack_bytes = 512 * 1024;
constexpr std::int64_t most_stack_bytes = 64 * 1024 * 1024;

// co.cancel(id)
int cancel(lua_State* L) {
    const CancelStatus status = co::cancel(check_coroutine_id(L, 1));
    return answer(L, status == CancelStatus::ok, name(status));
}

// co.join({id, ...} [, timeout])
int join(lua_State* L) {
    check_table(L, 1, "a list of coroutine ids is needed: {id, ...}", {});
    const Deadline deadline = check_timeout(L, 2);
    std::vector<CoroutineId> ids;
    const auto count = static_cast<lua_Integer>(lua_rawlen(L, 1));
    for (lua_Integer position = 1; position <= count; ++position) {
        lua_rawgeti(L, 1, position);
        const bool is_id =
            lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0 && lua_tointeger(L, -1) <= lua_Integer{UINT32_MAX};
        if (!is_id) bad_argument(L, 1, fmt::format("entry {} must be a coroutine's id, {}", position, got(L, -1)));
        ids.push_back(static_cast<CoroutineId>(lua_tointeger(L, -1)));
        lua_pop(L, 1);
    }
    const JoinStatus status = co::join(ids, deadline);
    return answer(L, status == JoinStatus::ok, name(status));
}

// co.context()
int context(lua_State* L) {
    Host::of(L).push_context(L);
    return 1;
}

// co.backtrace(id)
int backtrace(lua_State* L) {
    const auto lines = Host::of(L).backtrace(check_coroutine_id(L, 1));
    lua_newtable(L);
    lua_Integer position = 0;
    for (const std::string& line : lines) {
        lua_pushlstring(L, line.data(), line.size());
        lua_rawseti(L, -2, ++position);
    }
    return 1;
}

// -- co.set ---------------------------------------------------------------------------------------------------------

// The field `name` of the table of limits; nothing when it is absent or 0.
std::optional<std::int64_t> field(lua_State* L, const char* name, std::int64_t least, std::int64_t most,
                                  std::optional<std::int64_t> endless) {
    const int type = lua_getfield(L, 1, name);
    int is_integer = 0;
    const lua_Integer value = type == LUA_TNUMBER ? lua_tointegerx(L, -1, &is_integer) : 0;
    const bool leaves = type == LUA_TNIL || (is_integer && value == 0);
    const bool is_endless = is_integer && value == -1 && endless;
    if (!leaves && !is_endless && (!is_integer || value < least || value > most)) {
        bad_argument(L, 1,
                     fmt::format("{} must be a whole number from {} to {}, {}0 (leave it as it is), {}", name, least,
                                 most, endless ? "-1 (no limit), " : "", got(L, -1)));
    }
    lua_pop(L, 1);
    if (leaves) return std::nullopt;
    return is_endless ? *endless : value;
}

std::optional<std::uint32_t> count_field(lua_State* L, const char* name, std::uint32_t most) {
    const auto count = field(L, name, 1, most, most);
    return count ? std::optional(static_cast<std::uint32_t>(*count)) : std::nullopt;
}

// Seconds; -1 is never, 0 leaves it as it is (tutorial 2.2).
void seconds_field(lua_State* L, const char* name, std::optional<Deadline>& limit) {
    lua_getfield(L, 1, name);
    const double seconds = lua_isnil(L, -1) ? 0 : lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : -2;
    constexpr double longest = 9e9;
    if (!(seconds == -1 || (seconds >= 0 && seconds < longest)))
        bad_argument(L, 1,
                     fmt::format("{} must be seconds, -1 (never) or 0 (leave it as it is), {}", name, got(L, -1)));
    if (seconds == -1) limit = forever;
    if (seconds > 0) limit = Duration(std::llround(seconds * 1e9));
    lua_pop(L, 1);
}

// co.set{max_coroutines=, max_nesting=, stack_bytes=, slice_lines=}
int set(lua_State* L) {
    check_table(
        L, 1, "a table of limits is needed: {max_coroutines = 1000}",
        {"max_coroutines", "max_nesting", "stack_bytes", "slice_lines", "socket_connect_timeout", "socket_timeout"});
    if (lua_rawlen(L, 1) > 0) bad_argument(L, 1, "each limit needs its name: {max_coroutines = 1000}");
    ClientTimeouts& timeouts = Host::of(L).client_timeouts();
    seconds_field(L, "socket_connect_timeout", timeouts.connect);
    seconds_field(L, "socket_timeout", timeouts.send);
    seconds_field(L, "socket_timeout", timeouts.receive);
    LimitChanges changes;
    changes.max_coroutines = count_field(L, "max_coroutines", Host::of(L).options().coroutines);
    changes.max_nesting = count_field(L, "max_nesting", std::numeric_limits<std::uint32_t>::max());
    if (const auto bytes = field(L, "stack_bytes", least_stack_bytes, most_stack_bytes, std::nullopt))
        changes.stack_bytes = static_cast<std::size_t>(static_cast<std::uint64_t>(*bytes) *
                                                       Host::of(L).options().stack_bytes / usual_stack_bytes);
    co::set(changes);
    constexpr std::int64_t most_lines = 1'000'000'000;
    if (const auto lines = field(L, "slice_lines", 1, most_lines, most_lines + 1))
        Host::of(L).slice_lines(*lines > most_lines ? 0 : static_cast<std::uint64_t>(*lines));
    return 0;
}

}  // namespace

void bind_family(lua_State* L) {
    const luaL_Reg functions[] = {{"cancel", binding<cancel>},   {"join", binding<join>},
                                  {"context", binding<context>}, {"backtrace", binding<backtrace>},
                                  {"set", binding<set>},         {nullptr, nullptr}};
    lua_getglobal(L, "co");
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

}  // namespace co::lessons
