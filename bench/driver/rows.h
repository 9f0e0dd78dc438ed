// rows: what is compared, and where each row is to get.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace co::bench {

enum class Unit { nanoseconds, microseconds, milliseconds, cpu_seconds, bytes };

/// At most `limit`, on a machine on which `beside` (a contestant's name) took `then`. On another machine, or on the
/// same one on another day, the aim moves with it.
struct Aim {
    double limit;
    std::string_view beside = {};  // none: the aim does not depend on the machine
    double then = 1;

    /// Times `beside`.
    double ratio() const { return limit / then; }
};

struct Row {
    std::string_view name;   // as the contestants print it
    std::string_view group;  // the contestants' argument
    std::string_view title;
    Unit unit;  // of the title and the aim; the contestants print nanoseconds and bytes
    std::optional<Aim> aim;
};

/// Of `./costudio bench core`; rows of one group stand together.
std::span<const Row> core_rows();
/// Of `./costudio bench processes`, likewise.
std::span<const Row> process_rows();
/// Of `./costudio bench net`.
std::span<const Row> net_rows();

/// "ns", "us", "ms", "CPU-s per 100,000", "bytes".
std::string_view name(Unit unit);
/// How many of what the contestants print make one.
double scale(Unit unit);

}  // namespace co::bench
