// CoroutineTable: finds the coroutines that are alive by their ids.
//
// Ids count upwards and most coroutines live for a short time, so an id's low bits are nearly always a free place of
// their own: an open table with linear probing finds it at the first look, without an allocation for each coroutine.
#pragma once

#include <bit>
#include <cstddef>
#include <utility>
#include <vector>

#include "coroutine_record.h"

namespace co {

class CoroutineTable {
  public:
    std::size_t size() const { return size_; }

    Coroutine* find(CoroutineId id) const {
        for (std::size_t at = home(id); places_[at]; at = next(at))
            if (places_[at]->id == id) return places_[at];
        return nullptr;
    }

    void insert(Coroutine& coroutine) {
        if ((size_ + 1) * 2 > places_.size()) grow();
        put(coroutine);
        ++size_;
    }

    void erase(CoroutineId id) {
        std::size_t hole = home(id);
        while (places_[hole]->id != id) hole = next(hole);
        --size_;
        // Those behind the hole move up where their probe sequence starts before it, so that no search stops early.
        for (std::size_t at = next(hole); places_[at]; at = next(at)) {
            std::size_t wanted = home(places_[at]->id);
            bool hole_is_on_the_way = ((at - wanted) & mask()) >= ((at - hole) & mask());
            if (hole_is_on_the_way) places_[std::exchange(hole, at)] = places_[at];
        }
        places_[hole] = nullptr;
    }

    template <typename Visit>
    void for_each(Visit visit) const {
        for (Coroutine* coroutine : places_)
            if (coroutine) visit(*coroutine);
    }

  private:
    std::size_t mask() const { return places_.size() - 1; }
    std::size_t home(CoroutineId id) const { return id & mask(); }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }

    void put(Coroutine& coroutine) {
        std::size_t at = home(coroutine.id);
        while (places_[at]) at = next(at);
        places_[at] = &coroutine;
    }

    void grow() {
        std::vector<Coroutine*> old = std::exchange(places_, std::vector<Coroutine*>(places_.size() * 2));
        for (Coroutine* coroutine : old)
            if (coroutine) put(*coroutine);
    }

    std::vector<Coroutine*> places_ = std::vector<Coroutine*>(64);  // a power of two
    std::size_t size_ = 0;
};

}  // namespace co
