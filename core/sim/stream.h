// Stream: one end of a connection, TCP or Unix; Flow: the bytes on their way from one end to the other.
//
//     auto [left, right] = StreamEnd::pair(world, host);
//     left->write(bytes);            // into the send buffer, over the network, into right's receive buffer
//
// What TCP does is kept where a program can tell: segments arrive in order, a lost one holds up those behind it and is
// sent again after a timeout that doubles, the receiver's buffer is the window, bytes leave the send buffer when they
// are acknowledged. Acknowledgements themselves are not lost.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <co/event.h>

#include "keep_alive.h"
#include "network.h"
#include "open_file.h"

namespace co::sim {

struct Alarm;
class StreamEnd;
class Listener;

struct BufferSizes {
    std::size_t send = 0;
    std::size_t receive = 0;
};

/// Bytes that wait: written at the back, taken from the front.
class ByteQueue {
  public:
    bool is_empty() const { return start_ == bytes_.size(); }
    std::size_t size() const { return bytes_.size() - start_; }
    void append(std::string_view more) { bytes_ += more; }
    /// Of the first at most so many.
    std::string_view front(std::size_t most) const { return std::string_view(bytes_).substr(start_, most); }
    void drop(std::size_t count);
    void clear() { drop(size()); }

  private:
    std::string bytes_;
    std::size_t start_ = 0;
};

/// A piece of a flow on its way.
struct Segment {
    std::string bytes;
    bool is_last = false;  // the sender sends no more (FIN)
    bool has_arrived = false;
    int tries = 0;
};

/// One direction of a connection.
struct Flow {
    StreamEnd* from = nullptr;  // null when that end is gone and has nothing left to send
    StreamEnd* to = nullptr;    // null when nobody will read any more
    ByteQueue unsent;
    std::size_t unacknowledged = 0;  // written and not acknowledged: what fills the send buffer
    std::deque<Segment> flight;      // in order
    std::uint64_t first_in_flight = 0;
    std::size_t bytes_in_flight = 0;
    ByteQueue received;
    bool is_shut = false;  // the sender will write no more
    bool is_last_sent = false;
    bool has_ended = false;  // the receiver knows
    bool window_update_is_on_its_way = false;
};

/// What both ends share.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(World& world, Computer& first, Computer& second) : world_(world), hosts_{&first, &second} {}

    Flow& flow_from(int side) { return flows_[side]; }
    Computer& host(int side) const { return *hosts_[side]; }
    World& world() const { return world_; }

    /// Sends what fits into the receiver's window.
    void pump(int side);
    void acknowledge_read(int side);
    /// The end at `side` is told that the connection was broken off.
    void reset(int side, std::errc why);
    std::string text(int side) const;
    void note(trace::EventKind kind, int side, const Segment& segment);

  private:
    std::size_t window(const Flow& flow) const;
    void deliver_at_once(Flow& flow);
    void transmit(int side, Segment segment);
    void attempt(int side, std::uint64_t number);
    void arrive(int side, std::uint64_t number);
    void deliver(int side, Segment segment);
    void acknowledge(int side, std::size_t bytes);
    void give_up(int side);

    World& world_;
    Computer* hosts_[2];
    Flow flows_[2];
};

class StreamEnd final : public OpenFile {
  public:
    StreamEnd(World& world, Computer& host, bool is_unix, BufferSizes buffers)
        : world_(world), host_(host), is_unix_(is_unix), buffers_(buffers) {}

    Readiness readiness() const override;
    void closed() override;

    Result<std::size_t> read(std::span<std::byte> buffer);
    Result<std::size_t> write(std::span<const std::byte> bytes);
    Result<void> shut_down(ShutdownHow how);
    Result<void> take_error();

    /// The two ends of a fresh connection.
    static void join(const std::shared_ptr<StreamEnd>& first, const std::shared_ptr<StreamEnd>& second);

    // -- connecting (connect.cpp)
    Result<void> bind(const Address& address);
    /// What stands for this socket's descriptor from now on.
    Result<std::shared_ptr<OpenFile>> listen(std::size_t backlog);
    Result<void> connect(const Address& address);

    bool is_connected() const { return connection_ != nullptr; }
    bool is_unix() const { return is_unix_; }
    Computer& host() const { return host_; }
    World& world() const { return world_; }
    const BufferSizes& buffers() const { return buffers_; }
    std::size_t send_room() const;
    void set_buffers(const BufferSizes& buffers) { buffers_ = buffers; }
    void failed(std::errc why);
    void close_hard(bool hard = true) { resets_at_close_ = hard; }

    // -- probes (keep_alive.h)
    KeepAlive& keep_alive() { return keep_alive_; }
    bool is_cut_off() const;
    /// Nobody has the other end any more, and whoever sends to it is told so.
    bool peer_is_gone() const;
    void tell_probe() const;

    Address local;
    Address remote;
    bool reuses_port = false;

  private:
    friend class Connection;
    friend class Listener;

    Result<void> connect_unix(const Address& address);
    void knock(int tries);
    void stop_knocking();
    void knock_arrived(Computer& target);
    void refused();
    std::optional<std::error_code> take_failure();
    Flow& outgoing() const { return connection_->flow_from(side_); }
    Flow& incoming() const { return connection_->flow_from(1 - side_); }

    World& world_;
    Computer& host_;
    bool is_unix_;
    BufferSizes buffers_;
    KeepAlive keep_alive_{*this};
    std::shared_ptr<Listener> bound_;  // holds the port, from bind() on
    std::shared_ptr<Connection> connection_;
    int side_ = 0;
    Alarm* next_knock_ = nullptr;  // while it is set
    bool is_connecting_ = false;
    bool is_closed_ = false;
    bool reads_no_more_ = false;
    bool is_broken_ = false;  // reset, timed out or refused
    bool resets_at_close_ = false;
    std::optional<std::errc> failure_;  // until somebody was told
};

}  // namespace co::sim
