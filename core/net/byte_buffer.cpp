#include <co/byte_buffer.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace co {
namespace {
constexpr std::size_t least_capacity = 512;
}  // namespace

ByteBuffer::ByteBuffer(ByteBuffer&& other) noexcept { *this = std::move(other); }

ByteBuffer& ByteBuffer::operator=(ByteBuffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    capacity_ = std::exchange(other.capacity_, 0);
    begin_ = std::exchange(other.begin_, 0);
    end_ = std::exchange(other.end_, 0);
    return *this;
}

void ByteBuffer::make_room(std::size_t least) {
    const bool fits_when_moved = capacity_ - size() >= least && begin_ >= capacity_ / 2;
    move_to(fits_when_moved ? capacity_ : std::max({least_capacity, capacity_ * 2, size() + least}));
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

void ByteBuffer::append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(room(bytes.size()).data(), bytes.data(), bytes.size());
    filled(bytes.size());
}

void ByteBuffer::free_memory() {
    memory_.reset();
    capacity_ = 0;
}

void ByteBuffer::no_such_room() {
    throw std::logic_error("ByteBuffer::filled(): there was no room for that many bytes");
}

void ByteBuffer::too_few() { throw std::logic_error("ByteBuffer::drop(): there are fewer bytes"); }

}  // namespace co
