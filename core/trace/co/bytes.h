// ByteWriter, ByteReader: values as bytes, little endian, the same on every machine; what traces and saved runs are
// made of.
//
//     co::trace::ByteWriter out;
//     out.number(std::uint32_t{7});
//     out.text("tea");
//     co::trace::ByteReader in(out.bytes());
//     std::uint32_t seven = in.number<std::uint32_t>();
//     std::string_view tea = in.text();
//
// The bytes may come from anywhere: a reader throws BrokenBytes rather than believe a length that can't be.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace co::trace {

/// The bytes are not what they should be; says what, and where.
struct BrokenBytes : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class ByteWriter {
  public:
    template <std::integral Integer>
    void number(Integer value) {
        auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
        for (std::size_t i = 0; i < sizeof(Integer); ++i) {
            bytes_.push_back(static_cast<char>(bits & 0xFF));
            bits = static_cast<decltype(bits)>(bits >> (sizeof(Integer) > 1 ? 8 : 0));
        }
    }
    /// With its length.
    void text(std::string_view text) {
        number(static_cast<std::uint64_t>(text.size()));
        raw(text);
    }
    void raw(std::string_view bytes) { bytes_.append(bytes); }

    const std::string& bytes() const { return bytes_; }
    std::string take() { return std::exchange(bytes_, {}); }

  private:
    std::string bytes_;
};

/// The number that begins at `bytes`.
template <std::integral Integer>
Integer from_little_endian(const char* bytes) {
    std::make_unsigned_t<Integer> bits = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&bits, bytes, sizeof bits);  // one load, where the loop below is one for each byte
    } else {
        for (std::size_t i = sizeof bits; i > 0; --i)
            bits = static_cast<decltype(bits)>(static_cast<std::uint64_t>(bits) << 8 |
                                               static_cast<unsigned char>(bytes[i - 1]));
    }
    return static_cast<Integer>(bits);
}

class ByteReader {
  public:
    /// `bytes` must outlive the reader.
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    template <std::integral Integer>
    Integer number() {
        return from_little_endian<Integer>(raw(sizeof(Integer)).data());
    }
    std::string_view text() { return raw(number<std::uint64_t>()); }
    /// How many items follow, each of at least `least_bytes`.
    std::uint64_t count(std::size_t least_bytes);
    std::string_view raw(std::uint64_t length);
    /// Whether `beginning` follows; takes it then.
    bool takes(std::string_view beginning);
    bool is_at_end() const { return at_ >= bytes_.size(); }
    /// Throws BrokenBytes when something is left.
    void end() const;
    [[noreturn]] void fail(const std::string& what) const;

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace co::trace
