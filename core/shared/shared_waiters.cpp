#include "shared_waiters.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <tuple>

#include <co/reactor.h>

#include "shared_word.h"

namespace co {
namespace {

constexpr std::uint64_t one_waiter = 1;
constexpr std::uint64_t one_turn = std::uint64_t{1} << 32;
constexpr std::uint64_t waiters_in(std::uint64_t counts) { return counts % one_turn; }
constexpr std::uint64_t turns_in(std::uint64_t counts) { return counts / one_turn; }

}  // namespace

SharedWaiters::SharedWaiters(Kernel& kernel, State& state) : kernel_(kernel), state_(state) {
    auto pair = kernel.open_socket_pair(SocketKind::unix_stream);
    if (!pair) throw std::system_error(pair.error(), "descriptors to wait at shared memory");
    std::tie(waiting_end_, waking_end_) = *pair;
}

SharedWaiters::~SharedWaiters() {
    Kernel& kernel = kernel_here(kernel_);
    if (Scheduler::current_or_null()) Reactor::current().forget(waiting_end_);
    static_cast<void>(kernel.close(waiting_end_));
    static_cast<void>(kernel.close(waking_end_));
}

/// A turn that wake() gave and nobody has taken; with it this waiter is gone.
bool SharedWaiters::take_turn() {
    std::uint64_t counts = state_.counts.load();
    while (turns_in(counts) > 0)
        if (state_.counts.compare_exchange_weak(counts, counts - one_turn - one_waiter)) return true;
    return false;
}

WaitStatus SharedWaiters::wait(Deadline deadline, const WaitCause& cause, const std::function<bool()>& has_come) {
    Scheduler& scheduler = Scheduler::current();
    Deadline moment = deadline.is_forever() ? deadline : Deadline(deadline.expiry(scheduler.now()));
    state_.counts.fetch_add(one_waiter);  // from here on wake() counts it, so nothing gets lost
    WaitStatus status = WaitStatus::ok;
    try {
        while (status == WaitStatus::ok && !has_come()) {
            status = Reactor::current().wait(waiting_end_, Direction::read, moment, &cause);
            std::array<std::byte, 1> token;
            if (status == WaitStatus::ok) static_cast<void>(scheduler.kernel().read(waiting_end_, token));
            if (take_turn()) return WaitStatus::ok;
        }
    } catch (...) {
        if (!take_turn()) state_.counts.fetch_sub(one_waiter);
        throw;
    }
    if (!take_turn()) state_.counts.fetch_sub(one_waiter);
    return status;
}

bool SharedWaiters::look_at_end_of(ProcessId process) const {
    return bool(kernel_here(kernel_).ring_at_end(process, waking_end_));
}

std::uint32_t SharedWaiters::wake(std::uint32_t most) {
    std::uint64_t counts = state_.counts.load(), turns = 0;
    do {
        turns = std::min<std::uint64_t>(most, waiters_in(counts) - turns_in(counts));
        if (turns == 0) return 0;
    } while (!state_.counts.compare_exchange_weak(counts, counts + turns * one_turn));
    // A byte for each wakes one of those that wait for them; when the way is full they are awake already.
    const std::byte token{1};
    Kernel& kernel = kernel_here(kernel_);
    for (std::uint64_t turn = 0; turn < turns; ++turn)
        if (!kernel.write(waking_end_, std::span(&token, 1))) break;
    return static_cast<std::uint32_t>(turns);
}

}  // namespace co
