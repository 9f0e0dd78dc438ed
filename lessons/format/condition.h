// Condition: a moment of a recorded run, named by what happens there, so that it survives edits of the script.
//
//     auto step = co::lessons::find_step(trace, co::lessons::parse_condition("push results"), 0);
//
// The grammar of a checkpoint's `at`:
//
//     condition = what [ "line" NUMBER ]            line 5: only where the coroutine stands at this line of the script
//     what      = "print" TEXT                      the step that prints exactly this line; quotes may stand around it
//               | "chan" NAME ".len" COMPARE NUMBER the step after which the channel's number of values compares so,
//                                                   and did not before it; COMPARE is one of == != < <= > >=
//               | KIND [ NAME ]                     an event of this kind (co::trace::EventKind's own names: push,
//                                                   pop_wait, go, deferred, timer_fire, …)
//     NAME      = of the channel, group, gate, timer, Table, number or Lock that the event is about; for every other
//                 kind the coroutine's: main, co#2, producer, or producer("tea")
//
// Examples:  print "got tea"  ·  push results  ·  deferred  ·  chan results.len == 1  ·  group_done wg line 9
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <co/trace.h>

namespace co::lessons {

struct Condition {
    enum class Form : std::uint8_t { print, length, event };
    enum class Compare : std::uint8_t { equal, unequal, less, less_or_equal, greater, greater_or_equal };

    Form form = Form::event;
    co::trace::EventKind kind = co::trace::EventKind::print;  // of Form::event
    std::string text;                                         // printed line, or name; empty: any
    Compare compare = Compare::equal;                         // of Form::length
    std::int64_t length = 0;
    std::uint32_t line = 0;  // 0: any
};

/// The message says what is wrong and what to write instead.
struct ConditionError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws ConditionError.
Condition parse_condition(std::string_view text);

/// The first step after `after_step` (steps count from 1) at which the condition holds; nothing when there is none.
std::optional<std::uint32_t> find_step(const co::trace::Trace& trace, const Condition& condition,
                                       std::uint32_t after_step);
/// The same from the text of a condition. Throws ConditionError.
std::optional<std::uint32_t> find_step(const co::trace::Trace& trace, const std::string& condition,
                                       std::uint32_t after_step);

}  // namespace co::lessons
