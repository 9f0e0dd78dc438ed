#include "listener.h"

#include <algorithm>

#include "world.h"

namespace co::sim {

void Listener::listen(std::size_t backlog, BufferSizes buffers) {
    backlog_ = backlog;
    buffers_ = buffers;
    is_listening_ = true;
}

void Listener::closed() {
    is_listening_ = false;
    if (local.family == AddressFamily::unix_socket) {
        auto entry = host.unix_listeners.find(local.path);
        if (entry != host.unix_listeners.end() && entry->second == this) host.unix_listeners.erase(entry);
    } else if (auto entry = host.listeners.find(local.port); entry != host.listeners.end()) {
        std::erase(entry->second, this);
        if (entry->second.empty()) host.listeners.erase(entry);
    }
    // Those that nobody accepted are told.
    for (auto& end : std::exchange(queue_, {})) {
        end->close_hard();
        end->closed();
    }
}

std::shared_ptr<StreamEnd> Listener::answer(const std::shared_ptr<StreamEnd>& caller) {
    auto end = std::make_shared<StreamEnd>(world, host, caller->is_unix(), buffers_);
    end->local = local.family == AddressFamily::unix_socket ? local : caller->remote;
    end->remote = caller->local;
    StreamEnd::join(caller, end);
    return end;
}

void Listener::announce(std::shared_ptr<StreamEnd> end) {
    queue_.push_back(std::move(end));
    changed();
}

std::shared_ptr<StreamEnd> Listener::accept() {
    if (queue_.empty()) return nullptr;
    auto first = std::move(queue_.front());
    queue_.pop_front();
    return first;
}

Listener* listener_at(Computer& from, Computer& target, const Address& address) {
    auto entry = target.listeners.find(address.port);
    if (entry == target.listeners.end()) return nullptr;
    std::vector<Listener*> reachable;
    for (Listener* listener : entry->second)
        if (listener->is_listening() && (&from == &target || !is_loopback(listener->local)))
            reachable.push_back(listener);
    if (reachable.empty()) return nullptr;
    Chance& chance = target.world.chance;
    return reachable[chance.is_plain() ? target.turn++ % reachable.size() : chance.choose(reachable.size())];
}

}  // namespace co::sim
