// Value: a Lua value that C++ holds on to: in a channel's seat, as a timer's function.
//
//     Value value = Value::pop(L);    // from the top of the stack into the registry
//     value.push(other);              // onto the stack of any coroutine of the same script
//     describe(value)                 // "milk", with its quotes: what the studio shows
#pragma once

#include <string>
#include <string_view>
#include <utility>

struct lua_State;

namespace co::lessons {

class Value {
  public:
    /// Takes the value from the top of the stack.
    static Value pop(lua_State* L);
    Value(Value&& other) noexcept
        : main_(std::exchange(other.main_, nullptr)), reference_(std::exchange(other.reference_, 0)) {}
    Value& operator=(Value&& other) noexcept {
        std::swap(main_, other.main_);
        std::swap(reference_, other.reference_);
        return *this;
    }
    ~Value();

    void push(lua_State* L) const;

  private:
    friend std::string describe(const Value& value);
    Value(lua_State* main, int reference) : main_(main), reference_(reference) {}

    lua_State* main_;  // null: moved from
    int reference_;    // in the registry
};

/// How the studio shows a value: "milk" with quotes, numbers plain, `table`. Never an address.
std::string describe(const Value& value);
std::string describe(lua_State* L, int index);

/// A string as the studio shows it: in quotes, one line, cut when it is long.
std::string quoted(std::string_view text);

}  // namespace co::lessons
