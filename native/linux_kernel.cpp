#include <co/linux_kernel.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "native/signal_watch.h"

namespace co {
namespace {

Duration monotonic_now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

timespec to_timespec(Duration duration) {
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    return {.tv_sec = seconds.count(), .tv_nsec = (duration - seconds).count()};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

}  // namespace

LinuxKernel::LinuxKernel() : start_(monotonic_now()), wake_up_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (wake_up_ < 0) throw std::system_error(last_error(), "no descriptor for the event loop");
}

LinuxKernel::~LinuxKernel() {
    signals_.reset();
    ::close(wake_up_);
}

TimePoint LinuxKernel::now() const { return TimePoint(monotonic_now() - start_); }

std::chrono::system_clock::time_point LinuxKernel::wall_now() const { return std::chrono::system_clock::now(); }

std::uint64_t LinuxKernel::random() { return (std::uint64_t{entropy_()} << 32) | entropy_(); }

void LinuxKernel::hold_thread(Duration duration, Holding how) {
    TimePoint until = now() + duration;
    if (how == Holding::asleep) {
        timespec left = to_timespec(std::max(Duration::zero(), duration));
        while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
    }
    while (now() < until) continue;
}

Result<std::size_t> LinuxKernel::wait(std::span<ReadyFd>, TimePoint until) {
    pollfd watched{.fd = wake_up_, .events = POLLIN, .revents = 0};
    bool has_limit = until != TimePoint::max();
    timespec left = to_timespec(std::max(Duration::zero(), has_limit ? until - now() : Duration::zero()));
    int ready = ppoll(&watched, 1, has_limit ? &left : nullptr, nullptr);
    if (ready < 0 && errno != EINTR) return last_error();
    if (ready > 0) {
        eventfd_t count = 0;
        eventfd_read(wake_up_, &count);
    }
    return std::size_t{0};
}

void LinuxKernel::interrupt() { eventfd_write(wake_up_, 1); }

ProcessId LinuxKernel::process_id() const { return ProcessId{getpid()}; }

Result<void> LinuxKernel::watch_signal(Signal signal) {
    if (!signals_) signals_ = std::make_unique<SignalWatch>(wake_up_);
    return signals_->watch(signal);
}

std::optional<Signal> LinuxKernel::take_signal() { return signals_ ? signals_->take() : std::nullopt; }

}  // namespace co
