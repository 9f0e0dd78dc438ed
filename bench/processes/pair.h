// pair: what the programs of `./costudio bench processes` have in common: where they run, how much they do, and what
// both processes took for it.
//
//     const Places places(2);                         // cores
//     if (const pid_t other = fork(); other == 0) places.take(1); else places.take(0);
//     Stopwatch watch({getpid(), other});
//     …
//     watch.report("tasks", "tasks-cpu", tasks);
#pragma once

#include <sched.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "bench/contest/contest.h"

namespace co::bench {

// The same amount of work in every program.
inline constexpr std::size_t tasks_at_once = 100;
inline constexpr std::size_t task_bytes = 64;  // and its result's
inline constexpr std::size_t warm_up_tasks = 20'000;
inline constexpr std::size_t tasks_in_all = 400'000;
inline constexpr std::size_t waits_in_all = 20'000;

/// So many records on their way at once, each followed by another one when it comes back: a group of rows that every
/// program has.
struct Exchange {
    std::size_t cores;
    std::size_t at_once;
    std::size_t in_all;
    std::string_view row;
    std::string_view cpu_row;  // "": none
};
inline constexpr Exchange tasks_on_two{2, tasks_at_once, tasks_in_all, "tasks", "tasks-cpu"};
inline constexpr Exchange tasks_on_one{1, tasks_at_once, tasks_in_all, "tasks-on-one", ""};
inline constexpr Exchange waits_on_two{2, 1, waits_in_all, "wait-two", "wait-two-cpu"};
inline constexpr Exchange waits_on_one{1, 1, waits_in_all, "wait-one", ""};

/// Those that this process may use.
inline std::vector<int> cores() {
    cpu_set_t all;
    if (sched_getaffinity(0, sizeof(all), &all) != 0) return {0};
    std::vector<int> found;
    for (int core = 0; core < CPU_SETSIZE; ++core)
        if (CPU_ISSET(core, &all)) found.push_back(core);
    return found;
}

inline void stay_on(const std::vector<int>& chosen) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int core : chosen) CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof(set), &set) != 0) std::exit(1);
}

/// Where the two processes of a row run: each on a core of its own, or both on one. What else they start may run on any
/// of these.
class Places {
  public:
    /// Where the machine has not so many, the program ends here.
    explicit Places(std::size_t count) : cores_(cores()) {
        if (cores_.size() < count) {
            std::fprintf(stderr, "this row needs %zu cores\n", count);
            std::exit(1);
        }
        cores_.erase(cores_.begin(), cores_.end() - static_cast<std::ptrdiff_t>(count));
        stay_on(cores_);
    }
    bool are_apart() const { return cores_.size() > 1; }
    /// The process that calls is the first (0) or the second (1).
    void take(std::size_t number) const { stay_on({cores_[number % cores_.size()]}); }

  private:
    std::vector<int> cores_;
};

/// What the clock and the processes say.
class Stopwatch {
  public:
    explicit Stopwatch(std::vector<pid_t> processes) : processes_(std::move(processes)), cpu_(cpu_now()) {}

    void report(const Exchange& exchange) const { report(exchange.row, exchange.cpu_row, exchange.in_all); }
    /// For each of `count`; `cpu_row` may be empty.
    void report(std::string_view row, std::string_view cpu_row, std::size_t count) const {
        const std::chrono::duration<double, std::nano> wall = std::chrono::steady_clock::now() - start_;
        const auto cpu = static_cast<double>((cpu_now() - cpu_).count());
        bench::report(row, wall.count() / static_cast<double>(count));
        if (!cpu_row.empty()) bench::report(cpu_row, cpu / static_cast<double>(count));
        std::fflush(stdout);
    }

  private:
    std::chrono::nanoseconds cpu_now() const {
        std::chrono::nanoseconds all{0};
        for (const pid_t process : processes_) {
            clockid_t clock{};
            timespec time{};
            if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) std::exit(1);
            all += std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
        }
        return all;
    }

    std::vector<pid_t> processes_;
    std::chrono::nanoseconds cpu_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace co::bench
