// Served on the real machine. Its processes are forked, so what a test checks in them must be counted across them.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/core/served.h"
#include "tests/native/forked_checks.h"

namespace co::test {
namespace {

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::size_t shared_mappings() {
    std::ifstream maps("/proc/self/maps");
    std::size_t count = 0;
    for (std::string line; std::getline(maps, line);) count += line.find("/dev/zero") != std::string::npos;
    return count;
}

}  // namespace

std::string Served::holdings() {
    return std::to_string(open_descriptors()) + " descriptors, " + std::to_string(shared_mappings()) +
           " shared mappings";
}

std::string Served::holdings_left(const std::string& before) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::string left = holdings();
    while (left != before && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
        left = holdings();
    }
    return left;
}

std::size_t Served::children() {
    siginfo_t none{};
    // Of all children whatever became of them, without taking one; an error says that there is none.
    return waitid(P_ALL, 0, &none, WEXITED | WNOHANG | WNOWAIT) == 0 ? 1 : 0;
}

void Served::visit_on_machine(Callable& visitors) {
    const std::string before = holdings();
    const std::uint32_t failed_before = forked_checks_that_failed();
    {
        LinuxKernel own;
        Scheduler scheduler(own);
        RunReport report = scheduler.run([&] { run_visitors(visitors); });
        CHECK_MESSAGE(report.ok(), report.text());
    }
    CHECK(holdings() == before);
    CHECK(children() == 0);
    CHECK(forked_checks_that_failed() == failed_before);
}

}  // namespace co::test
