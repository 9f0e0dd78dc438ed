// contest: what every program in the comparison has in common. One start of it is one round of one group of rows.
//
//     void switches() { … report("switch", nanoseconds_each); }
//
//     int main(int argc, char** argv) { return co::bench::contest(argc, argv, {{"switch", switches}}); }
//
// `program switch` then prints "switch 4.81". A group that a program does not know prints nothing: it takes no part.
// The time is the CPU time of the whole process, threads of a peer's runtime included: what other programs take from
// the machine meanwhile counts little.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace co::bench {

std::chrono::nanoseconds cpu_time();

struct Memory {
    std::size_t resident_bytes = 0;
    std::size_t page_table_bytes = 0;  // the kernel's, not in resident_bytes
};

/// This process's memory now, exactly.
Memory memory_now();

struct Group {
    std::string_view name;
    void (*run)();
};

int contest(int argc, char** argv, std::initializer_list<Group> groups);

/// Prints one figure.
void report(std::string_view row, double value);

/// Prints `row` as nanoseconds for each of `count` steps of `action`.
template <typename Action>
void report_each(std::string_view row, std::size_t count, Action action) {
    std::chrono::nanoseconds start = cpu_time();
    action();
    report(row, static_cast<double>((cpu_time() - start).count()) / static_cast<double>(count));
}

/// Prints "parked", "page-tables" (bytes for each of `count`) and "create" (nanoseconds for each) of an action that
/// leaves `count` coroutines parked.
template <typename Action>
void report_parked(std::size_t count, Action action) {
    Memory before = memory_now();
    report_each("create", count, action);
    Memory after = memory_now();
    auto each = [&](std::size_t now, std::size_t then) {
        return (static_cast<double>(now) - static_cast<double>(then)) / static_cast<double>(count);
    };
    report("parked", each(after.resident_bytes, before.resident_bytes));
    report("page-tables", each(after.page_table_bytes, before.page_table_bytes));
}

// The same amount of work in every program.
inline constexpr std::size_t switches = 10'000'000;
inline constexpr std::size_t spawns = 1'000'000;
inline constexpr std::size_t parked = 100'000;
inline constexpr std::size_t messages = 4'000'000;
inline constexpr std::size_t items = 10'000'000;
inline constexpr std::size_t buffer = 128;
inline constexpr std::size_t timers = 100'000;

inline constexpr std::size_t rows = 1'000;  // of a table
inline constexpr std::size_t calls = 10'000'000;

/// The keys of as many rows, "user-1000" to "user-1999"; `first` is where their numbers begin.
inline std::vector<std::string> keys_of_rows(std::size_t first = rows) {
    std::vector<std::string> keys;
    for (std::size_t row = 0; row < rows; ++row) keys.push_back("user-" + std::to_string(first + row));
    return keys;
}

/// Calls `use(key, n)` for n from 0 to `calls`, with one key after the other.
template <typename Use>
void use_in_turn(const std::vector<std::string>& keys, Use use) {
    for (std::size_t n = 0; n < calls;)
        for (std::size_t row = 0; row < rows && n < calls; ++row) use(keys[row], n++);
}

/// The delays of `timers` timers, in ms: random, the same in every program, and so long that none fires.
class Delays {
  public:
    std::chrono::milliseconds next() {
        state_ = state_ * 6364136223846793005 + 1442695040888963407;  // Knuth's MMIX generator
        return std::chrono::milliseconds(1'000'000 + (state_ >> 33) % 80'000'000);
    }

  private:
    unsigned long long state_ = 1;
};

}  // namespace co::bench
