#include "mailboxes.h"

#include <array>
#include <utility>

#include <co/costly_calls.h>

namespace co::server {
namespace {

constexpr std::size_t most_ways = 1024;  // a server with more of them sends datagrams as well
constexpr std::size_t line_of_its_own = 64;

/// Who falls asleep and who wants to wake him both exchange the word: the later one of them sees what the earlier one
/// had done before, so either the sleeper finds the record or the other one finds him asleep.
struct Sleeper {
    alignas(line_of_its_own) std::atomic<std::uint32_t> sleeps;
};

RoleId nth(RoleKind kind, std::size_t index) { return {kind, static_cast<std::uint16_t>(index)}; }

/// What clients ask goes from reactors to workers, answers go back; and the same with tasks.
std::vector<Mailboxes::Way> busy_ways(const ServerSettings& settings) {
    std::vector<Mailboxes::Way> ways;
    const std::size_t reactors = settings.mode == ServerMode::process ? settings.reactors : 0;
    auto join = [&](RoleKind asking, std::size_t askers, RoleKind asked, std::size_t asked_count, Lane answers) {
        if (ways.size() + 2 * askers * asked_count > most_ways) return;
        for (std::size_t a = 0; a < askers; ++a)
            for (std::size_t b = 0; b < asked_count; ++b) {
                ways.push_back({.from = nth(asking, a), .to = nth(asked, b), .lane = Lane::work, .ring = {}});
                ways.push_back({.from = nth(asked, b), .to = nth(asking, a), .lane = answers, .ring = {}});
            }
    };
    join(RoleKind::reactor, reactors, RoleKind::worker, settings.workers, Lane::work);
    join(RoleKind::worker, settings.workers, RoleKind::task_worker, settings.task_workers, Lane::control);
    return ways;
}

}  // namespace

Result<Mailboxes> Mailboxes::open(Kernel& kernel, const ServerSettings& settings) {
    Mailboxes boxes;
    boxes.reactors_ = settings.reactors;
    boxes.workers_ = settings.workers;
    const std::size_t roles = 2 + std::size_t{settings.reactors} + settings.workers + settings.task_workers;
    for (std::size_t i = 0; i < roles * 2; ++i) {
        auto pair = kernel.open_socket_pair(SocketKind::unix_datagram);
        if (!pair) {
            boxes.close(kernel);
            return pair.error();
        }
        boxes.boxes_.push_back(*pair);
    }
    if (auto opened = boxes.open_ways(kernel, settings); !opened) {
        boxes.close(kernel);
        return opened.error();
    }
    return boxes;
}

Result<void> Mailboxes::open_ways(Kernel& kernel, const ServerSettings& settings) {
    if (!costly_calls(kernel)) return {};
    ways_ = busy_ways(settings);
    if (ways_.empty()) return {};
    const std::size_t sleepers = boxes_.size() * sizeof(Sleeper);
    auto memory = kernel.map_shared(sleepers + ways_.size() * Ring::bytes);
    if (!memory) return memory.error();
    memory_ = *memory;
    for (std::size_t i = 0; i < ways_.size(); ++i)
        ways_[i].ring = Ring(memory_.subspan(sleepers + i * Ring::bytes, Ring::bytes));
    return {};
}

std::size_t Mailboxes::place(RoleId role, Lane lane) const {
    std::size_t index = role.index;
    switch (role.kind) {
        case RoleKind::master:
            break;
        case RoleKind::manager:
            index += 1;
            break;
        case RoleKind::reactor:
            index += 2;
            break;
        case RoleKind::worker:
            index += 2 + reactors_;
            break;
        case RoleKind::task_worker:
            index += 2 + reactors_ + workers_;
            break;
    }
    return index * 2 + (lane == Lane::control ? 1 : 0);
}

std::vector<Mailboxes::Way> Mailboxes::ways_from(RoleId role) const {
    std::vector<Way> found;
    for (const Way& way : ways_)
        if (way.from == role) found.push_back(way);
    return found;
}

std::vector<Mailboxes::Way> Mailboxes::ways_to(RoleId role, Lane lane) const {
    std::vector<Way> found;
    for (const Way& way : ways_)
        if (way.to == role && way.lane == lane) found.push_back(way);
    return found;
}

// -- the bell --------------------------------------------------------------------------------------------------------

std::atomic<std::uint32_t>& Mailboxes::sleeps(RoleId role, Lane lane) const {
    return reinterpret_cast<Sleeper*>(memory_.data())[place(role, lane)].sleeps;
}

bool Mailboxes::ring_bell(Kernel& kernel, RoleId role, Lane lane) const {
    const std::array<std::byte, bell_bytes> bell{};
    return bool(kernel.write(to(role, lane), bell));
}

bool Mailboxes::ring_sleeper(Kernel& kernel, RoleId role, Lane lane) const {
    if (sleeps(role, lane).exchange(0) == 0) return true;
    if (ring_bell(kernel, role, lane)) return true;
    falls_asleep(role, lane);
    return false;
}

void Mailboxes::falls_asleep(RoleId role, Lane lane) const { sleeps(role, lane).exchange(1); }
void Mailboxes::is_awake(RoleId role, Lane lane) const { sleeps(role, lane).exchange(0); }

void Mailboxes::close(Kernel& kernel) {
    for (const auto& [first, second] : std::exchange(boxes_, {})) {
        static_cast<void>(kernel.close(first));
        static_cast<void>(kernel.close(second));
    }
    ways_.clear();
    if (const auto memory = std::exchange(memory_, {}); !memory.empty()) static_cast<void>(kernel.unmap_shared(memory));
}

}  // namespace co::server
