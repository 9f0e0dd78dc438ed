// Framing: where one packet of a byte stream ends and the next begins. A stream knows no packets: three sends may
// arrive as one piece, and one send in three.
//
//     co::Framer framer(co::framing::eof("\r\n"));
//     framer.feed("one\r\ntw");
//     co::Framed packet = framer.next();      // packet.bytes is "one\r\n"
//     packet = framer.next();                 // packet.status is FrameStatus::incomplete
//     framer.feed("o\r\n");                   // now there is a second one
//
// Pure bytes in, packets out: servers and clients use the same. (Tutorial 1.3.9.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <co/byte_buffer.h>

namespace co {

enum class FramingKind : std::uint8_t {
    none,    // whatever arrived is a packet
    eof,     // a packet ends with a delimiter, which belongs to it
    length,  // a packet tells its own length
};

struct Framing {
    FramingKind kind = FramingKind::none;
    std::string delimiter;             // eof
    std::string length_type = "N";     // length: a letter of pack(), see below
    std::size_t length_offset = 0;     // length: where that number begins
    std::size_t body_offset = 4;       // length: from where on it counts
    std::size_t max_packet = 2 << 20;  // bytes, with delimiter or header

    friend bool operator==(const Framing&, const Framing&) = default;
};

namespace framing {

/// Where a length stands in its packet, and what it counts.
struct LengthPlace {
    std::size_t offset = 0;
    std::optional<std::size_t> body_offset{};  // unset: behind the length itself, so it counts the body alone
};

inline Framing none() { return {}; }
/// Packets that end with `delimiter`.
Framing eof(std::string delimiter);
/// Packets of body_offset + length bytes. The type is one letter of pack(): c C 8 bits, s S n v 16 bits, l L N V
/// 32 bits, q Q J P 64 bits; c s l q are signed; n N J have the highest byte first, v V P the lowest, the others are as
/// the machine has them.
Framing length_prefix(std::string type, LengthPlace place = {});
/// The width in bytes of a pack() type; none when there is no such letter.
std::optional<std::size_t> width_of(std::string_view length_type);

}  // namespace framing

/// What is wrong with these settings, a sentence each; empty when they can be used.
std::vector<std::string> complaints(const Framing& framing);

enum class FrameStatus : std::uint8_t { packet, incomplete, refused };

struct Framed {
    FrameStatus status = FrameStatus::incomplete;
    std::string_view bytes = {};  // of a packet; valid until the next feed() or room()
    std::string reason = {};      // why the stream was refused
};

/// Cuts one stream into packets. Once it has refused a stream, nothing more comes out of it: where the next packet
/// begins is unknown, so the connection has to be closed.
class Framer {
  public:
    /// Throws std::invalid_argument with every complaint.
    explicit Framer(Framing framing);

    /// Where the next bytes may be read to, without a copy; then say how many they were.
    std::span<std::byte> room(std::size_t least) {
        drop_given();
        return buffer_.room(least);
    }
    void filled(std::size_t count) { buffer_.filled(count); }
    void feed(std::string_view bytes) { buffer_.append(bytes); }

    /// The next packet, if all of it has arrived. It costs no copy.
    Framed next();

    /// Bytes of packets that next() has not given yet.
    std::size_t buffered() const { return buffer_.size() - taken_; }
    const Framing& framing() const { return framing_; }

  private:
    void drop_given() { buffer_.drop(std::exchange(taken_, 0)); }
    Framed next_by_delimiter();
    Framed next_by_length();
    Framed packet(std::size_t bytes);
    [[gnu::cold]] Framed refuse(std::string reason);

    Framing framing_;
    ByteBuffer buffer_;
    std::size_t taken_ = 0;  // bytes of the packet that was given last: they go with the next call of room() or next()
    std::size_t scanned_ = 0;  // in the bytes that follow, no delimiter begins before
    std::string refused_;
};

}  // namespace co
