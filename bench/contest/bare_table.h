// BareTable: what a table in shared memory takes at the very least: an array that a hash leads into, and a lock word
// for each row. A holder that dies tears its row and stops everybody; a key is two words.
//
//     BareTable table(rows);
//     table.set("user-7", {.number = 1, .bytes = 4, .text = "Anna"});
//     table.get("user-7", row);
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace co::bench {

struct BareRow {
    std::int64_t number;
    std::uint32_t bytes;
    char text[16];
};

class BareTable {
  public:
    explicit BareTable(std::size_t rows) : mask_(std::bit_ceil(2 * rows) - 1) {
        void* memory =
            mmap(nullptr, (mask_ + 1) * sizeof(Slot), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) std::abort();
        slots_ = static_cast<Slot*>(memory);  // zeros: free
    }

    void set(std::string_view text, const BareRow& row) {
        const Key key(text);
        for (std::size_t place = key.hash();; ++place) {
            Slot& slot = slots_[place & mask_];
            lock(slot);
            if (slot.key.bytes == 0) slot.key = key;
            const bool is_it = slot.key == key;
            if (is_it) slot.row = row;
            slot.lock.store(0, std::memory_order_release);
            if (is_it) return;
        }
    }

    bool get(std::string_view text, BareRow& row) const {
        const Key key(text);
        for (std::size_t place = key.hash();; ++place) {
            Slot& slot = slots_[place & mask_];
            lock(slot);
            const bool is_it = slot.key == key;
            const bool is_free = slot.key.bytes == 0;
            if (is_it) row = slot.row;
            slot.lock.store(0, std::memory_order_release);
            if (is_it || is_free) return is_it;
        }
    }

  private:
    /// 8 to 16 bytes: the first and the last eight of them, which may overlap.
    struct Key {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::uint64_t bytes = 0;

        explicit Key(std::string_view text) : bytes(text.size()) {
            std::memcpy(&first, text.data(), sizeof(first));
            std::memcpy(&last, text.data() + text.size() - sizeof(last), sizeof(last));
        }
        bool operator==(const Key&) const = default;
        std::size_t hash() const {
            const std::uint64_t both = first * 31 ^ last;
            return static_cast<std::size_t>((both ^ both >> 32) * 0xD6E8FEB86659FD93ull >> 32);
        }
    };
    struct alignas(64) Slot {
        std::atomic<std::uint32_t> lock;
        Key key;
        BareRow row;
    };

    static void lock(Slot& slot) {
        std::uint32_t free = 0;
        while (!slot.lock.compare_exchange_weak(free, 1, std::memory_order_acquire)) free = 0;
    }

    std::size_t mask_;
    Slot* slots_;
};

}  // namespace co::bench
