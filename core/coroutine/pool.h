// Pool: room for many things of one type that come and go: neighbours in memory, without a call of malloc for each.
//
//     Pool<Timer> pool;
//     Timer& timer = pool.make();
//     …
//     pool.destroy(timer);
//
// The room itself is kept until the pool ends. Whoever makes things destroys them before.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace co {

template <typename T>
class Pool {
  public:
    Pool() = default;
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    T& make() {
        if (!free_ && fresh_ == end_) [[unlikely]]
            grow();
        void* place = free_ ? static_cast<void*>(std::exchange(free_, free_->next)) : fresh_++;
        return *::new (place) T;
    }
    void destroy(T& thing) {
        thing.~T();
        free_ = ::new (static_cast<void*>(&thing)) Free{free_};
    }

  private:
    struct Free {
        Free* next;
    };
    struct alignas(T) Place {
        std::byte bytes[sizeof(T)];
    };
    static_assert(sizeof(T) >= sizeof(Free));
    static constexpr std::size_t most_at_once = 1024;

    void grow() {
        chunks_.push_back(std::unique_ptr<Place[]>(new Place[next_count_]));
        fresh_ = chunks_.back().get();
        end_ = fresh_ + next_count_;
        next_count_ = std::min(next_count_ * 2, most_at_once);
    }

    Free* free_ = nullptr;    // who was destroyed last: warm in the cache
    Place* fresh_ = nullptr;  // never used yet, up to end_
    Place* end_ = nullptr;
    std::vector<std::unique_ptr<Place[]>> chunks_;
    std::size_t next_count_ = 16;
};

}  // namespace co
