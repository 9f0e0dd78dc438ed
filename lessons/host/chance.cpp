// math.random and math.randomseed: the same numbers in every run with the same seed, on every machine.
#include <bit>
#include <cstdint>

#include <lua.hpp>

#include "lessons/host/binding.h"
#include "lessons/host/host.h"
#include "lessons/host/sandbox.h"

namespace co::lessons {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit word of state, the host's.
struct Chance {
    std::uint64_t& state;

    std::uint64_t next() {
        state += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// 0 to `most`, each as likely as the other: what would favour some is drawn again.
    std::uint64_t up_to(std::uint64_t most) {
        const std::uint64_t mask = UINT64_MAX >> std::countl_zero(most | 1);
        std::uint64_t drawn = 0;
        do drawn = next() & mask;
        while (drawn > most);
        return drawn;
    }
};

Chance chance(lua_State* L) { return {Host::of(L).chance()}; }

// random() in [0, 1), random(m) in 1..m, random(m, n) in m..n, random(0) any integer.
int random(lua_State* L) {
    Chance source = chance(L);
    const int count = lua_gettop(L);
    if (count == 0) {
        lua_pushnumber(L, static_cast<double>(source.next() >> 11) * 0x1.0p-53);
        return 1;
    }
    const lua_Integer low = count == 1 ? 1 : luaL_checkinteger(L, 1);
    const lua_Integer high = luaL_checkinteger(L, count == 1 ? 1 : 2);
    if (count > 2) return luaL_error(L, "math.random() takes at most two numbers");
    if (count == 1 && high == 0) {
        lua_pushinteger(L, static_cast<lua_Integer>(source.next()));
        return 1;
    }
    luaL_argcheck(L, low <= high, count == 1 ? 1 : 2, "there is no number between the two");
    const auto first = static_cast<std::uint64_t>(low);
    lua_pushinteger(L, static_cast<lua_Integer>(first + source.up_to(static_cast<std::uint64_t>(high) - first)));
    return 1;
}

// randomseed() starts again from the run's seed, randomseed(n) from n.
int random_seed(lua_State* L) {
    const auto seed = static_cast<std::uint64_t>(luaL_optnumber(L, 1, 0));
    chance(L).state = lua_isnoneornil(L, 1) ? Host::of(L).options().seed : seed;
    return 0;
}

}  // namespace

void open_chance(lua_State* L) {
    lua_getglobal(L, "math");
    lua_pushcfunction(L, binding<random>);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, binding<random_seed>);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
}

}  // namespace co::lessons
