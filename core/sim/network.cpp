#include "network.h"

#include <algorithm>
#include <utility>

#include "programs.h"
#include "stream.h"
#include "world.h"

namespace co::sim {
namespace {

std::pair<std::uint32_t, std::uint32_t> pair_of(const Computer& a, const Computer& b) {
    return std::minmax(a.number, b.number);
}

}  // namespace

Address Computer::address(std::uint16_t port) const {
    return Address::ip4(10, 0, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number), port);
}

std::size_t Computer::used_bytes() const {
    std::size_t bytes = 0;
    for (const auto& [path, content] : files) bytes += path.size() + content.size();
    return bytes;
}

std::string text_of(const Address& address) {
    if (address.family == AddressFamily::unix_socket) return address.path;
    std::string text;
    for (std::size_t part = 0; part < 4; ++part) text += (part ? "." : "") + std::to_string(address.ip[part]);
    return text + ':' + std::to_string(address.port);
}

Computer& Network::add_host(std::string name, const HostOptions& options) {
    auto number = static_cast<std::uint32_t>(hosts_.size() + 1);
    Computer& host = *hosts_.emplace_back(std::make_unique<Computer>(world_, number, std::move(name), options));
    install_programs(host);
    tell(host);
    return host;
}

void Network::tell_hosts() const {
    for (const auto& host : hosts_) tell(*host);
}

void Network::tell(const Computer& host) const {
    world_.record(trace::EventKind::host,
                  {.object = host.number, .value = host.options.latency.count(), .text = host.name});
}

Computer* Network::find(std::string_view name) const {
    auto found = std::ranges::find_if(hosts_, [&](const auto& host) { return host->name == name; });
    return found == hosts_.end() ? nullptr : found->get();
}

Computer* Network::host_at(Computer& from, const Address& address) const {
    if (is_loopback(address) || is_any(address)) return &from;
    auto found = std::ranges::find_if(hosts_, [&](const auto& host) { return host->address(0).ip == address.ip; });
    return found == hosts_.end() ? nullptr : found->get();
}

Result<std::vector<Address>> Network::resolve(const Computer& from, std::string_view name) const {
    if (auto address = Address::parse(name)) return std::vector{*address};
    if (name == "localhost") return std::vector{Address::ip4(127, 0, 0, 1, 0)};
    if (name == from.name) return std::vector{from.address(0)};
    const Computer* host = find(name);
    if (!host) return std::errc::no_such_device_or_address;
    return std::vector{host->address(0)};
}

Link Network::link(const Computer& from, const Computer& to) const {
    if (&from == &to) return {.is_loopback = true};
    const HostOptions &a = from.options, &b = to.options;
    Link link{.latency = a.latency + b.latency, .jitter = a.jitter + b.jitter};
    link.loss = 1 - (1 - a.loss) * (1 - b.loss);
    link.bytes_per_second = std::min(a.bytes_per_second - 1, b.bytes_per_second - 1) + 1;  // 0 is the largest
    link.is_cut = from.is_down || to.is_down || cuts_.contains(pair_of(from, to));
    return link;
}

void Network::cut(const Computer& a, const Computer& b) {
    if (!cuts_.insert(pair_of(a, b)).second) return;
    world_.record(trace::EventKind::partition, {.object = a.number, .other = b.number, .value = 1});
    begin_probes();
}

void Network::begin_probes() const {
    for (const auto& host : hosts_)
        for (StreamEnd* end : host->silent_ends) end->keep_alive().begin();
}

void Network::heal(const Computer& a, const Computer& b) {
    if (!cuts_.erase(pair_of(a, b))) return;
    world_.record(trace::EventKind::partition, {.object = a.number, .other = b.number, .value = 0});
}

std::optional<TimePoint> Network::send(Computer& from, const Computer& to, std::size_t bytes) {
    Link way = link(from, to);
    TimePoint now = world_.engine.now();
    if (way.is_loopback) return now;
    const bool is_taken = std::exchange(next_is_lost, false);
    const Duration late = std::exchange(next_is_late, {});
    if (way.bytes_per_second > 0) {
        auto takes = Duration(static_cast<std::int64_t>(bytes * 1'000'000'000ull / way.bytes_per_second));
        from.line_free = std::max(from.line_free, now) + takes;
    }
    if (way.is_cut || world_.chance.happens(way.loss) || is_taken) return std::nullopt;
    auto jitter =
        world_.chance.is_plain()
            ? Duration::zero()
            : Duration(static_cast<std::int64_t>(static_cast<double>(way.jitter.count()) * world_.chance.fraction()));
    return std::max(from.line_free, now) + way.latency + jitter + late;
}

}  // namespace co::sim
