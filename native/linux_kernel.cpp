#include <co/linux_kernel.h>

#include <sched.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "native/helper_threads.h"
#include "native/linux_commands.h"
#include "native/linux_error.h"
#include "native/linux_poll.h"
#include "native/signal_watch.h"

namespace co {
namespace {

Duration monotonic_now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

LinuxKernel::LinuxKernel() : LinuxKernel(monotonic_now()) {}
LinuxKernel::LinuxKernel(Duration start)
    : start_(start), process_(ProcessId{getpid()}), poll_(std::make_unique<LinuxPoll>()) {}

LinuxKernel::~LinuxKernel() {
    helpers_.reset();  // they may still wake this kernel
    for (std::thread& thread : threads_) thread.join();
    signals_.reset();  // it writes to what poll_ holds
}

// -- clock, chance ---------------------------------------------------------------------------------------------------

TimePoint LinuxKernel::now() const { return TimePoint(monotonic_now() - start_); }

std::chrono::system_clock::time_point LinuxKernel::wall_now() const { return std::chrono::system_clock::now(); }

std::uint64_t LinuxKernel::random() {
    std::uint64_t bits = 0;
    const ssize_t got = uninterrupted([&] { return getrandom(&bits, sizeof(bits), 0); });
    if (got != sizeof(bits)) throw std::system_error(last_error(), "getrandom");
    return bits;
}

void LinuxKernel::hold_thread(Duration duration, Holding how) {
    const TimePoint until = now() + duration;
    if (how == Holding::asleep) {
        const Duration whole = std::max(Duration::zero(), duration);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(whole);
        timespec left{.tv_sec = seconds.count(), .tv_nsec = (whole - seconds).count()};
        while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
    }
    while (now() < until) continue;
}

// -- waiting ---------------------------------------------------------------------------------------------------------

Result<std::size_t> LinuxKernel::wait(std::span<ReadyFd> ready, TimePoint until) {
    if (until == TimePoint::max()) return poll_->wait(ready, std::nullopt);
    return poll_->wait(ready, std::max(Duration::zero(), until - now()));
}

void LinuxKernel::interrupt() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written =
        uninterrupted([&] { return ::write(poll_->wake_up(), &one, sizeof(one)); });
}

void LinuxKernel::give_way() { sched_yield(); }

Result<void> LinuxKernel::watch(Fd fd, Readiness interest) { return poll_->watch(fd, interest); }
Result<void> LinuxKernel::unwatch(Fd fd) { return poll_->unwatch(fd); }

// -- memory that processes share -------------------------------------------------------------------------------------

Result<std::span<std::byte>> LinuxKernel::map_shared(std::size_t bytes) {
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return last_error();
    return std::span(static_cast<std::byte*>(memory), bytes);
}

Result<void> LinuxKernel::unmap_shared(std::span<std::byte> memory) {
    if (munmap(memory.data(), memory.size()) != 0) return last_error();
    return {};
}

}  // namespace co
