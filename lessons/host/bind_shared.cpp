// Atomic(n), AtomicLong(n), Lock(): what all processes share that the script starts afterwards.
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <co/atomic.h>
#include <co/shared_lock.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/shared_book.h"

namespace co::lessons {
namespace {

constexpr const char* atomic_type = "Atomic";
constexpr const char* long_type = "AtomicLong";
constexpr const char* lock_type = "Lock";

template <typename Object>
constexpr const char* type_of = nullptr;
template <>
constexpr const char* type_of<Atomic> = atomic_type;
template <>
constexpr const char* type_of<AtomicLong> = long_type;
template <>
constexpr const char* type_of<SharedLock> = lock_type;

/// The object of a script; it is the book's.
template <typename Object>
struct Handle {
    std::shared_ptr<Object> object;
};

template <typename Object>
Object& check(lua_State* L) {
    return *check_object<Handle<Object>>(L, 1, type_of<Object>).object;
}

/// `fresh(name)` makes one that bears the name that the script gives it.
template <typename Object, typename Fresh>
int make(lua_State* L, Fresh fresh) {
    Host& host = Host::of(L);
    check_can_share(L, type_of<Object>);
    constexpr std::uint64_t bytes = 64;  // a line of the processor's cache; the same on every machine
    host.shared().take_bytes(L, type_of<Object>, bytes);
    const auto named = [&] { return fresh(host.assigned_name(L, type_of<Object>)); };
    return make_object<Handle<Object>>(L, type_of<Object>, host.shared().object<Object>(host, type_of<Object>, named));
}

// -- Atomic, AtomicLong ----------------------------------------------------------------------------------------------

template <typename Object>
using NumberOf = decltype(std::declval<Object>().get());

template <typename Object>
NumberOf<Object> check_number(lua_State* L, int index, const char* name) {
    using Limits = std::numeric_limits<NumberOf<Object>>;
    return static_cast<NumberOf<Object>>(check_integer(L, index, name, Limits::min(), Limits::max()));
}

/// What is added or taken away; 1 when nobody says.
template <typename Object>
NumberOf<Object> check_step(lua_State* L) {
    return lua_isnoneornil(L, 2) ? 1 : check_number<Object>(L, 2, "the number");
}

template <typename Object>
int make_number(lua_State* L) {
    const auto value = lua_isnoneornil(L, 1) ? 0 : check_number<Object>(L, 1, "the number");
    return make<Object>(L, [value](std::string name) { return std::make_shared<Object>(value, std::move(name)); });
}

int push(lua_State* L, std::int64_t number) {
    lua_pushinteger(L, number);
    return 1;
}

int push_truth(lua_State* L, bool is_so) {
    lua_pushboolean(L, is_so);
    return 1;
}

// number:add([n]) -> the sum
template <typename Object>
int add(lua_State* L) {
    Object& number = check<Object>(L);
    const auto by = check_step<Object>(L);
    return ask(L, [&] { return push(L, number.add(by)); });
}

// number:sub([n]) -> the difference
template <typename Object>
int sub(lua_State* L) {
    Object& number = check<Object>(L);
    const auto by = check_step<Object>(L);
    return ask(L, [&] { return push(L, number.sub(by)); });
}

template <typename Object>
int get(lua_State* L) {
    Object& number = check<Object>(L);
    return ask(L, [&] { return push(L, number.get()); });
}

template <typename Object>
int set(lua_State* L) {
    Object& number = check<Object>(L);
    const auto value = check_number<Object>(L, 2, "the number");
    return ask(L, [&] {
        number.set(value);
        return 0;
    });
}

// number:cmpset(expected, desired) -> whether it was `expected`, and is `desired` now
template <typename Object>
int cmpset(lua_State* L) {
    Object& number = check<Object>(L);
    const auto expected = check_number<Object>(L, 2, "the number that is expected");
    const auto desired = check_number<Object>(L, 3, "the number to set");
    return ask(L, [&] { return push_truth(L, number.cmpset(expected, desired)); });
}

// atomic:wait([timeout])
int wait(lua_State* L) {
    Atomic& number = check<Atomic>(L);
    const Deadline deadline = check_timeout(L, 2);
    return ask(L, [&] {
        const WaitStatus status = number.wait(deadline);
        return answer(L, status == WaitStatus::ok, name(status));
    });
}

// atomic:wake([most = 1])
int wake(lua_State* L) {
    Atomic& number = check<Atomic>(L);
    const auto most = lua_isnoneornil(L, 2) ? 1 : check_integer(L, 2, "how many may go on", 1, UINT32_MAX);
    return ask(L, [&] {
        number.wake(static_cast<std::uint32_t>(most));
        return 0;
    });
}

// -- Lock ------------------------------------------------------------------------------------------------------------

// Lock([kind = "mutex"])
int make_lock(lua_State* L) {
    const std::string kind = luaL_optstring(L, 1, "mutex");
    if (kind != "mutex")
        bad_argument(
            L, 1,
            "there is one kind of lock, \"mutex\": who waits for it parks, and nobody spins; not \"" + kind + "\"");
    return make<SharedLock>(L, [](std::string name) { return std::make_shared<SharedLock>(std::move(name)); });
}

// lock:lock([timeout]) -> true [, "recovered"]; false and the reason
int lock(lua_State* L) {
    SharedLock& lock = check<SharedLock>(L);
    const Deadline deadline = check_timeout(L, 2);
    return ask(L, [&] {
        const LockStatus status = lock.lock(deadline);
        if (status != LockStatus::recovered) return answer(L, status == LockStatus::ok, name(status));
        lua_pushboolean(L, 1);
        lua_pushliteral(L, "recovered");
        return 2;
    });
}

int try_lock(lua_State* L) {
    SharedLock& lock = check<SharedLock>(L);
    return ask(L, [&] { return push_truth(L, lock.try_lock()); });
}

int unlock(lua_State* L) {
    SharedLock& lock = check<SharedLock>(L);
    return ask(L, [&] {
        lock.unlock();
        return 0;
    });
}

template <typename Object>
void define(lua_State* L, const luaL_Reg* methods) {
    define_type<Handle<Object>>(L, type_of<Object>, methods);
}

}  // namespace

void bind_shared(lua_State* L) {
    const luaL_Reg atomic[] = {{"add", binding<add<Atomic>>}, {"sub", binding<sub<Atomic>>},
                               {"get", binding<get<Atomic>>}, {"set", binding<set<Atomic>>},
                               {"wait", binding<wait>},       {"cmpset", binding<cmpset<Atomic>>},
                               {"wake", binding<wake>},       {nullptr, nullptr}};
    const luaL_Reg long_one[] = {{"add", binding<add<AtomicLong>>},       {"sub", binding<sub<AtomicLong>>},
                                 {"get", binding<get<AtomicLong>>},       {"set", binding<set<AtomicLong>>},
                                 {"cmpset", binding<cmpset<AtomicLong>>}, {nullptr, nullptr}};
    const luaL_Reg locks[] = {
        {"lock", binding<lock>}, {"try_lock", binding<try_lock>}, {"unlock", binding<unlock>}, {nullptr, nullptr}};
    define<Atomic>(L, atomic);
    define<AtomicLong>(L, long_one);
    define<SharedLock>(L, locks);
    lua_register(L, atomic_type, binding<make_number<Atomic>>);
    lua_register(L, long_type, binding<make_number<AtomicLong>>);
    lua_register(L, lock_type, binding<make_lock>);
}

}  // namespace co::lessons
