// Memory: what a script's data lives in: bounded, and it numbers objects in the order in which they were made.
//
//     Memory memory(64 * 1024 * 1024);
//     lua_State* L = lua_newstate(&Memory::allocate, &memory);
//     memory.serial(L, -1);          // 17: the table on top was the 17th object
//
// The number stands in for an object's address, which differs from run to run and so must reach neither output nor
// trace.
#pragma once

#include <cstddef>
#include <cstdint>

struct lua_State;

namespace co::lessons {

class Memory {
  public:
    /// `limit` in bytes; SIZE_MAX: none.
    explicit Memory(std::size_t limit) : limit_(limit) {}
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    /// A lua_Alloc whose user data is a Memory.
    static void* allocate(void* memory, void* block, std::size_t old_size, std::size_t new_size);

    /// Learns where in its block Lua keeps an object. Once, on a new state.
    void measure(lua_State* L);
    /// The number of the table, function (but no plain C function), coroutine or full userdata at `index`.
    std::uint64_t serial(lua_State* L, int index) const;

    std::size_t used() const { return used_; }
    std::size_t limit() const { return limit_; }

    /// While one lives the limit is not applied: for the host's own calls, which no pcall surrounds.
    class Unlimited {
      public:
        explicit Unlimited(Memory& memory) : memory_(memory) { ++memory_.unlimited_; }
        Unlimited(const Unlimited&) = delete;
        Unlimited& operator=(const Unlimited&) = delete;
        ~Unlimited() { --memory_.unlimited_; }

      private:
        Memory& memory_;
    };

  private:
    std::size_t limit_;
    std::size_t used_ = 0;
    int unlimited_ = 0;
    std::uint64_t made_ = 0;
    const std::byte* last_object_ = nullptr;
    std::ptrdiff_t thread_offset_ = 0;    // from a block's start to what lua_topointer() says
    std::ptrdiff_t userdata_offset_ = 0;  // of one without user values
};

}  // namespace co::lessons
