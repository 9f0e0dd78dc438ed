// Queues: finding and removing in the small queues and lists of a State.
//
//     remove_from(channel.consumers, 3);
//     TimerState* timer = find_by_id(timers, 7);      // null: there is none
#pragma once

#include <algorithm>
#include <cstdint>

namespace co::studio {

/// It is nearly always the first that leaves a queue.
template <typename Queue>
void remove_from(Queue& queue, std::uint32_t id) {
    const auto found = std::ranges::find(queue, id);
    if (found != queue.end()) queue.erase(found);
}

template <typename Objects>
auto* find_by_id(Objects& objects, std::uint32_t id) {
    const auto found = std::ranges::find_if(objects, [&](const auto& object) { return object.id == id; });
    return found == objects.end() ? nullptr : &*found;
}

}  // namespace co::studio
