// LuaServer: the server that a script makes with tcp.Server(), udp.Server() or http.Server().
//
//     LuaServer& server = check_server(L);
//     server.running->send(fd, bytes);       // in whichever of its processes this state is
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <co/server.h>

#include "lessons/host/value.h"

struct lua_State;

namespace co::lessons {

class Host;

/// Its metatable's name.
inline constexpr const char* server_type = "Server";

struct LuaServer {
    /// What the script does at an event, and the line on which it said so.
    struct Handler {
        Value function;
        std::uint32_t line;
    };

    std::shared_ptr<Server> own;  // as this process's script has made it
    Server* running = nullptr;    // the one that start() was called of: in a worker, of another process
    std::vector<Transport> ports{};
    bool speaks_http = false;
    std::map<std::string, Handler, std::less<>> handlers{};
    std::optional<Value> self{};  // the script's object; from start() on
    ServerEvents events{};        // of this process
    Task* task = nullptr;         // while a task runs
};

LuaServer& check_server(lua_State* L);
/// The same, of a server that runs. Raises a Lua error when it does not.
LuaServer& check_running(lua_State* L);

/// The events that a script may name.
const std::vector<std::string_view>& known_events();
/// What the core is to do at each event: call the script's functions, in the state of `host`.
ServerEvents events_of(LuaServer& server, Host& host);

/// Its methods for events, connections, tasks; ends with {nullptr, nullptr}.
const struct luaL_Reg* server_calls();

}  // namespace co::lessons
