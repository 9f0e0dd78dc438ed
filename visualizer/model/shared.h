// Shared: what a Table, a number or a Lock that processes share looks like at one moment: what it holds, who has it,
// and who did what to it last.
//
//     const SharedState& stock = *state.shared_one(1);
//     stock.touches.back()       // `set("tea") left = 9`, by whom, at which step and line
//     shared_remark(state, door) // "Lock, co#2 of west holds it"
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include <co/event.h>

namespace co::studio {

class State;

enum class SharedKind : std::uint8_t { table, number, long_number, lock };

/// One call.
struct SharedTouch {
    co::trace::EventKind kind = co::trace::EventKind::shared_read;
    std::uint32_t coroutine = co::trace::nobody;
    std::uint32_t text = 0;  // the call, as the trace has it
    std::uint32_t step = 0;
    std::uint32_t line = 0;
    std::int64_t value = 0;  // afterwards
};

struct SharedState {
    static constexpr std::size_t most_touches = 5;

    std::uint32_t id = 0;
    std::uint32_t name = 0;
    SharedKind kind = SharedKind::table;
    std::int64_t room = 0;                    // of a Table: for so many rows
    std::int64_t value = 0;                   // the number, or how many rows there are
    std::uint32_t owner = co::trace::nobody;  // of a Lock
    std::uint32_t owner_line = 0;             // where it took it
    std::deque<std::uint32_t> waiters{};      // in the order in which they came
    std::deque<SharedTouch> touches{};        // the last few, the newest last
    std::uint32_t touched_step = 0;

    /// Takes in what an event says about it; who waits is the State's business.
    void apply(const co::trace::Event& event, std::uint32_t step);
};

/// "Table", "Atomic", "AtomicLong", "Lock": what a script calls to make one.
std::string_view maker_of(SharedKind kind);
/// `set("tea") left = 9` in two: the call, and what came of it.
struct SharedCall {
    std::string_view call, outcome;
};
SharedCall split_call(std::string_view text);
/// "co#2", of another process "co#2 of west".
std::string chip_and_process(const State& state, std::uint32_t coroutine);
/// "Table, 2 of 3 rows", "Atomic, 7", "Lock, nobody holds it".
std::string shared_remark(const State& state, const SharedState& shared);

}  // namespace co::studio
