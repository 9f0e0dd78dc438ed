#include <co/framing.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace co {
namespace {

struct LengthType {
    char letter;
    std::size_t width;
    bool is_signed;
    bool is_big_endian;
};

constexpr bool machine_is_big_endian = std::endian::native == std::endian::big;

constexpr LengthType length_types[] = {
    {'c', 1, true, false},
    {'C', 1, false, false},
    {'s', 2, true, machine_is_big_endian},
    {'S', 2, false, machine_is_big_endian},
    {'n', 2, false, true},
    {'v', 2, false, false},
    {'l', 4, true, machine_is_big_endian},
    {'L', 4, false, machine_is_big_endian},
    {'N', 4, false, true},
    {'V', 4, false, false},
    {'q', 8, true, machine_is_big_endian},
    {'Q', 8, false, machine_is_big_endian},
    {'J', 8, false, true},
    {'P', 8, false, false},
};

const LengthType* find_type(std::string_view letter) {
    if (letter.size() != 1) return nullptr;
    for (const LengthType& type : length_types)
        if (type.letter == letter[0]) return &type;
    return nullptr;
}

std::uint64_t unsigned_number(std::string_view bytes, bool is_big_endian) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char byte = is_big_endian ? bytes[i] : bytes[bytes.size() - 1 - i];
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return number;
}

bool is_negative(std::uint64_t number, const LengthType& type) {
    return type.is_signed && (number >> (type.width * 8 - 1)) != 0;
}

}  // namespace

namespace framing {

Framing eof(std::string delimiter) {
    Framing framing;
    framing.kind = FramingKind::eof;
    framing.delimiter = std::move(delimiter);
    return framing;
}

Framing length_prefix(std::string type, LengthPlace place) {
    Framing framing;
    framing.kind = FramingKind::length;
    framing.length_offset = place.offset;
    framing.body_offset = place.body_offset.value_or(place.offset + width_of(type).value_or(0));
    framing.length_type = std::move(type);
    return framing;
}

std::optional<std::size_t> width_of(std::string_view length_type) {
    const LengthType* type = find_type(length_type);
    return type ? std::optional(type->width) : std::nullopt;
}

}  // namespace framing

std::vector<std::string> complaints(const Framing& framing) {
    std::vector<std::string> found;
    if (framing.max_packet == 0) found.push_back("package_max_length is 0: no packet would ever be short enough");
    if (framing.kind == FramingKind::eof && framing.delimiter.empty())
        found.push_back("package_eof is empty: name the bytes that end a packet");
    if (framing.kind == FramingKind::eof && framing.delimiter.size() > framing.max_packet)
        found.push_back("package_eof is longer than package_max_length");
    if (framing.kind != FramingKind::length) return found;
    const auto width = framing::width_of(framing.length_type);
    if (!width) {
        found.push_back("package_length_type \"" + framing.length_type + "\" is none of c C s S n v l L N V q Q J P");
    } else if (framing.max_packet < *width || framing.length_offset > framing.max_packet - *width) {
        found.push_back("package_length_offset lies behind package_max_length");
    }
    if (framing.body_offset > framing.max_packet) found.push_back("package_body_offset lies behind package_max_length");
    return found;
}

Framer::Framer(Framing framing) : framing_(std::move(framing)) {
    std::string all;
    for (const std::string& complaint : complaints(framing_)) all += (all.empty() ? "" : "; ") + complaint;
    if (!all.empty()) throw std::invalid_argument(all);
}

Framed Framer::next() {
    drop_given();
    if (!refused_.empty()) [[unlikely]]
        return {.status = FrameStatus::refused, .reason = refused_};
    if (buffer_.is_empty()) return {};
    switch (framing_.kind) {
        case FramingKind::none:
            return packet(std::min(buffer_.size(), framing_.max_packet));
        case FramingKind::eof:
            return next_by_delimiter();
        case FramingKind::length:
            return next_by_length();
    }
    return {};
}

Framed Framer::next_by_delimiter() {
    const std::string_view window = buffer_.bytes().substr(0, framing_.max_packet);
    const std::size_t found = window.find(framing_.delimiter, scanned_);
    if (found != std::string_view::npos) return packet(found + framing_.delimiter.size());
    if (window.size() == framing_.max_packet)
        return refuse("no package_eof in the first " + std::to_string(framing_.max_packet) +
                      " bytes (package_max_length)");
    // Its first bytes may be the last ones here.
    const std::size_t may_begin = framing_.delimiter.size() - 1;
    scanned_ = window.size() > may_begin ? window.size() - may_begin : 0;
    return {};
}

Framed Framer::next_by_length() {
    const LengthType& type = *find_type(framing_.length_type);
    const std::size_t end_of_length = framing_.length_offset + type.width;
    if (buffer_.size() < end_of_length) return {};
    const std::string_view field = buffer_.bytes().substr(framing_.length_offset, type.width);
    const std::uint64_t length = unsigned_number(field, type.is_big_endian);
    if (is_negative(length, type)) return refuse("a packet says that its length is negative");
    // body_offset is at most max_packet, so this cannot overflow, whatever the length says.
    if (length > framing_.max_packet - framing_.body_offset)
        return refuse("a packet says that its length is " + std::to_string(length) +
                      ": with its header that is above " + std::to_string(framing_.max_packet) +
                      " bytes (package_max_length)");
    const std::size_t bytes = framing_.body_offset + static_cast<std::size_t>(length);
    if (bytes < end_of_length)
        return refuse("a packet says that its length is " + std::to_string(length) +
                      ": it would end inside of its own header");
    if (buffer_.size() < bytes) return {};
    return packet(bytes);
}

Framed Framer::packet(std::size_t bytes) {
    scanned_ = 0;
    taken_ = bytes;
    return {.status = FrameStatus::packet, .bytes = buffer_.bytes().substr(0, bytes)};
}

Framed Framer::refuse(std::string reason) {
    buffer_.clear();
    refused_ = std::move(reason);
    return {.status = FrameStatus::refused, .reason = refused_};
}

}  // namespace co
