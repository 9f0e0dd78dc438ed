#include "bench/driver/rows.h"

#include <array>

namespace co::bench {
namespace {

using enum Unit;

constexpr std::array core_table = {
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

// Both of ours stand beside the same floor and the same peers.
constexpr std::array net_table = {
    Row{"http-base", "http", "HTTP, mode base", cpu_seconds, Aim{1.15, "floor", 1}},
    Row{"http-process", "http", "HTTP, mode process", cpu_seconds, Aim{1.7, "floor", 1}},
    Row{"http-base-wall", "http", "HTTP, mode base: a request", microseconds, std::nullopt},
    Row{"http-process-wall", "http", "HTTP, mode process: a request", microseconds, std::nullopt},
    Row{"echo-base", "echo", "TCP echo of 64 bytes, mode base", cpu_seconds, Aim{1.08, "floor", 1}},
    Row{"echo-process", "echo", "TCP echo, mode process", cpu_seconds, std::nullopt},
    Row{"echo-base-wall", "echo", "TCP echo, mode base: an answer", microseconds, std::nullopt},
    Row{"echo-process-wall", "echo", "TCP echo, mode process: an answer", microseconds, std::nullopt},
};

}  // namespace

std::span<const Row> core_rows() { return core_table; }
std::span<const Row> net_rows() { return net_table; }

std::string_view name(Unit unit) {
    switch (unit) {
        case nanoseconds:
            return "ns";
        case microseconds:
            return "us";
        case milliseconds:
            return "ms";
        case cpu_seconds:
            return "CPU-s per 100,000";
        case bytes:
            break;
    }
    return "bytes";
}

double scale(Unit unit) {
    switch (unit) {
        case microseconds:
            return 1e3;
        case milliseconds:
            return 1e6;
        case cpu_seconds:
            return 1e9 / 100'000;
        case nanoseconds:
        case bytes:
            break;
    }
    return 1;
}

}  // namespace co::bench
