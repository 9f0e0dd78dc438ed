#include "bench/driver/rows.h"

#include <array>

namespace co::bench {
namespace {

using enum Unit;

constexpr std::array table = {
    Row{"switch", "switch", "switch one way, through the ready queue", nanoseconds, Aim{9.6, "floor", 4.8}},
    Row{"resume", "switch", "switch one way, by resume and yield", nanoseconds, Aim{9.6, "floor", 4.8}},
    Row{"spawn", "spawn", "spawn, run and end", nanoseconds, Aim{50, "Boost.Fiber", 190}},
    Row{"parked", "parked", "resident for each of 100,000 parked", bytes, Aim{4400}},
    Row{"page-tables", "parked", "page tables for each of them", bytes, std::nullopt},
    Row{"create", "parked", "create 100,000 that stay alive, each", nanoseconds, Aim{2000, "floor", 1350}},
    Row{"ping-pong", "ping-pong", "channel ping-pong: push, switch, pop", nanoseconds, Aim{25, "Boost.Fiber", 100}},
    Row{"buffered", "buffered", "buffered channel (128), per item", nanoseconds, Aim{10, "Boost.Fiber", 18}},
    Row{"timers-add", "timers", "100,000 random timers: add all", milliseconds, Aim{8, "libuv", 10.9}},
    Row{"timers-cancel", "timers", "100,000 random timers: cancel all", milliseconds, Aim{4, "libuv", 12.9}},
};

}  // namespace

std::span<const Row> rows() { return table; }

std::string_view name(Unit unit) {
    switch (unit) {
        case nanoseconds:
            return "ns";
        case milliseconds:
            return "ms";
        case bytes:
            break;
    }
    return "bytes";
}

double scale(Unit unit) { return unit == milliseconds ? 1e6 : 1; }

}  // namespace co::bench
