// What a script's event `request` is handed: the request as a table, and the answer as an object.
//
//     server:on("request", function(request, response)
//       response:header("Content-Type", "text/plain"):finish("you asked for " .. request.path .. "\n")
//     end)
#pragma once

#include <functional>

#include <co/http_request.h>
#include <co/http_server.h>

struct lua_State;

namespace co::lessons {

/// An answer as a script holds it; null once its event has ended.
struct LuaResponse {
    http::Response* response = nullptr;
};

/// Pushes {method=, target=, path=, query=, version=, headers={…}, body=, fd=}.
void push_request(lua_State* L, const http::Request& request, SessionId fd);
/// Pushes the object, and returns it; it is the state's.
LuaResponse& push_response(lua_State* L, http::Response& response);
void bind_responses(lua_State* L);

}  // namespace co::lessons
