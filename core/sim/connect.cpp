// How a stream comes to be: binding, the handshake, and what goes wrong with it.
#include <algorithm>
#include <utility>

#include "listener.h"
#include "world.h"

namespace co::sim {
namespace {

constexpr std::size_t knock_bytes = 40;  // a segment without content
constexpr Duration first_knock_retry = std::chrono::seconds(1);
constexpr int most_knocks = 7;  // Linux's tcp_syn_retries, and the first one

bool can_share(const Computer& host, std::uint16_t port, bool reuses_port) {
    auto entry = host.listeners.find(port);
    if (entry == host.listeners.end()) return true;
    return reuses_port && std::ranges::all_of(entry->second, [](const Listener* other) { return other->reuses_port; });
}

}  // namespace

Result<void> StreamEnd::bind(const Address& address) {
    bool is_path = address.family == AddressFamily::unix_socket;
    if (is_path != is_unix_) return std::errc::address_family_not_supported;
    if (bound_) return std::errc::invalid_argument;
    local = address;
    if (is_path) {
        if (host_.unix_listeners.contains(address.path)) return std::errc::address_in_use;
        bound_ = std::make_shared<Listener>(world_, host_, local, false);
        host_.unix_listeners.emplace(address.path, bound_.get());
        return {};
    }
    if (!is_any(address) && !is_loopback(address) && address.ip != host_.address(0).ip)
        return std::errc::address_not_available;
    if (address.port == 0) {
        auto port = free_port(host_, host_.listeners);
        if (!port) return std::errc::address_in_use;
        local.port = *port;
    }
    if (!can_share(host_, local.port, reuses_port)) return std::errc::address_in_use;
    bound_ = std::make_shared<Listener>(world_, host_, local, reuses_port);
    host_.listeners[local.port].push_back(bound_.get());
    return {};
}

Result<std::shared_ptr<OpenFile>> StreamEnd::listen(std::size_t backlog) {
    if (connection_ || is_connecting_) return std::errc::invalid_argument;
    if (!bound_ && is_unix_) return std::errc::invalid_argument;
    if (!bound_) {
        if (auto bound = bind({}); !bound) return bound.error();
    }
    bound_->listen(backlog, buffers_);
    return std::shared_ptr<OpenFile>(std::move(bound_));
}

Result<void> StreamEnd::connect(const Address& address) {
    if (is_connecting_) return std::errc::connection_already_in_progress;
    if (connection_) return std::errc::already_connected;
    if (is_unix_ != (address.family == AddressFamily::unix_socket)) return std::errc::address_family_not_supported;
    if (is_unix_) return connect_unix(address);
    Computer* target = world_.network.host_at(host_, address);
    if (!target) return std::errc::network_unreachable;
    remote = address;
    if (target == &host_ && !is_loopback(remote)) remote.ip = host_.address(0).ip;
    auto port = local.port ? std::optional(local.port) : free_port(host_, host_.listeners);
    if (!port) return std::errc::address_not_available;
    local = is_loopback(remote) ? Address::ip4(127, 0, 0, 1, *port) : host_.address(*port);
    is_connecting_ = true;
    is_broken_ = false;
    knock(0);
    return std::errc::operation_in_progress;
}

Result<void> StreamEnd::connect_unix(const Address& address) {
    auto entry = host_.unix_listeners.find(address.path);
    if (entry == host_.unix_listeners.end()) return std::errc::connection_refused;
    Listener& listener = *entry->second;
    if (!listener.is_listening()) return std::errc::connection_refused;
    if (!listener.has_room()) return std::errc::operation_would_block;
    remote = address;
    listener.announce(listener.answer(std::static_pointer_cast<StreamEnd>(shared_from_this())));
    return {};
}

/// Asks for a connection (SYN). One that is lost, or that finds the backlog full, is asked for again, ever later.
void StreamEnd::knock(int tries) {
    if (is_closed_ || !is_connecting_) return;
    if (tries == most_knocks) return failed(std::errc::timed_out);
    Computer& target = *world_.network.host_at(host_, remote);
    auto self = std::static_pointer_cast<StreamEnd>(shared_from_this());
    if (auto arrival = world_.network.send(host_, target, knock_bytes)) {
        if (&target == &host_)
            knock_arrived(target);
        else
            world_.engine.at(*arrival, [self, &target] { self->knock_arrived(target); });
        if (!is_connecting_) return;
    }
    next_knock_ = &world_.engine.after(first_knock_retry * (1 << tries), [self, tries] {
        self->next_knock_ = nullptr;
        self->knock(tries + 1);
    });
}

/// Else the machine would stay awake for it.
void StreamEnd::stop_knocking() {
    if (Alarm* next = std::exchange(next_knock_, nullptr)) world_.engine.call_off(*next);
}

void StreamEnd::knock_arrived(Computer& target) {
    if (is_closed_ || !is_connecting_ || connection_) return;
    Listener* listener = listener_at(host_, target, remote);
    if (!listener) return refused();
    if (!listener->has_room()) return;
    auto self = std::static_pointer_cast<StreamEnd>(shared_from_this());
    auto answer = listener->answer(self);
    auto established = [self] {
        self->is_connecting_ = false;
        self->stop_knocking();
        self->changed();
    };
    auto announced = [listener = std::static_pointer_cast<Listener>(listener->shared_from_this()), answer] {
        if (listener->is_listening()) return listener->announce(answer);
        answer->close_hard();
        answer->closed();
    };
    if (&target == &host_) {
        established();
        return announced();
    }
    Duration latency = world_.network.link(host_, target).latency;
    world_.engine.after(latency, established);
    world_.engine.after(2 * latency, announced);
}

void StreamEnd::refused() {
    auto self = std::static_pointer_cast<StreamEnd>(shared_from_this());
    Computer& target = *world_.network.host_at(host_, remote);
    if (&target == &host_) return failed(std::errc::connection_refused);
    if (auto arrival = world_.network.send(target, host_, knock_bytes))
        world_.engine.at(*arrival, [self] {
            if (self->is_connecting_ && !self->is_closed_) self->failed(std::errc::connection_refused);
        });
}

}  // namespace co::sim
