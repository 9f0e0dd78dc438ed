// probe: what a program tells the trace about itself, beyond what the runtime sees.
//
//     co::probe::line(source, 14);          // an interpreter: the running coroutine reached line 14
//     co::probe::print("got tea");          // one line of the program's output
//
// Without a sink attached each costs one predictable branch.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <co/scheduler.h>

namespace co {

/// How a value is shown in the studio. Overload it for your own types, next to the type.
inline std::string describe(std::string_view text) { return '"' + std::string(text) + '"'; }
inline std::string describe(bool value) { return value ? "true" : "false"; }
template <typename Number>
requires std::integral<Number> || std::floating_point<Number> std::string describe(Number value) {
    return std::to_string(value);
}
template <typename Other>
requires(!std::convertible_to<const Other&, std::string_view> && !std::integral<Other> &&
         !std::floating_point<Other>) std::string describe(const Other&) {
    return "value";
}

namespace probe {

inline bool is_on() {
    Scheduler* scheduler = Scheduler::current_or_null();
    return scheduler && scheduler->traces();
}

/// The running coroutine reached `line` of `source` (an index that the sink gave).
inline void line(std::uint16_t source, std::uint32_t line) { Scheduler::current().reached(source, line); }

/// One line of output, without its newline.
inline void print(std::string_view text) {
    Scheduler& scheduler = Scheduler::current();
    if (scheduler.traces()) scheduler.record(trace::EventKind::print, {.text = text});
}

}  // namespace probe
}  // namespace co
