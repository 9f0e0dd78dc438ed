// IdTable: finds what is alive by its id: coroutines, timers.
//
//     IdTable<Coroutine*> coroutines;
//     coroutines.insert(&coroutine);
//     if (Coroutine* found = coroutines.find(7)) …
//
// Ids count upwards and most things live for a short time, so an id's low bits are nearly always a free place of their
// own: an open table with linear probing finds it at the first look, without an allocation for each.
#pragma once

#include <cstddef>
#include <cstdint>
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
        std::size_t at = home(id);
        while (places_[at] && places_[at]->id != id) at = next(at);
        return places_[at] ? &*places_[at] : nullptr;
    }

    void insert(Pointer item) {
        if ((size_ + 1) * 2 > places_.size()) grow();
        put(std::move(item));
        ++size_;
    }

    /// `id` must be there.
    void erase(std::uint32_t id) {
        std::size_t hole = home(id);
        while (places_[hole]->id != id) hole = next(hole);
        --size_;
        [[maybe_unused]] Pointer gone =
            std::exchange(places_[hole], Pointer());  // destroyed last: it may look into this table
        // Those behind the hole move up by one, as far as somebody stands in its own home: nobody behind that one has
        // passed the hole, because put() keeps the homes in order.
        for (std::size_t at = next(hole); places_[at] && home(places_[at]->id) != at; at = next(at)) {
            places_[hole] = std::exchange(places_[at], Pointer());
            hole = at;
        }
    }

    void clear() {
        places_.assign(first_size, Pointer());
        size_ = 0;
    }

    template <typename Visit>
    void for_each(Visit visit) const {
        for (const Pointer& item : places_)
            if (item) visit(*item);
    }

  private:
    static constexpr std::size_t first_size = 64;  // a power of two, as all sizes

    std::size_t mask() const { return places_.size() - 1; }
    std::size_t home(std::uint32_t id) const { return id & mask(); }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }

    /// Who is farther from home takes the place (Robin Hood hashing): then homes ascend along every row of neighbours.
    void put(Pointer item) {
        std::size_t at = home(item->id);
        for (std::size_t distance = 0; places_[at]; at = next(at), ++distance) {
            std::size_t other_distance = (at - home(places_[at]->id)) & mask();
            if (other_distance >= distance) continue;
            std::swap(item, places_[at]);
            distance = other_distance;
        }
        places_[at] = std::move(item);
    }

    void grow() {
        std::vector<Pointer> old = std::exchange(places_, std::vector<Pointer>(places_.size() * 2));
        for (Pointer& item : old)
            if (item) put(std::move(item));
    }

    std::vector<Pointer> places_ = std::vector<Pointer>(first_size);
    std::size_t size_ = 0;
};

}  // namespace co
