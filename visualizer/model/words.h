// Words: how the studio writes times, lists, and the names of things.
//
//     duration_text(120'000'000)          // "120 ms"
//     list_of({"main", "co#1", "co#2"})   // "main, co#1 and co#2"
//
// Every panel uses these, so that one thing has one name everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/model/state.h"

namespace co::studio {

/// "120 ms", "12.5 µs", from 10 s on "12.5 s".
std::string duration_text(std::int64_t ns);
/// "0.120 s": always three digits, for columns.
std::string seconds_text(std::int64_t ns);
/// "0.12 s": as a person says it.
std::string plain_seconds_text(std::int64_t ns);
/// "0.12": as a script writes it.
std::string seconds_number(std::int64_t ns);

/// "a", "a and b", "a, b and c".
std::string list_of(const std::vector<std::string>& names);
/// "1 seat", "2 seats".
std::string counted(std::int64_t count, std::string_view noun);
/// The same with a capital first letter and a full stop.
std::string as_sentence(std::string_view text);

/// Bytes as one line: a newline is "\\n", and what is no text a dot.
std::string shown_bytes(std::string_view bytes);

/// What stands before the first newline.
std::string_view first_line(std::string_view text);

/// "main", "co#2", "loop".
std::string chip_text(std::uint32_t coroutine);
/// "running", "waiting: channel", "handed off".
std::string_view activity_name(Activity activity);

/// The script's own name of a channel, group or timer ("results", "wg", "timer t"); "channel 2" when it has none.
std::string channel_name(const trace::Trace& trace, const State& state, std::uint32_t id);
std::string group_name(const trace::Trace& trace, const State& state, std::uint32_t id);
std::string gate_name(const trace::Trace& trace, const State& state, std::uint32_t id);
std::string shared_name(const trace::Trace& trace, const State& state, std::uint32_t id);
std::string timer_name(const trace::Trace& trace, const State& state, std::uint32_t id);

/// "reactor 1": a part of a server by its number in a trace.
std::string role_name(std::uint32_t role);

/// The chips of those that a join() waits for, as an event's text lists them: "co#0, co#2" -> "main", "co#2".
std::vector<std::string> joined_chips(std::string_view text);
/// "co#1, co#2 and 7 more".
std::string few_of(const std::vector<std::string>& names, std::size_t most = 3);

/// The channels at which a select() waits, in the order of its cases.
std::vector<std::string> select_names(const trace::Trace& trace, const State& state, const Wait& wait);

/// The call in which a coroutine waits: "pop()", `push("tea")`, "sleep(0.12)"; `since` is when it began (ns).
std::string wait_call(const trace::Trace& trace, const Wait& wait, std::int64_t since);
/// The same with what it waits on: "pop() on results".
std::string wait_place(const trace::Trace& trace, const State& state, const Wait& wait, std::int64_t since);

}  // namespace co::studio
