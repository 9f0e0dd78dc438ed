// Mutex(), Semaphore(n), Barrier(n) and their methods.
#include <co/barrier.h>
#include <co/mutex.h>
#include <co/semaphore.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

constexpr const char* mutex_type = "Mutex";
constexpr const char* semaphore_type = "Semaphore";
constexpr const char* barrier_type = "Barrier";
constexpr std::int64_t most = 1'000'000'000;

int answer_wait(lua_State* L, WaitStatus status) { return answer(L, status == WaitStatus::ok, name(status)); }

// "Mutex #1".
template <typename Object, const char* const& type>
int text(lua_State* L) {
    lua_pushfstring(L, "%s #%d", type, static_cast<int>(check_object<Object>(L, 1, type).number()));
    return 1;
}

// -- Mutex ----------------------------------------------------------------------------------------------------------

Mutex& check_mutex(lua_State* L) { return check_object<Mutex>(L, 1, mutex_type); }

int make_mutex(lua_State* L) { return make_object<Mutex>(L, mutex_type, Host::of(L).assigned_name(L, mutex_type)); }

int lock(lua_State* L) { return answer_wait(L, check_mutex(L).lock(check_timeout(L, 2))); }

int try_lock(lua_State* L) {
    lua_pushboolean(L, check_mutex(L).try_lock());
    return 1;
}

int unlock(lua_State* L) {
    check_mutex(L).unlock();
    return 0;
}

// -- Semaphore ------------------------------------------------------------------------------------------------------

Semaphore& check_semaphore(lua_State* L) { return check_object<Semaphore>(L, 1, semaphore_type); }

int make_semaphore(lua_State* L) {
    const std::int64_t places = check_integer(L, 1, "the number of places", 0, most);
    return make_object<Semaphore>(L, semaphore_type, places, Host::of(L).assigned_name(L, semaphore_type));
}

int acquire(lua_State* L) { return answer_wait(L, check_semaphore(L).acquire(check_timeout(L, 2))); }

int try_acquire(lua_State* L) {
    lua_pushboolean(L, check_semaphore(L).try_acquire());
    return 1;
}

int release(lua_State* L) {
    check_semaphore(L).release();
    return 0;
}

// -- Barrier --------------------------------------------------------------------------------------------------------

int make_barrier(lua_State* L) {
    const std::int64_t parties = check_integer(L, 1, "how many must arrive", 1, most);
    return make_object<Barrier>(L, barrier_type, parties, Host::of(L).assigned_name(L, barrier_type));
}

int wait(lua_State* L) { return answer_wait(L, check_object<Barrier>(L, 1, barrier_type).wait(check_timeout(L, 2))); }

}  // namespace

void bind_gates(lua_State* L) {
    const luaL_Reg mutex[] = {
        {"lock", binding<lock>}, {"try_lock", binding<try_lock>}, {"unlock", binding<unlock>}, {nullptr, nullptr}};
    const luaL_Reg semaphore[] = {{"acquire", binding<acquire>},
                                  {"try_acquire", binding<try_acquire>},
                                  {"release", binding<release>},
                                  {nullptr, nullptr}};
    const luaL_Reg barrier[] = {{"wait", binding<wait>}, {nullptr, nullptr}};
    define_type<Mutex>(L, mutex_type, mutex, binding<text<Mutex, mutex_type>>);
    define_type<Semaphore>(L, semaphore_type, semaphore, binding<text<Semaphore, semaphore_type>>);
    define_type<Barrier>(L, barrier_type, barrier, binding<text<Barrier, barrier_type>>);
    lua_register(L, mutex_type, binding<make_mutex>);
    lua_register(L, semaphore_type, binding<make_semaphore>);
    lua_register(L, barrier_type, binding<make_barrier>);
}

}  // namespace co::lessons
