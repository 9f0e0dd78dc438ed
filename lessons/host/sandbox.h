// Sandbox: the part of Lua's standard library that a simulated script gets.
//
//     open_sandbox(L);    // instead of luaL_openlibs(L)
//
// Out of reach is the real machine (io, os, package, debug, files, bytecode), and what differs from run to run of the
// same script: addresses, chance, the clock, the order of a table's keys, when memory is collected. What stands in for
// it is defined by the functions below, each in a file of its own.
#pragma once

struct lua_State;

namespace co::lessons {

void open_sandbox(lua_State* L);

/// Replaces the field `name` of the table on top by `function`, which finds the original as its upvalue.
void wrap_field(lua_State* L, const char* name, int (*function)(lua_State*));

/// pairs, next: keys in order; table.sort: stable, without chance.
void open_table_order(lua_State* L);
/// tostring, string.format: `table: 1` for addresses.
void open_shown_text(lua_State* L);
/// math.random, math.randomseed: from the run's seed.
void open_chance(lua_State* L);
/// os.time, os.clock: the simulated clock.
void open_clock(lua_State* L);

}  // namespace co::lessons
