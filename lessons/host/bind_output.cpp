// print(...) and dump(v).
#include <string>
#include <vector>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/table_order.h"

namespace co::lessons {
namespace {

constexpr int deepest = 20;  // tables within tables

int print(lua_State* L) {
    Host& host = Host::of(L);
    std::string line;
    for (int i = 1, count = lua_gettop(L); i <= count; ++i) {
        if (i > 1) line += '\t';
        line += host.text_of(L, i);
    }
    host.print(L, line);
    return 0;
}

// Writes a value the way a script could: nested tables on lines of their own, keys in order.
class Dumper {
  public:
    explicit Dumper(lua_State* L) : L_(L), host_(Host::of(L)) {}

    void value(int index, int depth) {
        if (lua_type(L_, index) == LUA_TSTRING) {
            text_ += '"' + host_.text_of(L_, index) + '"';
        } else if (lua_type(L_, index) != LUA_TTABLE) {
            text_ += host_.text_of(L_, index);
        } else if (is_open(index)) {
            text_ += "(a table around this one)";
        } else if (depth >= deepest) {
            text_ += "{…}";
        } else {
            table(lua_absindex(L_, index), depth);
        }
    }

    std::string take() { return std::move(text_); }

  private:
    void table(int index, int depth) {
        luaL_checkstack(L_, 8, "dump");
        open_.push_back(index);
        push_sorted_keys(L_, index);
        const int keys = lua_gettop(L_);
        const auto count = static_cast<lua_Integer>(lua_rawlen(L_, keys));
        text_ += count == 0 ? "{" : "{\n";
        lua_Integer next_position = 1;  // keys 1, 2, 3, … need not be written
        for (lua_Integer i = 1; i <= count; ++i) {
            text_.append(static_cast<std::size_t>(depth + 1) * 2, ' ');
            lua_rawgeti(L_, keys, i);
            if (lua_isinteger(L_, -1) && lua_tointeger(L_, -1) == next_position) {
                ++next_position;
            } else {
                key(-1);
            }
            lua_rawget(L_, index);
            value(-1, depth + 1);
            lua_pop(L_, 1);
            text_ += ",\n";
        }
        if (count > 0) text_.append(static_cast<std::size_t>(depth) * 2, ' ');
        text_ += '}';
        lua_pop(L_, 1);
        open_.pop_back();
    }

    void key(int index) {
        const bool is_name = lua_type(L_, index) == LUA_TSTRING;
        text_ += is_name ? host_.text_of(L_, index) + " = " : "[" + host_.text_of(L_, index) + "] = ";
    }

    // Is this table one of those that are being written?
    bool is_open(int index) {
        for (const int table : open_) {
            if (lua_rawequal(L_, table, index)) return true;
        }
        return false;
    }

    lua_State* L_;
    Host& host_;
    std::string text_;
    std::vector<int> open_;  // their places on the stack
};

int dump(lua_State* L) {
    luaL_checkany(L, 1);
    Dumper dumper(L);
    dumper.value(1, 0);
    Host::of(L).print(L, dumper.take());
    return 0;
}

}  // namespace

void bind_output(lua_State* L) {
    lua_register(L, "print", binding<print>);
    lua_register(L, "dump", binding<dump>);
}

}  // namespace co::lessons
