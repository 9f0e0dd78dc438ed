#include "visualizer/model/remedies.h"

#include <fmt/format.h>

#include "visualizer/model/words.h"

namespace co::studio {

std::string who_is_missing(WaitKind kind) {
    switch (kind) {
        case WaitKind::pop:
            return "nobody is left to push";
        case WaitKind::push:
            return "nobody is left to pop";
        case WaitKind::group:
            return "nobody is left to call done()";
        case WaitKind::resume:
            return "nobody is left to resume it";
        case WaitKind::select:
            return "nobody is left at the other ends of its channels";
        case WaitKind::join:
            return "what it waits for can not end";
        case WaitKind::lock:
            return "nobody is left to unlock it";
        case WaitKind::acquire:
            return "nobody is left to release a place";
        case WaitKind::barrier:
            return "nobody is left to arrive";
        case WaitKind::descriptor:
            return "nobody is left to send to it";
        case WaitKind::send:
            return "nobody is left to read what was sent";
        case WaitKind::shared_lock:
            return "nobody is left to unlock it";
        case WaitKind::shared_number:
            return "nobody is left to wake it";
        default:
            return "nothing can wake it";
    }
}

std::string remedy_for(WaitKind kind) {
    switch (kind) {
        case WaitKind::pop:
            return "Push one value for every pop, close the channel after the last push, or give pop a timeout.";
        case WaitKind::push:
            return "Pop every value that is pushed, or make the channel with more seats.";
        case WaitKind::group:
            return "Call done() once for everything that add() counted, also where a coroutine ends early: "
                   "defer it.";
        case WaitKind::select:
            return "Push to one of its channels, close one, or give select a timeout.";
        case WaitKind::join:
            return "Let nobody join a coroutine that itself waits for the joiner, or give join a timeout.";
        case WaitKind::lock:
            return "Unlock the mutex on every way out: defer the unlock right after the lock; lock several mutexes in "
                   "the same order everywhere.";
        case WaitKind::acquire:
            return "Call release() once for every acquire(), also where a coroutine ends early: defer it.";
        case WaitKind::barrier:
            return "Make the barrier for as many coroutines as really arrive, or give wait a timeout.";
        case WaitKind::resume:
            return "Keep the coroutine's id and call co.resume(id), or use co.sleep(0) to let others run.";
        case WaitKind::descriptor:
            return "Let the other end answer or close, or give the call a timeout.";
        case WaitKind::send:
            return "Let the peer read, or close the connection.";
        case WaitKind::shared_lock:
            return "Unlock the Lock on every way out: defer the unlock right after the lock, and hold it over no wait "
                   "that may last; or give lock a timeout.";
        case WaitKind::shared_number:
            return "Call wake() once for each wait(), or give wait a timeout.";
        default:
            return "Let something wake it: a value, a timer or a timeout.";
    }
}

std::uint32_t holder_of(const State& state, const Wait& wait) {
    if (wait.kind == WaitKind::lock) {
        const GateState* gate = state.gate(wait.object);
        return gate ? gate->owner : trace::nobody;
    }
    const SharedState* lock = wait.kind == WaitKind::shared_lock ? state.shared_one(wait.object) : nullptr;
    return lock ? lock->owner : trace::nobody;
}

std::string who_holds_it(const State& state, const Wait& wait) {
    const std::uint32_t holder = holder_of(state, wait);
    if (holder == trace::nobody) return "";
    const CoroutineState* owner = state.coroutine(holder);
    const bool has_ended = owner && (owner->activity == Activity::done || owner->activity == Activity::failed);
    const SharedState* lock = wait.kind == WaitKind::shared_lock ? state.shared_one(wait.object) : nullptr;
    const std::string chip = lock ? chip_and_process(state, holder) : chip_text(holder);
    const std::string where = lock && lock->owner_line != 0 ? fmt::format(" since line {}", lock->owner_line) : "";
    return has_ended ? fmt::format(", which {} still held when it ended", chip)
                     : fmt::format(", which {} holds{}", chip, where);
}

}  // namespace co::studio
