// IdTable: finds what is alive by its id: coroutines, timers.
//
//     IdTable<Coroutine*> coroutines;
//     coroutines.insert(&coroutine);
//     if (Coroutine* found = coroutines.find(7)) …
//
// Ids count upwards, and most things live for a short time among few that live for long. So neighbours lie side by side
// in chunks: what is inserted now goes where the last one went, however many old ones there are, and a chunk in which
// nothing is left goes. Chunks are found by hashing, with so much room that the first look nearly always hits.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace co {

/// `Pointer` points to something with an `id`: a plain pointer, or a smart one that owns it.
template <typename Pointer>
class IdTable {
  public:
    std::size_t size() const { return size_; }

    /// Null when there is none.
    auto* find(std::uint32_t id) const {
        const Chunk* chunk = chunk_of(id / of_a_chunk);
        const bool is_there = chunk && chunk->items[id % of_a_chunk];
        return is_there ? &*chunk->items[id % of_a_chunk] : nullptr;
    }

    void insert(Pointer item) {
        const std::uint32_t id = item->id;
        Chunk& chunk = is_newest(id / of_a_chunk) ? *newest_ : chunk_for(id / of_a_chunk);
        chunk.items[id % of_a_chunk] = std::move(item);
        ++chunk.used;
        ++size_;
    }

    /// `id` must be there.
    void erase(std::uint32_t id) {
        Chunk& chunk = *chunk_of(id / of_a_chunk);
        --size_;
        [[maybe_unused]] Pointer gone =
            std::exchange(chunk.items[id % of_a_chunk], Pointer());  // destroyed last: it may look into this table
        if (--chunk.used == 0 && &chunk != newest_) drop(chunk.number);
    }

    void clear() { *this = IdTable(); }

    /// How far the farthest chunk lies from where it is looked for first: what a search costs at worst.
    std::size_t longest_way() const {
        std::size_t longest = 0;
        for (std::size_t at = 0; at < places_.size(); ++at)
            if (places_[at]) longest = std::max(longest, (at - home(places_[at]->number)) & (places_.size() - 1));
        return longest;
    }

    /// In no order.
    template <typename Visit>
    void for_each(Visit visit) const {
        for (const std::unique_ptr<Chunk>& chunk : places_) {
            if (!chunk) continue;
            for (const Pointer& item : chunk->items)
                if (item) visit(*item);
        }
    }

  private:
    static constexpr std::uint32_t of_a_chunk = 16;  // ids: two cache lines of pointers
    static constexpr std::size_t first_size = 16;    // a power of two, as all sizes

    struct Chunk {
        std::uint32_t number = 0;  // of the ids in it divided by of_a_chunk
        std::uint32_t used = 0;
        std::array<Pointer, of_a_chunk> items{};
    };

    std::size_t next(std::size_t at) const { return (at + 1) & (places_.size() - 1); }
    /// Fibonacci hashing: numbers that follow each other lie far apart.
    std::size_t home(std::uint32_t number) const {
        return static_cast<std::size_t>(number * std::uint64_t{0x9E3779B97F4A7C15} >> 32) & (places_.size() - 1);
    }
    /// Where it is, or the free place where it belongs.
    std::size_t place_of(std::uint32_t number) const {
        std::size_t at = home(number);
        while (places_[at] && places_[at]->number != number) at = next(at);
        return at;
    }
    bool is_newest(std::uint32_t number) const { return newest_ && newest_->number == number; }
    Chunk* chunk_of(std::uint32_t number) const {
        return is_newest(number) ? newest_ : places_[place_of(number)].get();
    }

    /// The chunk, made if it is not there: then it is the newest.
    [[gnu::noinline]] Chunk& chunk_for(std::uint32_t number) {
        std::size_t at = place_of(number);
        if (places_[at]) return *places_[at];
        const Chunk* before = newest_;
        if ((++chunks_ + 1) * 2 > places_.size()) {
            grow();
            at = place_of(number);
        }
        places_[at] = spare_ ? std::move(spare_) : std::make_unique<Chunk>();
        newest_ = places_[at].get();
        newest_->number = number;
        if (before && before->used == 0) drop(before->number);
        return *newest_;
    }

    [[gnu::noinline]] void drop(std::uint32_t number) {
        std::size_t hole = place_of(number);
        spare_ = std::move(places_[hole]);
        --chunks_;
        // Whoever stands behind the hole, and would have had that place or one before it, moves up.
        for (std::size_t at = next(hole); places_[at]; at = next(at)) {
            const std::size_t mask = places_.size() - 1;
            const std::size_t from_home = (at - home(places_[at]->number)) & mask;
            if (from_home < ((at - hole) & mask)) continue;
            places_[hole] = std::move(places_[at]);
            hole = at;
        }
    }

    void grow() {
        auto before = std::exchange(places_, std::vector<std::unique_ptr<Chunk>>(places_.size() * 2));
        for (std::unique_ptr<Chunk>& chunk : before)
            if (chunk) {
                const std::size_t at = place_of(chunk->number);
                places_[at] = std::move(chunk);
            }
    }

    std::vector<std::unique_ptr<Chunk>> places_ = std::vector<std::unique_ptr<Chunk>>(first_size);
    std::unique_ptr<Chunk> spare_{};  // the one that went last
    Chunk* newest_ = nullptr;         // stays when it is empty
    std::size_t chunks_ = 0;
    std::size_t size_ = 0;
};

}  // namespace co
