// DatagramSocket: UDP, or datagrams between the processes of a host.
//
//     auto sent = socket->send_to(bytes, address);
//     auto got = socket->receive_from(buffer);
//
// UDP is delivered or lost, whole; what finds no room at the receiver is lost too. Unix datagrams are never lost: a
// full receiver makes the sender wait.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "network.h"
#include "open_file.h"
#include "stream.h"

namespace co::sim {

class DatagramSocket final : public OpenFile {
  public:
    DatagramSocket(World& world, Computer& host, bool is_unix, BufferSizes buffers)
        : world_(world), host_(host), is_unix_(is_unix), buffers_(buffers) {}

    Readiness readiness() const override;
    void closed() override;

    Result<void> bind(const Address& address);
    /// From now on it sends there and receives from there alone.
    Result<void> connect(const Address& address);
    Result<std::size_t> send(std::span<const std::byte> bytes);
    Result<std::size_t> send_to(std::span<const std::byte> bytes, const Address& to);
    Result<Datagram> receive_from(std::span<std::byte> buffer);
    Result<void> take_error();
    static void join(DatagramSocket& first, DatagramSocket& second);

    bool is_unix() const { return is_unix_; }
    const BufferSizes& buffers() const { return buffers_; }
    void set_buffers(const BufferSizes& buffers) { buffers_ = buffers; }

    Address local;
    std::optional<Address> remote;
    bool reuses_port = false;

  private:
    struct Waiting {
        std::string bytes;
        Address from;
    };

    Result<std::size_t> send_unix(std::string bytes, DatagramSocket* receiver);
    Result<std::size_t> send_udp(std::string bytes, const Address& to);
    void arrive(Computer& target, Waiting& packet, const Address& to);
    void note(trace::EventKind kind, const Computer& target, const Waiting& packet, const Address& to) const;
    void take_in(std::string bytes, const Address& from);
    bool has_room(std::size_t bytes) const { return held_ + bytes <= buffers_.receive; }
    DatagramSocket* receiver_at(Computer& target, const Address& to, const Address& from) const;

    World& world_;
    Computer& host_;
    bool is_unix_;
    BufferSizes buffers_;
    std::deque<Waiting> waiting_;
    std::size_t held_ = 0;          // bytes of those that wait
    std::weak_ptr<OpenFile> peer_;  // of a pair
    bool is_pair_ = false;
    std::vector<std::weak_ptr<OpenFile>> held_up_;  // whose last datagram found no room here
    std::optional<std::errc> failure_;
};

}  // namespace co::sim
