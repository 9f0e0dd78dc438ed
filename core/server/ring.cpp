#include "ring.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace co::server {

// Where reading and writing have come to, in bytes since the beginning; never reset, so that full and empty differ.
// Each on a cache line of its own: two processors write them. Of the writer's wish and the reader's look for it the
// later one exchanges what the earlier one left there, and so sees all that the other had done before: neither misses
// the other.
struct Ring::Shared {
    alignas(64) std::atomic<std::uint64_t> written;
    alignas(64) std::atomic<std::uint64_t> read;
    alignas(64) std::atomic<std::uint32_t> wish;  // for room
};

const std::size_t Ring::bytes = sizeof(Shared) + capacity;

namespace {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "an atomic with a lock works in one process only");

using Length = std::uint32_t;
constexpr Length to_the_start = ~Length{0};  // instead of a length: the next record lies at the memory's start
constexpr std::size_t step = 8;              // records begin at multiples of it, so a length is never cut

static_assert(Ring::capacity % step == 0 && Ring::capacity >= 4 * Ring::most_in_record,
              "a record with what it skips before it finds room at least when the ring is empty");

constexpr std::size_t room_for(std::size_t record) { return (sizeof(Length) + record + step - 1) / step * step; }

Length length_at(const char* place) {
    Length length = 0;
    std::memcpy(&length, place, sizeof(length));
    return length;
}

void set_length(char* place, Length length) { std::memcpy(place, &length, sizeof(length)); }

}  // namespace

Ring::Ring(std::span<std::byte> memory)
    : shared_(reinterpret_cast<Shared*>(memory.data())),
      records_(reinterpret_cast<char*>(memory.data() + sizeof(Shared))) {
    if (memory.size() < bytes) throw std::logic_error("Ring: the memory is too small");
}

bool Ring::push(std::string_view record) {
    if (record.empty() || record.size() > most_in_record)
        throw std::logic_error("Ring: a record of " + std::to_string(record.size()) + " bytes");
    std::uint64_t written = shared_->written.load(std::memory_order_relaxed);  // nobody else writes it
    const std::size_t needed = room_for(record.size());
    const std::size_t place = written % capacity;
    const std::size_t skipped = capacity - place < needed ? capacity - place : 0;
    const std::uint64_t end = written + skipped + needed;
    if (end - seen_read_ > capacity) seen_read_ = shared_->read.load(std::memory_order_acquire);
    if (end - seen_read_ > capacity) return false;
    if (skipped > 0) set_length(records_ + place, to_the_start);
    written += skipped;
    char* start = records_ + written % capacity;
    set_length(start, static_cast<Length>(record.size()));
    std::memcpy(start + sizeof(Length), record.data(), record.size());
    shared_->written.store(end, std::memory_order_release);  // only now is any of it there
    return true;
}

void Ring::wish_for_room() { shared_->wish.exchange(1); }

bool Ring::is_empty() const {
    const std::uint64_t read = shared_->read.load(std::memory_order_relaxed);  // nobody else writes it
    return read >= seen_written_ && read == shared_->written.load(std::memory_order_acquire);
}

std::string_view Ring::front() {
    const std::uint64_t read = shared_->read.load(std::memory_order_relaxed);
    if (read >= seen_written_) seen_written_ = shared_->written.load(std::memory_order_acquire);
    if (read == seen_written_) return {};
    const std::size_t place = read % capacity;
    const Length length = length_at(records_ + place);
    if (length != to_the_start) return {records_ + place + sizeof(Length), length};
    return {records_ + sizeof(Length), length_at(records_)};
}

void Ring::pop() {
    if (is_empty()) return;
    std::uint64_t read = shared_->read.load(std::memory_order_relaxed);  // nobody else writes it
    const std::size_t place = read % capacity;
    Length length = length_at(records_ + place);
    if (length == to_the_start) {
        read += capacity - place;
        length = length_at(records_);
    }
    shared_->read.store(read + room_for(length), std::memory_order_release);
}

bool Ring::takes_wish() { return shared_->wish.exchange(0) != 0; }

}  // namespace co::server
