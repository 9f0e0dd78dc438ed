#include "lessons/host/table_order.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lua.hpp>

#include "lessons/host/binding.h"
#include "lessons/host/host.h"
#include "lessons/host/sandbox.h"

namespace co::lessons {
namespace {

// A key, with what decides about its place. Strings stay alive: the table holds them.
struct Key {
    enum class Rank : std::uint8_t { number, string, boolean, builtin, object };
    Rank rank;
    bool is_integer = false;
    lua_Integer integer = 0;
    lua_Number number = 0;
    std::string_view text;
    std::uint64_t serial = 0;
};

Key key_at(lua_State* L, int index) {
    Key key{};
    switch (lua_type(L, index)) {
        case LUA_TNUMBER:
            key.rank = Key::Rank::number;
            key.is_integer = lua_isinteger(L, index);
            key.integer = lua_tointeger(L, index);
            key.number = lua_tonumber(L, index);
            return key;
        case LUA_TSTRING: {
            std::size_t size = 0;
            const char* text = lua_tolstring(L, index, &size);
            key.rank = Key::Rank::string;
            key.text = {text, size};
            return key;
        }
        case LUA_TBOOLEAN:
            key.rank = Key::Rank::boolean;
            key.serial = lua_toboolean(L, index) ? 1 : 0;
            return key;
        default:
            break;
    }
    Host& host = Host::of(L);
    key.text = lua_iscfunction(L, index) ? host.builtin_name(L, index) : std::string_view{};
    key.rank = key.text.empty() ? Key::Rank::object : Key::Rank::builtin;
    if (key.text.empty()) key.serial = host.memory().serial(L, index);
    return key;
}

bool comes_before(const Key& left, const Key& right) {
    if (left.rank != right.rank) return left.rank < right.rank;
    if (left.rank == Key::Rank::number) {
        // Integers above 2^53 would look equal as floating-point numbers.
        if (left.is_integer && right.is_integer) return left.integer < right.integer;
        return left.number < right.number;
    }
    if (left.text != right.text) return left.text < right.text;
    return left.serial < right.serial;
}

std::vector<Key> sorted_keys(lua_State* L, int index) {
    std::vector<Key> keys;
    luaL_checkstack(L, 4, "pairs");
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) keys.push_back(key_at(L, -2));
    std::sort(keys.begin(), keys.end(), comes_before);
    return keys;
}

// Objects can't be pushed from C++, so the list is made in two walks: first the places, then the keys.
void fill_list(lua_State* L, int table, int list, const std::vector<Key>& keys) {
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        const auto place = std::lower_bound(keys.begin(), keys.end(), key_at(L, -2), comes_before);
        lua_pushvalue(L, -2);
        lua_rawseti(L, list, place - keys.begin() + 1);
    }
}

// The iterator of pairs(); upvalues: the keys, how many were visited.
int next_pair(lua_State* L) {
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(2));
    const auto count = static_cast<lua_Integer>(lua_rawlen(L, lua_upvalueindex(1)));
    while (position < count) {
        lua_rawgeti(L, lua_upvalueindex(1), ++position);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) == LUA_TNIL) {  // it was removed on the way
            lua_pop(L, 2);
            continue;
        }
        lua_pushinteger(L, position);
        lua_replace(L, lua_upvalueindex(2));
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

int pairs(lua_State* L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

// next(t [, key]): the smallest key after `key`. It looks at the whole table each time: pairs() doesn't.
int next(lua_State* L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    const bool from_start = lua_isnil(L, 2);
    const Key after = from_start ? Key{} : key_at(L, 2);
    bool found = false;
    Key best{};
    lua_pushnil(L);  // place 3: the best key so far
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        const Key key = key_at(L, -2);
        if (!from_start && !comes_before(after, key)) continue;
        if (found && !comes_before(key, best)) continue;
        best = key;
        found = true;
        lua_pushvalue(L, -2);
        lua_replace(L, 3);
    }
    if (!found) return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

// table.sort(list [, comes_before]) as a merge sort of the places of a copy.
class Sorter {
  public:
    // The list at 1, the comparison or nil at 2; 3 becomes the copy.
    explicit Sorter(lua_State* L) : L_(L), count_(luaL_len(L, 1)) {
        luaL_argcheck(L, count_ < 100'000'000, 1, "array too big");
        lua_createtable(L, static_cast<int>(count_), 0);
        for (lua_Integer i = 1; i <= count_; ++i) {
            lua_geti(L, 1, i);
            lua_rawseti(L, 3, i);
            places_.push_back(i);
        }
        spare_ = places_;
    }

    void sort() {
        sort(0, places_.size());
        for (lua_Integer i = 1; i <= count_; ++i) {
            lua_rawgeti(L_, 3, places_[static_cast<std::size_t>(i - 1)]);
            lua_seti(L_, 1, i);
        }
    }

  private:
    void sort(std::size_t from, std::size_t to) {
        if (to - from < 2) return;
        const std::size_t middle = from + (to - from) / 2;
        sort(from, middle);
        sort(middle, to);
        std::size_t left = from, right = middle;
        for (std::size_t at = from; at < to; ++at) {
            const bool take_right = left == middle || (right < to && is_less(places_[right], places_[left]));
            spare_[at] = places_[take_right ? right++ : left++];
        }
        std::copy(spare_.begin() + static_cast<std::ptrdiff_t>(from), spare_.begin() + static_cast<std::ptrdiff_t>(to),
                  places_.begin() + static_cast<std::ptrdiff_t>(from));
    }

    bool is_less(lua_Integer left, lua_Integer right) {
        const bool has_comparison = !lua_isnil(L_, 2);
        if (has_comparison) lua_pushvalue(L_, 2);
        lua_rawgeti(L_, 3, left);
        lua_rawgeti(L_, 3, right);
        if (has_comparison) lua_call(L_, 2, 1);
        const bool less = has_comparison ? lua_toboolean(L_, -1) : lua_compare(L_, -2, -1, LUA_OPLT) != 0;
        lua_pop(L_, has_comparison ? 1 : 2);
        return less;
    }

    lua_State* L_;
    lua_Integer count_;
    std::vector<lua_Integer> places_, spare_;
};

int sort(lua_State* L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    Sorter(L).sort();
    return 0;
}

}  // namespace

void push_sorted_keys(lua_State* L, int index) {
    const int table = lua_absindex(L, index);
    const std::vector<Key> keys = sorted_keys(L, table);
    lua_createtable(L, static_cast<int>(keys.size()), 0);
    fill_list(L, table, lua_gettop(L), keys);
}

void open_table_order(lua_State* L) {
    lua_register(L, "pairs", binding<pairs>);
    lua_register(L, "next", binding<next>);
    lua_getglobal(L, "table");
    lua_pushcfunction(L, binding<sort>);
    lua_setfield(L, -2, "sort");
    lua_pop(L, 1);
}

}  // namespace co::lessons
