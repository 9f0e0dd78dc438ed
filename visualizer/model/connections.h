// Connections: the connections of a run, and what lies where on each: written and not yet on its way, on its way,
// arrived and not yet read.
//
//     connections.take(event, step, trace);             // each step's event, in order
//     const auto end = connections.find(4, 22, step);
//     connections.flow(*end, step).waiting()            // bytes in the buffer of who receives from it
//
// Sends are not receives: three writes may be one segment, and one read. So each is counted by itself.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <co/trace.h>

namespace co::studio {

/// One direction of a connection, from its beginning up to a step.
struct Flow {
    std::uint64_t written = 0;  // bytes, by the sender
    std::uint64_t left = 0;     // bytes that are on their way, or have arrived
    std::uint64_t arrived = 0;  // bytes in the receiver's buffer, or read
    std::uint64_t read = 0;     // bytes
    std::uint32_t writes = 0, segments = 0, lost = 0, reads = 0, packets = 0;
    bool has_ended = false;  // the receiver knows that no more will come

    std::uint64_t unsent() const { return written > left ? written - left : 0; }
    std::uint64_t on_its_way() const { return left > arrived ? left - arrived : 0; }
    /// In the sender's buffer: all that it has not been told of as received.
    std::uint64_t kept() const { return unsent() + on_its_way(); }
    /// In the receiver's buffer.
    std::uint64_t waiting() const { return arrived > read ? arrived - read : 0; }
    friend bool operator==(const Flow&, const Flow&) = default;
};

/// Who holds one end, and since and until when.
struct ConnectionEnd {
    std::uint32_t process = co::trace::nobody;  // nobody: it is outside of the trace
    std::uint32_t fd = 0;
    std::string address{};
    std::uint32_t opened_step = 0;
    std::uint32_t closed_step = UINT32_MAX;
};

struct Connection {
    std::array<ConnectionEnd, 2> ends;  // who connected, who accepted
    bool is_near = false;               // both on one computer: nothing is ever on its way
    std::uint64_t fullest = 1;          // bytes: the most that ever lay in one of its buffers
};

/// One end of one connection.
struct EndOf {
    std::size_t connection = 0;
    std::size_t side = 0;
    friend bool operator==(const EndOf&, const EndOf&) = default;
};

/// A simulated computer.
struct Computer {
    std::uint32_t number = 0;
    std::uint32_t name = 0;  // text
    std::uint32_t step = 0;  // since when there is one
};

class Connections {
  public:
    void take(const co::trace::Event& event, std::uint32_t step, const co::trace::Trace& trace);

    const std::vector<Connection>& all() const { return all_; }
    const std::vector<Computer>& computers() const { return computers_; }
    /// Whether nothing gets from one computer to the other.
    bool is_cut(std::uint32_t from, std::uint32_t to, std::uint32_t step) const;
    /// Which end that descriptor of the process is at that step; nothing: it is none.
    std::optional<EndOf> find(std::uint32_t process, std::uint32_t fd, std::uint32_t step) const;
    /// What went out of that end up to the step.
    Flow flow(const EndOf& from, std::uint32_t step) const;

  private:
    struct Change {
        std::uint32_t step;
        Flow flow;
    };
    struct History {
        std::array<std::vector<Change>, 2> out;  // of each end
    };

    std::uint32_t owner(std::uint32_t process) const;
    void open(const co::trace::Event& event, std::uint32_t step, std::string_view way);
    void accept(const co::trace::Event& event, std::uint32_t step, std::string_view way);
    EndOf add(std::string_view from, std::string_view to);
    void hold(const EndOf& end, const co::trace::Event& event, std::uint32_t step);
    void close(const co::trace::Event& event, std::uint32_t step);
    void use(const co::trace::Event& event, std::uint32_t step);
    void move(const co::trace::Event& event, std::uint32_t step, std::string_view way);
    void frame(const co::trace::Event& event, std::uint32_t step);
    Flow& change(const EndOf& from, std::uint32_t step);
    void note_fill(std::size_t connection, const Flow& flow);

    /// The way between two computers is cut from that step on, or whole again.
    struct Partition {
        std::uint32_t step, from, to;
        bool is_cut;
    };
    void meet(const co::trace::Event& host, std::uint32_t step);

    std::vector<Computer> computers_;
    std::vector<Partition> partitions_;
    using Key = std::pair<std::uint32_t, std::uint32_t>;  // process, descriptor
    std::vector<Connection> all_;
    std::vector<History> histories_;
    std::map<Key, std::vector<EndOf>> ends_;          // all that a descriptor ever was
    std::map<std::string, EndOf, std::less<>> ways_;  // "10.0.0.2:32768 > 10.0.0.1:9501": out of which end
    std::map<std::uint32_t, std::uint32_t> threads_;  // of which process
    std::map<std::uint32_t, EndOf> accepted_;         // by process: the latest, which a session begins with
    std::map<std::uint32_t, EndOf> sessions_;
};

}  // namespace co::studio
