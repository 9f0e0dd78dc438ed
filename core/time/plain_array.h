// PlainArray: what std::vector is, for plain data that may grow large.
//
//     PlainArray<Node> nodes;
//     nodes.push_back({deadline, order, slot});
//     nodes[0].deadline
//
// It grows by realloc(), which moves a large block by mapping its pages elsewhere; std::vector would touch as many
// fresh pages as it copies, and a first touch costs more than anything else that is done with 100,000 timers.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>

namespace co {

template <typename T>
class PlainArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    PlainArray() = default;
    PlainArray(const PlainArray&) = delete;
    PlainArray& operator=(const PlainArray&) = delete;
    ~PlainArray() { std::free(items_); }

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    T& operator[](std::size_t at) { return items_[at]; }
    const T& operator[](std::size_t at) const { return items_[at]; }

    void push_back(const T& item) {
        if (size_ == capacity_) [[unlikely]]
            grow();
        items_[size_++] = item;
    }
    void pop_back() { --size_; }

    /// Keeps the order of the others.
    template <typename Condition>
    void erase_if(Condition condition) {
        std::size_t kept = 0;
        for (std::size_t at = 0; at < size_; ++at)
            if (!condition(items_[at])) items_[kept++] = items_[at];
        size_ = kept;
    }

  private:
    void grow() {
        std::size_t wanted = capacity_ ? capacity_ * 2 : 16;
        void* moved = std::realloc(static_cast<void*>(items_), wanted * sizeof(T));
        if (!moved) throw std::bad_alloc();
        items_ = static_cast<T*>(moved);
        capacity_ = wanted;
    }

    T* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace co
