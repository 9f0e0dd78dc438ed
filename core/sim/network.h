// Network: the hosts of a simulated machine, how they are linked, and who listens where.
//
//     Link link = network.link(client, server);      // latency, loss, … of the way between them
//     if (Listener* listener = network.listener_at(client, address)) …
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <co/kernel.h>
#include <co/sim_kernel.h>

namespace co::sim {

class World;
class Listener;
class DatagramSocket;
class StreamEnd;

/// What the machine knows of one computer: who listens on it, its line, its files.
struct Computer {
    Computer(World& its_world, std::uint32_t its_number, std::string its_name, const HostOptions& chosen)
        : world(its_world), number(its_number), name(std::move(its_name)), options(chosen), is_down(chosen.is_down) {}

    World& world;
    std::uint32_t number;  // from 1; 10.0.0.1 is the first one's address
    std::string name;
    HostOptions options;
    bool is_down;
    TimePoint line_free{};  // when its own line has sent what was given to it so far
    std::uint16_t next_port = 32768;

    // Who is bound to a port; several with reuse_port, in the order of binding.
    std::map<std::uint16_t, std::vector<Listener*>> listeners;
    std::map<std::uint16_t, std::vector<DatagramSocket*>> datagram_sockets;
    std::map<std::string, Listener*> unix_listeners;
    std::map<std::string, DatagramSocket*> unix_datagram_sockets;
    std::map<std::string, std::string> files;
    std::map<std::string, ProcessId, std::less<>> holders;  // of files, by path
    std::map<std::string, Program> programs;
    std::set<StreamEnd*> silent_ends;  // those that probe when the way to their peer is cut
    std::size_t turn = 0;              // whose turn it is among those that share a port

    Address address(std::uint16_t port) const;
    /// Of its files.
    std::size_t used_bytes() const;
};

/// The way from one host to another.
struct Link {
    Duration latency{};
    Duration jitter{};
    double loss = 0;
    std::uint64_t bytes_per_second = 0;  // 0: as many as you like
    bool is_cut = false;
    bool is_loopback = false;  // within one host: at once, and nothing is lost
};

class Network {
  public:
    explicit Network(World& world) : world_(world) {}

    Computer& add_host(std::string name, const HostOptions& options);
    Computer* find(std::string_view name) const;
    const std::vector<std::unique_ptr<Computer>>& hosts() const { return hosts_; }
    /// Tells the trace of every computer.
    void tell_hosts() const;
    /// By an address as seen from `from`; null when no host has it.
    Computer* host_at(Computer& from, const Address& address) const;
    Result<std::vector<Address>> resolve(const Computer& from, std::string_view name) const;

    Link link(const Computer& from, const Computer& to) const;
    void cut(const Computer& a, const Computer& b);
    void heal(const Computer& a, const Computer& b);
    /// Some way has been cut: whoever probes begins to, where it is its own.
    void begin_probes() const;

    /// When a packet of so many bytes that leaves now arrives; nothing when it gets lost.
    std::optional<TimePoint> send(Computer& from, const Computer& to, std::size_t bytes);

    // Somebody interferes with what is sent next to another computer.
    bool next_is_lost = false;
    Duration next_is_late{};

  private:
    void tell(const Computer& host) const;

    World& world_;
    std::vector<std::unique_ptr<Computer>> hosts_;
    std::set<std::pair<std::uint32_t, std::uint32_t>> cuts_;
};

/// A port that nobody on `host` uses for that kind of socket; nothing when all are taken.
template <typename Ports>
std::optional<std::uint16_t> free_port(Computer& host, const Ports& ports) {
    constexpr std::uint16_t first = 32768, last = 60999;  // Linux's own range (ip_local_port_range)
    for (int tried = 0; tried <= last - first; ++tried) {
        std::uint16_t port = host.next_port;
        host.next_port = port == last ? first : static_cast<std::uint16_t>(port + 1);
        if (!ports.contains(port)) return port;
    }
    return std::nullopt;
}

constexpr bool is_any(const Address& address) { return address.ip == decltype(address.ip){}; }
constexpr bool is_loopback(const Address& address) { return address.ip[0] == 127; }

/// "10.0.0.1:9501", or the path of a unix socket.
std::string text_of(const Address& address);

}  // namespace co::sim
