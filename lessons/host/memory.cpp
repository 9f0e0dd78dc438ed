#include "lessons/host/memory.h"

#include <cstdlib>

#include <lua.hpp>

namespace co::lessons {
namespace {

// Stands before every block.
struct alignas(std::max_align_t) Header {
    std::uint64_t serial;  // 0: no object that a script can hold
};

Header* header_of(void* block) { return static_cast<Header*>(block) - 1; }

// For a new block Lua says in old_size what it is for.
bool is_object(std::size_t kind) {
    return kind == LUA_TTABLE || kind == LUA_TFUNCTION || kind == LUA_TTHREAD || kind == LUA_TUSERDATA;
}

}  // namespace

void* Memory::allocate(void* memory, void* block, std::size_t old_size, std::size_t new_size) {
    Memory& self = *static_cast<Memory*>(memory);
    const std::size_t before = block ? old_size : 0;
    if (new_size == 0) {
        if (block) std::free(header_of(block));
        self.used_ -= before;
        return nullptr;
    }
    const std::size_t used_then = self.used_ - before + new_size;
    if (new_size > before && used_then > self.limit_ && self.unlimited_ == 0) return nullptr;
    void* raw = std::realloc(block ? header_of(block) : nullptr, new_size + sizeof(Header));
    if (!raw) return nullptr;
    auto* header = static_cast<Header*>(raw);
    if (!block) header->serial = is_object(old_size) ? ++self.made_ : 0;
    self.used_ = used_then;
    void* result = header + 1;
    if (!block && is_object(old_size)) self.last_object_ = static_cast<std::byte*>(result);
    return result;
}

void Memory::measure(lua_State* L) {
    lua_newuserdatauv(L, 1, 0);
    userdata_offset_ = static_cast<const std::byte*>(lua_topointer(L, -1)) - last_object_;
    lua_newthread(L);
    thread_offset_ = static_cast<const std::byte*>(lua_topointer(L, -1)) - last_object_;
    lua_pop(L, 2);
}

std::uint64_t Memory::serial(lua_State* L, int index) const {
    std::ptrdiff_t offset = 0;
    if (lua_type(L, index) == LUA_TTHREAD) offset = thread_offset_;
    if (lua_type(L, index) == LUA_TUSERDATA) offset = userdata_offset_;
    const auto* block = static_cast<const std::byte*>(lua_topointer(L, index)) - offset;
    return (reinterpret_cast<const Header*>(block) - 1)->serial;
}

}  // namespace co::lessons
