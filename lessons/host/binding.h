// binding<>: makes a C++ function callable from a script: what it throws becomes a Lua error, and the run's end passes.
//
//     int sleep(lua_State* L) { co::sleep(check_seconds(L, 1, "seconds")); return 0; }
//     lua_pushcfunction(L, binding<sleep>);
#pragma once

#include <cstdint>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <co/deadline.h>
#include <lua.hpp>

#include "lessons/host/value.h"

namespace co::lessons {

int call_binding(lua_State* L, int (*body)(lua_State*));

template <int (*body)(lua_State*)>
int binding(lua_State* L) {
    return call_binding(L, body);
}

// Arguments. Each raises a Lua error that names the argument when it is wrong.

/// Seconds, 0 or more, as nanoseconds.
Duration check_seconds(lua_State* L, int index, const char* name);
/// Seconds to wait at most: absent, nil and -1 are never, 0 is at once.
Deadline check_timeout(lua_State* L, int index);
/// The same for the field `timeout` of the table at `index`.
Deadline check_timeout_field(lua_State* L, int index);
/// A whole number from `least` to `most`.
std::int64_t check_integer(lua_State* L, int index, const char* name, std::int64_t least, std::int64_t most);
/// Of a coroutine that may be alive or not.
std::uint32_t check_coroutine_id(lua_State* L, int index);
/// Something that can be called.
void check_function(lua_State* L, int index);
/// A table whose only fields besides its list are `known`; `need` says what is needed.
void check_table(lua_State* L, int index, const char* need, std::initializer_list<std::string_view> known);
/// Raises the error of an argument that is wrong in a way of its own.
[[noreturn]] void bad_argument(lua_State* L, int index, const std::string& why);
/// "got 5", "got nothing".
std::string got(lua_State* L, int index);

/// Takes everything from `index` to the top of the stack.
std::vector<Value> take_values(lua_State* L, int index);

// Answers.

/// true, or false and the reason.
int answer(lua_State* L, bool is_ok, std::string_view reason);
/// {field = count, …}
int answer_counts(lua_State* L, std::initializer_list<std::pair<const char*, std::uint64_t>> counts);
/// {id, …}
int answer_ids(lua_State* L, const std::vector<std::uint32_t>& ids);

// Types.

/// What tostring() says of an object: its type's name.
int push_type_name(lua_State* L);

void define_type(lua_State* L, const char* name, const luaL_Reg* methods, lua_CFunction text, lua_CFunction destroy);

/// An object of a script is a C++ object inside a userdatum. Defines its metatable: its methods, tostring() and the end
/// of its life. `methods` ends with {nullptr, nullptr}.
template <typename T>
void define_type(lua_State* L, const char* name, const luaL_Reg* methods,
                 lua_CFunction text = binding<push_type_name>) {
    define_type(L, name, methods, text, [](lua_State* of) {
        static_cast<T*>(lua_touserdata(of, 1))->~T();  // scripts cannot reach __gc
        return 0;
    });
}

/// Makes a `T` that bears the metatable `name`, and leaves it on the stack.
template <typename T, typename... Arguments>
int make_object(lua_State* L, const char* name, Arguments&&... arguments) {
    void* place = lua_newuserdatauv(L, sizeof(T), 0);
    if constexpr (std::is_aggregate_v<T>) {  // the browser's compiler takes no parentheses for one
        new (place) T{std::forward<Arguments>(arguments)...};
    } else {
        new (place) T(std::forward<Arguments>(arguments)...);
    }
    luaL_setmetatable(L, name);
    return 1;
}

/// The `T` at `index`; a Lua error that names the argument when something else is there.
template <typename T>
T& check_object(lua_State* L, int index, const char* name) {
    return *static_cast<T*>(luaL_checkudata(L, index, name));
}

}  // namespace co::lessons
