#include <co/sim_kernel.h>

#include <algorithm>
#include <stdexcept>

namespace co {

std::chrono::system_clock::time_point SimKernel::wall_now() const {
    constexpr std::chrono::sys_days start = std::chrono::year(2000) / 1 / 1;
    return start + std::chrono::duration_cast<std::chrono::system_clock::duration>(now_.time_since_epoch());
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, good, and the same on every platform.
std::uint64_t SimKernel::random() {
    std::uint64_t bits = random_state_ += 0x9E3779B97F4A7C15ull;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
    return bits ^ (bits >> 31);
}

std::size_t SimKernel::choose(std::size_t count) { return seed_ == 0 ? 0 : random() % count; }

Result<void> SimKernel::send_signal(ProcessId process, Signal signal) {
    if (process != process_id()) return std::errc::no_such_process;
    bool is_watched = std::find(watched_signals_.begin(), watched_signals_.end(), signal) != watched_signals_.end();
    if (!is_watched) return std::errc::function_not_supported;  // what an unwatched signal does to a process
    pending_signals_.push_back(signal);
    return {};
}

Result<void> SimKernel::watch_signal(Signal signal) {
    watched_signals_.push_back(signal);
    return {};
}

std::optional<Signal> SimKernel::take_signal() {
    if (pending_signals_.empty()) return std::nullopt;
    Signal first = pending_signals_.front();
    pending_signals_.pop_front();
    return first;
}

Result<std::size_t> SimKernel::wait(std::span<ReadyFd>, TimePoint until) {
    if (until == TimePoint::max())
        throw std::logic_error("SimKernel::wait() without a deadline: nothing would ever happen");
    now_ = std::max(now_, until);
    return std::size_t{0};
}

}  // namespace co
