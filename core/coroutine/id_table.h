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
        // Those behind the hole move up where their probe sequence starts before it, so that no search stops early.
        for (std::size_t at = next(hole); places_[at]; at = next(at)) {
            std::size_t wanted = home(places_[at]->id);
            bool hole_is_on_the_way = ((at - wanted) & mask()) >= ((at - hole) & mask());
            if (!hole_is_on_the_way) continue;
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

    void put(Pointer item) {
        std::size_t at = home(item->id);
        while (places_[at]) at = next(at);
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
