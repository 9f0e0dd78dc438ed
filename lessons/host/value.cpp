#include "lessons/host/value.h"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <lua.hpp>

namespace co::lessons {
namespace {

constexpr std::size_t longest_shown = 40;  // bytes of a string

lua_State* main_state(lua_State* L) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    lua_State* main = lua_tothread(L, -1);
    lua_pop(L, 1);
    return main;
}

// As Lua writes numbers itself, without making a Lua string of them.
std::string number_text(lua_State* L, int index) {
    if (lua_isinteger(L, index)) return std::to_string(lua_tointeger(L, index));
    const double number = lua_tonumber(L, index);
    std::string text = fmt::format("{:.14g}", number);
    if (std::isfinite(number) && text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string userdata_text(lua_State* L, int index) {
    if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING) return "userdata";
    std::string name = lua_tostring(L, -1);
    lua_pop(L, 1);
    return name;
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

Value Value::pop(lua_State* L) {
    lua_State* main = main_state(L);
    return {main, luaL_ref(L, LUA_REGISTRYINDEX)};
}

Value::~Value() {
    if (main_) luaL_unref(main_, LUA_REGISTRYINDEX, reference_);
}

void Value::push(lua_State* L) const { lua_rawgeti(L, LUA_REGISTRYINDEX, reference_); }

std::string describe(const Value& value) {
    value.push(value.main_);
    std::string text = describe(value.main_, -1);
    lua_pop(value.main_, 1);
    return text;
}

std::string describe(lua_State* L, int index) {
    switch (lua_type(L, index)) {
        case LUA_TSTRING: {
            std::size_t size = 0;
            const char* text = lua_tolstring(L, index, &size);
            return quoted({text, size});
        }
        case LUA_TNUMBER:
            return number_text(L, index);
        case LUA_TBOOLEAN:
            return lua_toboolean(L, index) ? "true" : "false";
        case LUA_TUSERDATA:
            return userdata_text(L, index);
        default:
            return luaL_typename(L, index);
    }
}

std::string quoted(std::string_view text) {
    std::size_t end = text.size();
    if (end > longest_shown) {
        end = longest_shown;
        while (end > 0 && continues_character(text[end])) --end;
    }
    std::string shown = "\"";
    for (const char letter : text.substr(0, end)) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '\n') {
            shown += "\\n";
        } else if (letter == '\t') {
            shown += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            shown += fmt::format("\\x{:02X}", byte);
        } else {
            shown += letter;
        }
    }
    return shown + (end < text.size() ? "…\"" : "\"");
}

}  // namespace co::lessons
