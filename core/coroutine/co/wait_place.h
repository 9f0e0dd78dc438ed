// WaitPlace: where a coroutine waits, for reports and the trace.
//
//     const co::WaitPlace place{.kind = co::WaitKind::pop, .object = 1, .name = "results"};
//     fmt::print("{}\n", describe(place));      // "pop() on results"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace co {

/// The call in which a coroutine waits.
enum class WaitKind : std::uint8_t {
    none,
    sleep,
    pop,
    push,
    group,
    resume,
    select,
    join,
    lock,
    acquire,
    barrier,
    read,
    write,
    task,
    aside,
    shared_lock,
    shared_number
};

/// The call, and the channel, group, … that it was made on.
struct WaitPlace {
    WaitKind kind = WaitKind::none;
    std::uint32_t object = 0;
    std::string_view name = {};  // of the object; must outlive the wait
    /// More about it, asked when a report is made: ", which co#2 holds". Null: there is nothing to add.
    std::string (*remark)(const void* about) = nullptr;
    const void* about = nullptr;
};

/// "pop() on results".
std::string describe(const WaitPlace& place);

}  // namespace co
