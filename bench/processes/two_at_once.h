// two_at_once: two processes, each on a core of its own, that use one table at the same time: each its own rows of it.
//
//     two_at_once(in_process, {{"set", [&](const auto& keys) { … }}});     // prints "set 12.1": ns for a call of each
#pragma once

#include <sys/mman.h>
#include <sys/wait.h>

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "bench/processes/pair.h"

namespace co::bench {

struct Stretch {
    std::string_view row;
    std::function<void(const std::vector<std::string>& keys)> use;  // `calls` of them
};

/// What the two tell each other.
class Meeting {
  public:
    /// Nobody goes on before both are here.
    void meet(std::uint32_t how_often) {
        ++arrived_;
        while (arrived_ < 2 * how_often) continue;
    }
    std::atomic<double>& time(int process) { return times_[static_cast<std::size_t>(process)]; }

  private:
    std::atomic<std::uint32_t> arrived_{0};
    std::array<std::atomic<double>, 2> times_{};
};

/// `in_process(body)` calls the body in what a process needs around it.
template <typename InProcess>
void two_at_once(InProcess in_process, const std::vector<Stretch>& stretches) {
    const Places places(2);
    void* memory = mmap(nullptr, sizeof(Meeting), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::exit(1);
    auto& meeting = *new (memory) Meeting();
    const pid_t other = fork();
    if (other < 0) std::exit(1);
    const int me = other == 0 ? 1 : 0;
    places.take(static_cast<std::size_t>(me));
    in_process([&] {
        const std::vector<std::string> keys = keys_of_rows(rows * static_cast<std::size_t>(me + 1));
        std::uint32_t meetings = 0;
        for (const Stretch& stretch : stretches) {
            meeting.meet(++meetings);
            const auto start = std::chrono::steady_clock::now();
            stretch.use(keys);
            const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
            meeting.time(me) = took.count() / static_cast<double>(calls);
            meeting.meet(++meetings);
            if (me == 0) report(stretch.row, (meeting.time(0) + meeting.time(1)) / 2);
        }
    });
    if (me == 1) _exit(0);
    int status = 0;
    if (waitpid(other, &status, 0) != other || status != 0) std::exit(1);
}

}  // namespace co::bench
