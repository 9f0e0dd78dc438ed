// Result<T>: a value, or the std::error_code that says why there is none. For failures of the outside world.
//
//     co::Result<std::size_t> got = kernel.read(fd, buffer);
//     if (got) use(*got);
//     else report(got.error().message());
//
// Misuse of an interface throws instead (std::logic_error family). Shaped after C++23's std::expected.
#pragma once

#include <stdexcept>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <variant>

namespace co {

/// Out of the way of what is read often.
[[noreturn, gnu::cold, gnu::noinline]] inline void has_no_value(std::error_code why) {
    throw std::logic_error("Result without a value was read: " + why.message());
}

template <typename T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(std::error_code error) : state_(std::in_place_index<1>, error) {}
    Result(std::errc error) : Result(std::make_error_code(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    bool has_value() const { return bool(*this); }

    /// Throws std::logic_error when there is no value: look before you take.
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(value()); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// The reason; an empty code when there is a value.
    std::error_code error() const { return *this ? std::error_code{} : std::get<1>(state_); }

    T value_or(T other) const& { return *this ? std::get<0>(state_) : std::move(other); }
    T value_or(T other) && { return *this ? std::get<0>(std::move(state_)) : std::move(other); }

    /// `next` gets the value and returns another Result; an error passes by it.
    template <typename Next>
    auto and_then(Next next) && -> std::invoke_result_t<Next, T> {
        if (!*this) return error();
        return next(std::get<0>(std::move(state_)));
    }
    /// `change` gets the value and returns another value; an error passes by it.
    template <typename Change>
    auto transform(Change change) && -> Result<std::invoke_result_t<Change, T>> {
        if (!*this) return error();
        return change(std::get<0>(std::move(state_)));
    }

  private:
    T& value() {
        require_value();
        return std::get<0>(state_);
    }
    const T& value() const {
        require_value();
        return std::get<0>(state_);
    }
    void require_value() const {
        if (!*this) [[unlikely]]
            has_no_value(error());
    }

    std::variant<T, std::error_code> state_;
};

/// Success without a value, or the reason of a failure.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(std::error_code error) : error_(error) {}
    Result(std::errc error) : Result(std::make_error_code(error)) {}

    explicit operator bool() const { return !error_; }
    bool has_value() const { return !error_; }
    std::error_code error() const { return error_; }

  private:
    std::error_code error_;
};

}  // namespace co
