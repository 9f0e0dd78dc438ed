#include <co/byte_buffer.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace co {
namespace {
constexpr std::size_t least_capacity = 512;
constexpr std::size_t kept_when_empty = 64 * 1024;  // more than this goes back when nothing is left to hold
}  // namespace

ByteBuffer::ByteBuffer(ByteBuffer&& other) noexcept { *this = std::move(other); }

ByteBuffer& ByteBuffer::operator=(ByteBuffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    capacity_ = std::exchange(other.capacity_, 0);
    begin_ = std::exchange(other.begin_, 0);
    end_ = std::exchange(other.end_, 0);
    return *this;
}

std::span<std::byte> ByteBuffer::room(std::size_t least) {
    if (capacity_ - end_ < least) {
        const bool fits_when_moved = capacity_ - size() >= least && begin_ >= capacity_ / 2;
        move_to(fits_when_moved ? capacity_ : std::max({least_capacity, capacity_ * 2, size() + least}));
    }
    return {reinterpret_cast<std::byte*>(memory_.get() + end_), capacity_ - end_};
}

/// Moves the bytes to the front, of new memory when the capacity is another.
void ByteBuffer::move_to(std::size_t capacity) {
    const std::string_view held = bytes();
    if (capacity == capacity_) {
        std::memmove(memory_.get(), held.data(), held.size());
    } else {
        std::unique_ptr<char[]> larger(new char[capacity]);
        if (!held.empty()) std::memcpy(larger.get(), held.data(), held.size());
        memory_ = std::move(larger);
        capacity_ = capacity;
    }
    begin_ = 0;
    end_ = held.size();
}

void ByteBuffer::filled(std::size_t count) {
    if (count > capacity_ - end_) throw std::logic_error("ByteBuffer::filled(): there was no room for that many bytes");
    end_ += count;
}

void ByteBuffer::append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(room(bytes.size()).data(), bytes.data(), bytes.size());
    filled(bytes.size());
}

void ByteBuffer::drop(std::size_t count) {
    if (count > size()) throw std::logic_error("ByteBuffer::drop(): there are fewer bytes");
    begin_ += count;
    if (is_empty()) clear();
}

void ByteBuffer::clear() {
    begin_ = end_ = 0;
    if (capacity_ <= kept_when_empty) return;
    memory_.reset();
    capacity_ = 0;
}

}  // namespace co
