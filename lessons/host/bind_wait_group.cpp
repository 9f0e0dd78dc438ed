// WaitGroup() and its methods.
#include <string>

#include <co/wait_group.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"

namespace co::lessons {
namespace {

constexpr const char* type_name = "WaitGroup";
constexpr std::int64_t most = 1'000'000'000;

WaitGroup& check_group(lua_State* L) { return check_object<WaitGroup>(L, 1, type_name); }

int make(lua_State* L) { return make_object<WaitGroup>(L, type_name, Host::of(L).assigned_name(L, type_name)); }

int add(lua_State* L) {
    WaitGroup& group = check_group(L);
    group.add(lua_isnoneornil(L, 2) ? 1 : check_integer(L, 2, "count", -most, most));
    return 0;
}

int done(lua_State* L) {
    check_group(L).done();
    return 0;
}

int wait(lua_State* L) {
    const WaitStatus status = check_group(L).wait(check_timeout(L, 2));
    return answer(L, status == WaitStatus::ok, name(status));
}

int text(lua_State* L) {
    lua_pushfstring(L, "WaitGroup #%d", static_cast<int>(check_group(L).number()));
    return 1;
}

}  // namespace

void bind_wait_groups(lua_State* L) {
    const luaL_Reg methods[] = {
        {"add", binding<add>}, {"done", binding<done>}, {"wait", binding<wait>}, {nullptr, nullptr}};
    define_type<WaitGroup>(L, type_name, methods, binding<text>);
    lua_register(L, "WaitGroup", binding<make>);
}

}  // namespace co::lessons
