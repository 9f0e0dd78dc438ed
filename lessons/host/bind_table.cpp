// Table(rows): rows that all processes share which the script starts after create(); found by a key.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <co/suggest.h>
#include <co/table.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/shared_book.h"
#include "lessons/host/table_order.h"

namespace co::lessons {
namespace {

constexpr const char* type = "Table";
constexpr std::int64_t most_rows = 1 << 28;
constexpr std::int64_t longest_text = 1 << 20;  // bytes

struct LuaTable {
    std::size_t rows;
    std::string name;
    std::vector<Column> columns{};
    std::shared_ptr<Table> table{};  // from create() on; it is the book's
};

LuaTable& check(lua_State* L) { return check_object<LuaTable>(L, 1, type); }

LuaTable& check_created(lua_State* L) {
    LuaTable& table = check(L);
    if (!table.table) luaL_error(L, "this table has no memory yet: call create() first, after its columns");
    return table;
}

/// Bytes, or a whole number written as such.
std::string check_key(lua_State* L, int index) {
    if (lua_type(L, index) == LUA_TNUMBER && lua_isinteger(L, index)) return std::to_string(lua_tointeger(L, index));
    if (lua_type(L, index) != LUA_TSTRING) bad_argument(L, index, "the key must be a string, " + got(L, index));
    std::size_t size = 0;
    const char* bytes = lua_tolstring(L, index, &size);
    if (size == 0 || size > Table::longest_key)
        bad_argument(L, index, fmt::format("a key has 1 to {} bytes, not {}", Table::longest_key, size));
    return {bytes, size};
}

ColumnId find_column(lua_State* L, int argument, const LuaTable& table, const std::string& name) {
    const auto found = std::ranges::find(table.columns, name, &Column::name);
    if (found != table.columns.end()) return static_cast<ColumnId>(found - table.columns.begin());
    std::vector<std::string_view> known;
    for (const Column& column : table.columns) known.push_back(column.name);
    bad_argument(L, argument, fmt::format("there is no column `{}`; {}", name, suggest(name, known)));
}

const Column& column_of(const LuaTable& table, ColumnId column) {
    return table.columns[static_cast<std::size_t>(column)];
}

/// The value at `index`, which belongs to the argument `argument`, for that column. Texts stay on Lua's stack.
Cell check_cell(lua_State* L, int index, int argument, const Column& column, ColumnId id) {
    switch (column.type) {
        case ColumnType::integer: {
            int is_integer = 0;
            const lua_Integer number = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_integer) : 0;
            if (!is_integer)
                bad_argument(L, argument, fmt::format("{} must be a whole number, {}", column.name, got(L, index)));
            return {id, std::int64_t{number}};
        }
        case ColumnType::floating:
            if (lua_type(L, index) != LUA_TNUMBER)
                bad_argument(L, argument, fmt::format("{} must be a number, {}", column.name, got(L, index)));
            return {id, lua_tonumber(L, index)};
        case ColumnType::text:
            break;
    }
    if (lua_type(L, index) != LUA_TSTRING)
        bad_argument(L, argument, fmt::format("{} must be a string, {}", column.name, got(L, index)));
    std::size_t size = 0;
    const char* bytes = lua_tolstring(L, index, &size);
    if (size > column.bytes)
        bad_argument(L, argument, fmt::format("{} holds at most {} bytes, not {}", column.name, column.bytes, size));
    return {id, std::string_view(bytes, size)};
}

// -- before create() -------------------------------------------------------------------------------------------------

// Table(rows)
int make(lua_State* L) {
    check_can_share(L, type);
    return make_object<LuaTable>(
        L, type,
        LuaTable{.rows = static_cast<std::size_t>(check_integer(L, 1, "the number of rows", 1, most_rows)),
                 .name = Host::of(L).assigned_name(L, type)});
}

// table:column(name, "int" | "float" | "string" [, size])
int column(lua_State* L) {
    LuaTable& table = check(L);
    if (table.table) return luaL_error(L, "column() belongs before create(): a table keeps its shape");
    Column column{.name = luaL_checkstring(L, 2)};
    const std::string kind = luaL_checkstring(L, 3);
    if (std::ranges::find(table.columns, column.name, &Column::name) != table.columns.end())
        bad_argument(L, 2, "there is a column `" + column.name + "` already");
    if (kind != "int" && kind != "float" && kind != "string")
        bad_argument(L, 3, fmt::format("the type must be \"int\", \"float\" or \"string\", not \"{}\"", kind));
    if (kind == "string") {
        column.type = ColumnType::text;
        column.bytes =
            static_cast<std::size_t>(check_integer(L, 4, "the size of a string, in bytes,", 1, longest_text));
    } else {
        column.type = kind == "int" ? ColumnType::integer : ColumnType::floating;
        if (!lua_isnoneornil(L, 4)) check_integer(L, 4, "the size (numbers have 8 bytes in any case)", 1, 8);
    }
    table.columns.push_back(std::move(column));
    return 0;
}

// table:create()
int create(lua_State* L) {
    LuaTable& table = check(L);
    if (table.table) return luaL_error(L, "create(): this table has its memory already");
    if (table.columns.empty()) return luaL_error(L, "create(): name its columns first: table:column(\"n\", \"int\")");
    Host& host = Host::of(L);
    host.shared().take_bytes(L, type, Table::bytes_of(table.rows, RowShape(table.columns)));
    table.table = host.shared().object<Table>(
        host, type, [&] { return std::make_shared<Table>(table.rows, table.columns, table.name); });
    lua_pushboolean(L, 1);
    return 1;
}

// -- rows ------------------------------------------------------------------------------------------------------------

// table:set(key, {column = value, …}) -> true, or false and "full"
int set(lua_State* L) {
    LuaTable& table = check_created(L);
    const std::string key = check_key(L, 2);
    lua_settop(L, 3);
    if (!lua_istable(L, 3)) bad_argument(L, 3, "a table of values is needed: {column = value}, " + got(L, 3));
    push_sorted_keys(L, 3);
    const auto last = static_cast<lua_Integer>(lua_rawlen(L, 4));
    luaL_checkstack(L, static_cast<int>(last) + 2, "values of a row");  // texts stay there until they are set
    std::vector<Cell> values;
    for (lua_Integer place = 1; place <= last; ++place) {
        if (lua_rawgeti(L, 4, place) != LUA_TSTRING)
            bad_argument(L, 3, "each value needs its column: {column = value}");
        const ColumnId id = find_column(L, 3, table, lua_tostring(L, -1));
        lua_rawget(L, 3);
        values.push_back(check_cell(L, -1, 3, column_of(table, id), id));
    }
    return ask(L, [&] { return answer(L, table.table->set(key, values), "full"); });
}

void push_cell(lua_State* L, const TableRow& row, const Column& column, ColumnId id) {
    switch (column.type) {
        case ColumnType::integer:
            lua_pushinteger(L, row.integer(id));
            return;
        case ColumnType::floating:
            lua_pushnumber(L, row.floating(id));
            return;
        case ColumnType::text:
            const std::string_view text = row.text(id);
            lua_pushlstring(L, text.data(), text.size());
    }
}

void push_row(lua_State* L, const LuaTable& table, const TableRow& row) {
    lua_createtable(L, 0, static_cast<int>(table.columns.size()));
    for (std::size_t place = 0; place < table.columns.size(); ++place) {
        push_cell(L, row, table.columns[place], static_cast<ColumnId>(place));
        lua_setfield(L, -2, table.columns[place].name.c_str());
    }
}

int push_unknown(lua_State* L) {
    lua_pushnil(L);
    lua_pushliteral(L, "unknown");
    return 2;
}

// table:get(key [, column]) -> {column = value, …}, or the value of that column; nil and "unknown"
int get(lua_State* L) {
    LuaTable& table = check_created(L);
    const std::string key = check_key(L, 2);
    std::optional<ColumnId> only;
    if (!lua_isnoneornil(L, 3)) only = find_column(L, 3, table, luaL_checkstring(L, 3));
    return ask(L, [&] {
        const auto row = table.table->get(key);
        if (!row) return push_unknown(L);
        if (only) {
            push_cell(L, *row, column_of(table, *only), *only);
        } else {
            push_row(L, table, *row);
        }
        return 1;
    });
}

// table:exists(key)
int exists(lua_State* L) {
    LuaTable& table = check_created(L);
    const std::string key = check_key(L, 2);
    return ask(L, [&] {
        lua_pushboolean(L, table.table->exists(key));
        return 1;
    });
}

// table:del(key) -> whether it was there
int del(lua_State* L) {
    LuaTable& table = check_created(L);
    const std::string key = check_key(L, 2);
    return ask(L, [&] {
        lua_pushboolean(L, table.table->erase(key));
        return 1;
    });
}

int push_full(lua_State* L) {
    lua_pushnil(L);
    lua_pushliteral(L, "full");
    return 2;
}

int add_integer(lua_State* L, const LuaTable& table, const std::string& key, ColumnId id, std::int64_t by) {
    return ask(L, [&] {
        const auto sum = table.table->add(key, id, by);
        if (!sum) return push_full(L);
        lua_pushinteger(L, *sum);
        return 1;
    });
}

int add_floating(lua_State* L, const LuaTable& table, const std::string& key, ColumnId id, double by) {
    return ask(L, [&] {
        const auto sum = table.table->add(key, id, by);
        if (!sum) return push_full(L);
        lua_pushnumber(L, *sum);
        return 1;
    });
}

/// Adds, or takes away. A new row begins at 0.
int change(lua_State* L, bool adds) {
    LuaTable& table = check_created(L);
    const std::string key = check_key(L, 2);
    const ColumnId id = find_column(L, 3, table, luaL_checkstring(L, 3));
    const Column& column = column_of(table, id);
    if (column.type == ColumnType::text) bad_argument(L, 3, column.name + " is a string: only numbers count");
    if (lua_isnoneornil(L, 4)) {
        lua_settop(L, 3);
        lua_pushinteger(L, 1);
    }
    const Cell by = check_cell(L, 4, 4, column, id);
    if (column.type == ColumnType::floating) {
        const double number = std::get<double>(by.value);
        return add_floating(L, table, key, id, adds ? number : -number);
    }
    const auto number = std::get<std::int64_t>(by.value);
    // As the core adds: beyond its range a number goes on at the other end.
    const auto taken = static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(number));
    return add_integer(L, table, key, id, adds ? number : taken);
}

// table:incr(key, column [, by = 1]), table:decr(…) -> the new number; nil and "full"
int incr(lua_State* L) { return change(L, true); }
int decr(lua_State* L) { return change(L, false); }

int count(lua_State* L) {
    LuaTable& table = check_created(L);
    return ask(L, [&] {
        lua_pushinteger(L, static_cast<lua_Integer>(table.table->count()));
        return 1;
    });
}

/// Pushes {{key, row}, …}, by key: where a row lies in the table is of no consequence for anybody.
int push_rows(lua_State* L, const LuaTable& table) {
    std::vector<std::pair<std::string, TableRow>> rows;
    table.table->each([&](std::string_view key, const TableRow& row) { rows.emplace_back(key, row); });
    std::ranges::sort(rows, {}, &std::pair<std::string, TableRow>::first);
    lua_createtable(L, static_cast<int>(rows.size()), 0);
    lua_Integer place = 0;
    for (const auto& [key, row] : rows) {
        lua_createtable(L, 2, 0);
        lua_pushlstring(L, key.data(), key.size());
        lua_rawseti(L, -2, 1);
        push_row(L, table, row);
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, ++place);
    }
    return 1;
}

// table:each(f): f(key, row) for each row that there is now
int each(lua_State* L) {
    LuaTable& table = check_created(L);
    check_function(L, 2);
    ask(L, [&] { return push_rows(L, table); });
    const int rows = lua_gettop(L);
    const auto last = static_cast<lua_Integer>(lua_rawlen(L, rows));
    for (lua_Integer place = 1; place <= last; ++place) {
        lua_pushvalue(L, 2);
        lua_rawgeti(L, rows, place);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        lua_remove(L, -3);
        lua_call(L, 2, 0);
    }
    return 0;
}

}  // namespace

void bind_tables(lua_State* L) {
    const luaL_Reg methods[] = {{"column", binding<column>}, {"create", binding<create>}, {"set", binding<set>},
                                {"get", binding<get>},       {"del", binding<del>},       {"exists", binding<exists>},
                                {"incr", binding<incr>},     {"decr", binding<decr>},     {"count", binding<count>},
                                {"each", binding<each>},     {nullptr, nullptr}};
    define_type<LuaTable>(L, type, methods);
    lua_register(L, type, binding<make>);
}

}  // namespace co::lessons
