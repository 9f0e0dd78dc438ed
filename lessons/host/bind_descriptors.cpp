// More of the library `event`: calls when a descriptor is ready, and what can be done with one.
#include <system_error>

#include <co/coroutine.h>
#include <co/fd_events.h>
#include <co/stream.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

Fd check_descriptor(lua_State* L, int index) {
    return Fd{static_cast<std::int32_t>(check_integer(L, index, "the descriptor", 0, INT32_MAX))};
}

// A descriptor that a script holds by its number, as a stream for the time of a call.
class Borrowed {
  public:
    explicit Borrowed(Fd fd) : stream_(fd) {}
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    ~Borrowed() { stream_.release(); }
    Stream* operator->() { return &stream_; }

  private:
    Stream stream_;
};

// The function at `index`, to be called with the descriptor again and again; none for nil.
Callable take_callback(lua_State* L, int index, Fd fd) {
    if (lua_isnoneornil(L, index)) return {};
    check_function(L, index);
    Host& host = Host::of(L);
    const std::uint32_t line = host.caller_line(L);
    lua_pushvalue(L, index);
    return [&host, line, fd, function = Value::pop(L)] {
        host.started(co::id(), line);
        host.run(function, {}, static_cast<std::int32_t>(fd));
    };
}

// event.add(fd, on_read [, on_write])
int add(lua_State* L) {
    const Fd fd = check_descriptor(L, 1);
    const int named = lua_isnoneornil(L, 2) ? 3 : 2;
    check_function(L, named);
    std::string name = Host::of(L).call_name(L, named, 0);
    Callable on_read = take_callback(L, 2, fd), on_write = take_callback(L, 3, fd);
    try {
        event::add(fd, std::move(on_read), std::move(on_write), std::move(name));
    } catch (const std::system_error& error) {
        bad_argument(L, 1,
                     fmt::format("descriptor {} cannot be watched: {}", static_cast<int>(fd), error.code().message()));
    }
    return 0;
}

// event.del(fd) -> whether it was there
int del(lua_State* L) {
    lua_pushboolean(L, event::del(check_descriptor(L, 1)));
    return 1;
}

// event.pair() -> two connected descriptors
int pair(lua_State* L) {
    auto made = Stream::pair();
    if (!made) return answer_nothing(L, made.error());
    lua_pushinteger(L, static_cast<std::int32_t>(made->first.release()));
    lua_pushinteger(L, static_cast<std::int32_t>(made->second.release()));
    return 2;
}

// event.read(fd [, timeout]) -> what is there; "" when the other end sends no more
int read(lua_State* L) {
    const Fd fd = check_descriptor(L, 1);
    auto bytes = Borrowed(fd)->read_some(check_timeout(L, 2));
    if (!bytes) return answer_nothing(L, bytes.error());
    lua_pushlstring(L, bytes->data(), bytes->size());
    return 1;
}

// event.write(fd, text [, timeout]) -> true
int write(lua_State* L) {
    const Fd fd = check_descriptor(L, 1);
    std::size_t size = 0;
    const char* text = luaL_checklstring(L, 2, &size);
    auto done = Borrowed(fd)->write_all({text, size}, check_timeout(L, 3));
    return answer_outcome(L, done.error());
}

// event.close(fd) -> true, or false and the reason
int close(lua_State* L) {
    const Fd fd = check_descriptor(L, 1);
    Kernel& kernel = Scheduler::current().kernel();
    Reactor::current().forget(fd);
    auto done = kernel.close(fd);
    if (done) Scheduler::current().record(trace::EventKind::fd_close, {.object = static_cast<std::uint32_t>(fd)});
    return answer_outcome(L, done.error());
}

}  // namespace

void bind_descriptors(lua_State* L) {
    lua_getglobal(L, "event");
    const luaL_Reg functions[] = {{"add", binding<add>},   {"del", binding<del>},     {"pair", binding<pair>},
                                  {"read", binding<read>}, {"write", binding<write>}, {"close", binding<close>},
                                  {nullptr, nullptr}};
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

}  // namespace co::lessons
