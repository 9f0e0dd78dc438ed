// IdTable: finds what is alive by its id: coroutines, timers.
//
//     IdTable<Coroutine*> coroutines;
//     coroutines.insert(&coroutine);
//     if (Coroutine* found = coroutines.find(7)) …
//
// Ids count upwards and most things live for a short time, so an id's low bits are nearly always a free place of their
// own: an open table with linear probing finds it at the first look, without an allocation for each. The ids lie in the
// table, too: what they name is not looked at, for it may lie in memory that was not touched for long.
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
        while (items_[at] && ids_[at] != id) at = next(at);
        return items_[at] ? &*items_[at] : nullptr;
    }

    void insert(Pointer item) {
        if ((size_ + 1) * 8 > items_.size() * 7) grow();
        std::uint32_t id = item->id;
        put(id, std::move(item));
        ++size_;
    }

    /// `id` must be there.
    void erase(std::uint32_t id) {
        std::size_t hole = home(id);
        while (ids_[hole] != id || !items_[hole]) hole = next(hole);
        --size_;
        [[maybe_unused]] Pointer gone =
            std::exchange(items_[hole], Pointer());  // destroyed last: it may look into this table
        // Those behind the hole move up by one, as far as somebody stands in its own home: nobody behind that one has
        // passed the hole, because put() keeps the homes in order.
        for (std::size_t at = next(hole); items_[at] && home(ids_[at]) != at; at = next(at)) {
            items_[hole] = std::exchange(items_[at], Pointer());
            ids_[hole] = ids_[at];
            hole = at;
        }
    }

    void clear() {
        items_.assign(first_size, Pointer());
        ids_.assign(first_size, 0);
        size_ = 0;
    }

    template <typename Visit>
    void for_each(Visit visit) const {
        for (const Pointer& item : items_)
            if (item) visit(*item);
    }

  private:
    static constexpr std::size_t first_size = 64;  // a power of two, as all sizes

    std::size_t mask() const { return items_.size() - 1; }
    std::size_t home(std::uint32_t id) const { return id & mask(); }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }

    /// Who is farther from home takes the place (Robin Hood hashing): then homes ascend along every row of neighbours.
    void put(std::uint32_t id, Pointer item) {
        std::size_t at = home(id);
        for (std::size_t distance = 0; items_[at]; at = next(at), ++distance) {
            std::size_t other_distance = (at - home(ids_[at])) & mask();
            if (other_distance >= distance) continue;
            std::swap(item, items_[at]);
            std::swap(id, ids_[at]);
            distance = other_distance;
        }
        items_[at] = std::move(item);
        ids_[at] = id;
    }

    void grow() {
        auto items = std::exchange(items_, std::vector<Pointer>(items_.size() * 2));
        auto ids = std::exchange(ids_, std::vector<std::uint32_t>(ids_.size() * 2));
        for (std::size_t at = 0; at < items.size(); ++at)
            if (items[at]) put(ids[at], std::move(items[at]));
    }

    std::vector<Pointer> items_ = std::vector<Pointer>(first_size);
    std::vector<std::uint32_t> ids_ = std::vector<std::uint32_t>(first_size);
    std::size_t size_ = 0;
};

}  // namespace co
