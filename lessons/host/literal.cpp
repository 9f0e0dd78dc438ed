#include "lessons/host/literal.h"

#include <cmath>

#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/table_order.h"

namespace co::lessons {
namespace {

constexpr int deepest = 20;  // tables within tables; those that hold themselves are deeper

std::string text_literal(std::string_view text) {
    std::string literal = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            literal += '\\';
            literal += letter;
        } else if (byte < 0x20 || byte == 0x7F) {
            literal += fmt::format("\\{:03}", byte);
        } else {
            literal += letter;
        }
    }
    return literal + '"';
}

std::string number_literal(lua_State* L, int index) {
    if (lua_isinteger(L, index)) {
        const lua_Integer number = lua_tointeger(L, index);
        // Without a sign it would be no integer any more.
        return number == LUA_MININTEGER ? "(-9223372036854775807-1)" : std::to_string(number);
    }
    const double number = lua_tonumber(L, index);
    if (std::isnan(number)) return "(0/0)";
    if (std::isinf(number)) return number > 0 ? "(1/0)" : "(-1/0)";
    std::string text = fmt::format("{:.17g}", number);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// Writes the value of one argument.
class Writer {
  public:
    Writer(lua_State* L, int argument) : L_(L), argument_(argument) {}

    std::string value(int index, int depth) {
        switch (lua_type(L_, index)) {
            case LUA_TNIL:
                return "nil";
            case LUA_TBOOLEAN:
                return lua_toboolean(L_, index) ? "true" : "false";
            case LUA_TNUMBER:
                return number_literal(L_, index);
            case LUA_TSTRING: {
                std::size_t size = 0;
                const char* text = lua_tolstring(L_, index, &size);
                return text_literal({text, size});
            }
            case LUA_TTABLE:
                return table(lua_absindex(L_, index), depth);
            default:
                bad_argument(L_, argument_,
                             fmt::format("a {} cannot go to another process: give it strings, numbers, booleans or "
                                         "tables of them",
                                         luaL_typename(L_, index)));
        }
    }

  private:
    std::string table(int index, int depth) {
        if (depth >= deepest)
            bad_argument(L_, argument_, fmt::format("tables are nested more than {} deep, or in a circle", deepest));
        luaL_checkstack(L_, 6, "a value for another process");
        push_sorted_keys(L_, index);
        const int keys = lua_gettop(L_);
        const auto count = static_cast<lua_Integer>(lua_rawlen(L_, keys));
        std::string text = "{";
        lua_Integer next_position = 1;  // keys 1, 2, 3, … need not be written
        for (lua_Integer place = 1; place <= count; ++place) {
            if (place > 1) text += ", ";
            lua_rawgeti(L_, keys, place);
            if (lua_isinteger(L_, -1) && lua_tointeger(L_, -1) == next_position) {
                ++next_position;
            } else {
                text += '[' + value(-1, depth + 1) + "] = ";
            }
            lua_rawget(L_, index);
            text += value(-1, depth + 1);
            lua_pop(L_, 1);
        }
        lua_pop(L_, 1);
        return text + '}';
    }

    lua_State* L_;
    int argument_;
};

}  // namespace

std::string to_literal(lua_State* L, int index) { return Writer(L, index).value(index, 0); }

void push_literal(lua_State* L, std::string_view text) {
    const std::string chunk = "return " + std::string(text);
    if (luaL_loadbufferx(L, chunk.data(), chunk.size(), "=value", "t") != LUA_OK) lua_error(L);
    // It is made of constants alone: there is nothing that it could need of the globals.
    lua_newtable(L);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
}

}  // namespace co::lessons
