// Callable: a function to be called once or more, owned, movable, without a second allocation where it is small.
//
//     co::Callable action = [lines = std::move(lines)] { print(lines); };   // move-only captures are fine
//     action();
//
// What std::move_only_function<void()> will be in C++23. A type that says `static constexpr bool moves_by_copy = true`
// is moved by copying its bytes, and what it was moved from is forgotten: right for what is but a pointer to its own.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace co {

class Callable {
  public:
    Callable() = default;
    template <typename Function>
    requires(!std::same_as<std::remove_cvref_t<Function>, Callable> && std::invocable<Function&>)
        Callable(Function&& function) {
        using Held = std::decay_t<Function>;
        std::memset(storage_, 0, storage_bytes);  // take() copies all of it, whatever its size
        if constexpr (fits_inside<Held>) {
            ::new (static_cast<void*>(storage_)) Held(std::forward<Function>(function));
            operations_ = &inside_operations<Held>;
        } else {
            ::new (static_cast<void*>(storage_)) Held*(new Held(std::forward<Function>(function)));
            operations_ = &outside_operations<Held>;
        }
    }
    Callable(Callable&& other) noexcept { take(other); }
    Callable& operator=(Callable&& other) noexcept {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    ~Callable() { reset(); }

    explicit operator bool() const { return operations_ != nullptr; }
    void operator()() { operations_->call(storage_); }

    void reset() {
        const Operations* operations = std::exchange(operations_, nullptr);
        if (operations && operations->destroy) operations->destroy(storage_);
    }

  private:
    static constexpr std::size_t storage_bytes = 6 * sizeof(void*);

    template <typename Held>
    static constexpr bool moves_by_copy = std::is_trivially_copyable_v<Held> || requires {
        requires Held::moves_by_copy;
    };
    template <typename Held>
    static constexpr bool fits_inside = sizeof(Held) <= storage_bytes &&
                                        alignof(Held) <= alignof(void*) && std::is_nothrow_move_constructible_v<Held>;

    struct Operations {
        void (*call)(void*);
        void (*move)(void* from, void* to);  // leaves `from` destroyed; null: copying the bytes does it
        void (*destroy)(void*);              // null: nothing to do
    };                                       // Null where it can be: a call through a pointer costs more than 48 bytes.

    template <typename Held>
    static constexpr Operations operations_inside() {
        Operations operations{[](void* held) { (*static_cast<Held*>(held))(); }, nullptr, nullptr};
        if constexpr (!moves_by_copy<Held>)
            operations.move = [](void* from, void* to) {
                ::new (to) Held(std::move(*static_cast<Held*>(from)));
                static_cast<Held*>(from)->~Held();
            };
        if constexpr (!std::is_trivially_destructible_v<Held>)
            operations.destroy = [](void* held) { static_cast<Held*>(held)->~Held(); };
        return operations;
    }
    template <typename Held>
    static constexpr Operations inside_operations = operations_inside<Held>();

    template <typename Held>
    static constexpr Operations outside_operations{[](void* held) { (**static_cast<Held**>(held))(); }, nullptr,
                                                   [](void* held) { delete *static_cast<Held**>(held); }};

    void take(Callable& other) {
        if (!other.operations_) return;
        operations_ = std::exchange(other.operations_, nullptr);
        if (operations_->move)
            operations_->move(other.storage_, storage_);
        else
            std::memcpy(storage_, other.storage_, storage_bytes);
    }

    alignas(void*) std::byte storage_[storage_bytes];
    const Operations* operations_ = nullptr;
};

}  // namespace co
