// ByteBuffer: bytes that come in at the end and go out at the front, in one piece of memory.
//
//     co::ByteBuffer received;
//     std::span<std::byte> room = received.room(4096);      // read straight into it …
//     received.filled(read_into(room));                     // … and say how much it was
//     received.drop(parse(received.bytes()));               // what has been dealt with goes
//
// Dropping moves an offset; bytes are moved only when the room at the end is used up.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace co {

class ByteBuffer {
  public:
    ByteBuffer() = default;
    ByteBuffer(ByteBuffer&& other) noexcept;
    ByteBuffer& operator=(ByteBuffer&& other) noexcept;

    /// What is in it; valid until room() or append().
    std::string_view bytes() const { return {memory_.get() + begin_, size()}; }
    std::size_t size() const { return end_ - begin_; }
    bool is_empty() const { return begin_ == end_; }
    std::size_t capacity() const { return capacity_; }

    /// At least `least` bytes of room behind the last byte. Their content is undefined.
    std::span<std::byte> room(std::size_t least) {
        if (capacity_ - end_ < least) [[unlikely]]
            make_room(least);
        return {reinterpret_cast<std::byte*>(memory_.get() + end_), capacity_ - end_};
    }
    /// The first `count` bytes of the room are data now. Throws std::logic_error when there is no such room.
    void filled(std::size_t count) {
        if (count > capacity_ - end_) [[unlikely]]
            no_such_room();
        end_ += count;
    }
    void append(std::string_view bytes);
    /// Forgets the first `count` bytes. Throws std::logic_error when there are fewer.
    void drop(std::size_t count) {
        if (count > size()) [[unlikely]]
            too_few();
        begin_ += count;
        if (is_empty()) clear();
    }
    /// Forgets all bytes, and returns the memory when it is much.
    void clear() {
        begin_ = end_ = 0;
        if (capacity_ > kept_when_empty) [[unlikely]]
            free_memory();
    }

  private:
    static constexpr std::size_t kept_when_empty = 64 * 1024;  // more than this goes back when nothing is left to hold

    void make_room(std::size_t least);
    void free_memory();
    [[noreturn, gnu::cold]] static void no_such_room();
    [[noreturn, gnu::cold]] static void too_few();
    void move_to(std::size_t capacity);

    std::unique_ptr<char[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace co
