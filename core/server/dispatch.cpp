#include "dispatch.h"

#include <algorithm>

namespace co::server {
namespace {

/// FNV-1a over what tells one client from another: its address without the port.
std::uint32_t hash_of(const Address& peer) {
    std::uint32_t hash = 2166136261u;
    auto add = [&hash](std::uint8_t byte) { hash = (hash ^ byte) * 16777619u; };
    for (std::uint8_t byte : peer.ip) add(byte);
    for (char letter : peer.path) add(static_cast<std::uint8_t>(letter));
    return hash;
}

/// The first of those that have least to do, looked for from the one whose turn it is: equals share the work.
std::uint32_t least_busy(const Dispatch& question) {
    const auto first = static_cast<std::uint32_t>(question.turn % question.workers);
    std::uint32_t best = first;
    for (std::uint32_t step = 1; step < question.workers; ++step) {
        const std::uint32_t candidate = (first + step) % question.workers;
        if (question.busy[candidate] < question.busy[best]) best = candidate;
    }
    return best;
}

}  // namespace

std::uint32_t schedule_worker(const Dispatch& question) {
    switch (question.policy) {
        case DispatchPolicy::round_robin:
            break;
        case DispatchPolicy::by_connection:
            return question.session % question.workers;
        case DispatchPolicy::by_idle:
            if (question.busy.size() >= question.workers) return least_busy(question);
            break;
        case DispatchPolicy::by_address:
            if (question.peer) return hash_of(*question.peer) % question.workers;
            break;
        case DispatchPolicy::by_function:
            if (question.choose && *question.choose)
                return (*question.choose)(question.session, question.packet) % question.workers;
            break;
    }
    return static_cast<std::uint32_t>(question.turn % question.workers);
}

}  // namespace co::server
