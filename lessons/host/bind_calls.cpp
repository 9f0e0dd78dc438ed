// More of the library `co`: calls that would hold up the thread, made so that they park the coroutine alone.
#include <co/coroutine.h>
#include <co/exec.h>
#include <co/file.h>
#include <co/resolve.h>
#include <co/socket.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

std::string check_text(lua_State* L, int index, const char* name) {
    if (lua_type(L, index) != LUA_TSTRING)
        bad_argument(L, index, std::string(name) + " must be a string, " + got(L, index));
    std::size_t size = 0;
    const char* text = lua_tolstring(L, index, &size);
    return {text, size};
}

int push_text(lua_State* L, const std::string& text) {
    lua_pushlstring(L, text.data(), text.size());
    return 1;
}

// co.exec(command [, timeout]) -> {code =, signal =, output =}
int exec(lua_State* L) {
    auto ran = co::exec(check_text(L, 1, "the command"), {.deadline = check_timeout(L, 2)});
    if (!ran) return answer_nothing(L, ran.error());
    lua_createtable(L, 0, 3);
    push_text(L, ran->output);
    lua_setfield(L, -2, "output");
    lua_pushinteger(L, ran->exit_code);
    lua_setfield(L, -2, "code");
    lua_pushinteger(L, ran->signal ? static_cast<int>(*ran->signal) : 0);
    lua_setfield(L, -2, "signal");
    return 1;
}

// co.read_file(path [, timeout]) -> text
int read_file(lua_State* L) {
    auto text = co::read_file(check_text(L, 1, "the path"), check_timeout(L, 2));
    return text ? push_text(L, *text) : answer_nothing(L, text.error());
}

// co.write_file(path, text [, timeout]) -> true
int write_file(lua_State* L) {
    const std::string path = check_text(L, 1, "the path");
    auto done = co::write_file(path, check_text(L, 2, "the text"), check_timeout(L, 3));
    if (!done) return answer_nothing(L, done.error());
    lua_pushboolean(L, 1);
    return 1;
}

// co.resolve(host [, timeout]) -> "10.0.0.2"
int resolve(lua_State* L) {
    auto found = co::resolve(check_text(L, 1, "the host"), check_timeout(L, 2));
    if (!found) return answer_nothing(L, found.error());
    const std::string with_port = to_string(found->front());
    return push_text(L, with_port.substr(0, with_port.rfind(':')));
}

}  // namespace

void bind_calls(lua_State* L) {
    lua_getglobal(L, "co");
    const luaL_Reg functions[] = {{"exec", binding<exec>},
                                  {"read_file", binding<read_file>},
                                  {"write_file", binding<write_file>},
                                  {"resolve", binding<resolve>},
                                  {nullptr, nullptr}};
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

}  // namespace co::lessons
