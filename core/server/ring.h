// Ring: a pipe for records from one process to one other, in memory that both have. A record is there whole or not at
// all: whoever dies over one leaves nothing of it, and who comes in its place goes on behind the last whole one.
//
//     Ring ring(memory);                                    // of Ring::bytes, zeroed before the first use
//     if (!ring.push(record)) ring.wish_for_room();         // one process, or thread; it is full
//     for (; !ring.is_empty(); ring.pop()) use(ring.front());   // another one
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace co::server {

class Ring {
  public:
    static constexpr std::size_t capacity = 128 * 1024;       // bytes of records, with what stands around them
    static constexpr std::size_t most_in_record = 32 * 1024;  // bytes
    static const std::size_t bytes;

    Ring() = default;
    /// Throws std::logic_error when the memory is smaller.
    explicit Ring(std::span<std::byte> memory);

    // -- for the one who writes
    /// False: no room. Throws std::logic_error for a record that is empty, or longer than most_in_record.
    bool push(std::string_view record);
    /// Whoever reads is to tell when there is room again. After this one tries once more before one waits: the reader
    /// may have made room just before.
    void wish_for_room();

    // -- for the one who reads
    bool is_empty() const;
    /// Valid until pop(). Empty when there is none.
    std::string_view front();
    void pop();
    /// Whether the writer wishes to be told that there is room; once for each wish.
    bool takes_wish();

  private:
    struct Shared;

    Shared* shared_ = nullptr;
    char* records_ = nullptr;
    // What the other side had come to when it was last looked at: it is looked at again when that is not enough, for
    // each look may have to fetch it from another processor.
    std::uint64_t seen_read_ = 0;
    std::uint64_t seen_written_ = 0;
};

}  // namespace co::server
