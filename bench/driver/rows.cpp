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
    Row{"table-set", "table", "set two columns of a row of a Table", nanoseconds, Aim{25, "floor", 10.2}},
    Row{"table-get", "table", "get a row of it", nanoseconds, Aim{25, "floor", 9.3}},
    Row{"atomic-add", "atomic", "add to an Atomic", nanoseconds, Aim{1.05, "floor", 1}},
};

// A task goes from one process to another, and its result comes back. The bare datagrams took 1.5 us for it on the
// machine of the aim, of 700,000 a second.
constexpr std::array process_table = {
    Row{"tasks", "tasks-two", "tasks, 100 in flight, two cores", microseconds, Aim{1.43, "datagrams", 1.5}},
    Row{"tasks-cpu", "tasks-two", "CPU time of both processes for one", microseconds, std::nullopt},
    Row{"tasks-on-one", "tasks-one", "tasks, 100 in flight, one core", microseconds, std::nullopt},
    Row{"wait-many", "wait-many", "task_wait in each of 100 coroutines, two cores", microseconds, std::nullopt},
    Row{"wait-two", "wait-two", "task_wait, one at a time, two cores", microseconds, Aim{10}},
    Row{"wait-two-cpu", "wait-two", "CPU time of both processes for one", microseconds, std::nullopt},
    Row{"wait-one", "wait-one", "task_wait, one at a time, one core", microseconds, Aim{10}},
    Row{"table-set-two", "table-two", "set a row, two processes at once, each", nanoseconds, Aim{25, "floor", 10.2}},
    Row{"table-get-two", "table-two", "get a row, two processes at once, each", nanoseconds, Aim{25, "floor", 9.3}},
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
std::span<const Row> process_rows() { return process_table; }
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
