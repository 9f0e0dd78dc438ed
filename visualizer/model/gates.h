// Gates: what a mutex, a semaphore and a barrier look like at one moment: who may pass, who waits.
//
//     const GateState& door = *state.gate(1);
//     door.owner                // 2: co#2 holds it
//     door.waiters              // {3, 1}: co#3 is next
//     gate_remark(door)         // "mutex, co#2 holds it"
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include <co/event.h>

namespace co::studio {

enum class GateKind : std::uint8_t { mutex, semaphore, barrier };

struct GateState {
    std::uint32_t id = 0;
    std::uint32_t name = 0;
    GateKind kind = GateKind::mutex;
    std::int64_t places = 1;                  // how many may pass, as it was made
    std::int64_t free = 1;                    // how many more may, of a mutex or a semaphore
    std::uint32_t owner = co::trace::nobody;  // of a mutex
    std::deque<std::uint32_t> waiters{};      // front: next served
    std::uint32_t touched_step = 0;

    /// Takes in what an event says about the gate itself; who waits is the State's business.
    void apply(const co::trace::Event& event);
    /// How many must still arrive at a barrier before it opens.
    std::int64_t missing() const { return places - static_cast<std::int64_t>(waiters.size()); }
};

/// "mutex", "semaphore", "barrier".
std::string_view noun_of(GateKind kind);
/// "Mutex": what a script calls to make one.
std::string_view maker_of(GateKind kind);
/// "lock", "acquire", "wait": the call that passes.
std::string_view passing_call(GateKind kind);
/// "unlock", "release": the call that lets others through; a barrier "opens" by itself.
std::string_view opening_call(GateKind kind);
/// "mutex, co#2 holds it", "semaphore, 1 of 3 places free", "barrier for 3, 1 more has to arrive".
std::string gate_remark(const GateState& gate);

}  // namespace co::studio
