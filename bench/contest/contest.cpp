#include "bench/contest/contest.h"

#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

namespace co::bench {
namespace {

/// The number behind "Rss:" or its like, of a file in /proc, in bytes.
std::size_t kibibytes_of(const char* file, std::string_view key) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(key)) return std::strtoull(line.c_str() + key.size(), nullptr, 10) * 1024;
    std::fprintf(stderr, "%s tells no %.*s: is /proc mounted?\n", file, static_cast<int>(key.size()), key.data());
    std::exit(1);
}

}  // namespace

std::chrono::nanoseconds cpu_time() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Memory memory_now() {
    // Not /proc/self/statm: the kernel keeps its figures only roughly.
    return {.resident_bytes = kibibytes_of("/proc/self/smaps_rollup", "Rss:"),
            .page_table_bytes = kibibytes_of("/proc/self/status", "VmPTE:")};
}

int contest(int argc, char** argv, std::initializer_list<Group> groups) {
    if (argc != 2) {
        std::fprintf(stderr, "Usage: %s GROUP\nOne of:", argv[0]);
        for (const Group& group : groups)
            std::fprintf(stderr, " %.*s", static_cast<int>(group.name.size()), group.name.data());
        std::fputc('\n', stderr);
        return 2;
    }
    for (const Group& group : groups)
        if (group.name == argv[1]) group.run();
    return 0;
}

void report(std::string_view row, double value) {
    std::printf("%.*s %.4f\n", static_cast<int>(row.size()), row.data(), value);
}

}  // namespace co::bench
