// million: a million coroutines in one process, parked at once, each on a stack with a guard page of its own, and each
// woken once. `million 20000`: as many as that.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <co/channel.h>
#include <co/coroutine.h>
#include <co/linux_kernel.h>

#include "bench/contest/contest.h"

namespace {

using namespace co::bench;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t million = 1'000'000;
constexpr std::size_t most_resident = std::size_t{6} << 30;
constexpr int skipped = 77;  // CTest's word for it

struct Outcome {
    Memory while_parked;
    std::ptrdiff_t mappings = 0;
    std::uint32_t parked = 0;
    std::uint32_t woken = 0;
    Clock::duration creating{};
    Clock::duration waking{};
};

std::ptrdiff_t count_mappings() {
    std::ifstream maps("/proc/self/maps");
    return std::count(std::istreambuf_iterator(maps), {}, '\n');
}

std::size_t peak_resident() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

void park_and_wake(std::uint32_t how_many, Outcome& outcome) {
    co::Channel<int> bell;
    const Clock::time_point start = Clock::now();
    for (std::uint32_t i = 0; i < how_many; ++i)
        co::go([&] {
            if (bell.pop().status() == co::ChannelStatus::closed) ++outcome.woken;
        });
    outcome.creating = Clock::now() - start;
    outcome.parked = static_cast<std::uint32_t>(bell.stats().consumers);
    outcome.while_parked = memory_now();
    outcome.mappings = count_mappings();
    const Clock::time_point rung = Clock::now();
    bell.close();
    co::sleep(co::Duration::zero());  // behind all of them in the queue
    outcome.waking = Clock::now() - rung;
}

double gibibytes(std::size_t bytes) { return static_cast<double>(bytes) / (1 << 30); }
double seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

void print(const Outcome& outcome) {
    std::printf("coroutines parked at once   %u\n", outcome.parked);
    std::printf("woken, each once            %u\n", outcome.woken);
    std::printf("peak resident memory        %.2f GiB (at most %.0f)\n", gibibytes(peak_resident()),
                gibibytes(most_resident));
    std::printf("page tables besides         %.2f GiB\n", gibibytes(outcome.while_parked.page_table_bytes));
    std::printf("mappings                    %td\n", outcome.mappings);
    std::printf("creating them               %.2f s\n", seconds(outcome.creating));
    std::printf("waking and ending them      %.2f s\n", seconds(outcome.waking));
}

bool is_as_wanted(std::uint32_t how_many, const Outcome& outcome) {
    return outcome.parked == how_many && outcome.woken == how_many && peak_resident() <= most_resident;
}

}  // namespace

int main(int argc, char** argv) {
    const auto wanted = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : million;
    if (argc > 2 || wanted == 0 || wanted > million) {
        std::fprintf(stderr, "Usage: %s [COUNT, at most a million]\n", argv[0]);
        return 2;
    }
    const auto how_many = static_cast<std::uint32_t>(wanted);
    Outcome outcome;
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel, {.max_coroutines = how_many + 1});
    const co::RunReport report = scheduler.run([&] { park_and_wake(how_many, outcome); });
    if (!report.ok()) {
        // Without guard regions (before Linux 6.13) every guard page splits a mapping, and 65,530 are allowed.
        const std::string why = report.text();
        const bool is_limit = why.find("max_map_count") != std::string::npos;
        std::printf("%s%s", is_limit ? "skipped: this kernel has no guard regions. " : "", why.c_str());
        return is_limit ? skipped : 1;
    }
    print(outcome);
    return is_as_wanted(how_many, outcome) ? 0 : 1;
}
