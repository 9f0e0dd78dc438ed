#include <co/bytes.h>

namespace co::trace {

std::string_view ByteReader::raw(std::uint64_t length) {
    if (length > bytes_.size() - at_) fail("it ends too early");
    const std::string_view found = bytes_.substr(at_, static_cast<std::size_t>(length));
    at_ += found.size();
    return found;
}

std::uint64_t ByteReader::count(std::size_t least_bytes) {
    const auto count = number<std::uint64_t>();
    if (count > (bytes_.size() - at_) / least_bytes) fail("it ends too early");
    return count;
}

bool ByteReader::takes(std::string_view beginning) {
    if (!bytes_.substr(at_).starts_with(beginning)) return false;
    at_ += beginning.size();
    return true;
}

void ByteReader::end() const {
    if (at_ != bytes_.size()) fail("it goes on after its end");
}

void ByteReader::fail(const std::string& what) const {
    throw BrokenBytes(what + " (byte " + std::to_string(at_) + " of " + std::to_string(bytes_.size()) + ")");
}

}  // namespace co::trace
