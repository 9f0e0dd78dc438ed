// http.Server in a script: what its event `request` is handed is a table, and the answer an object. The page goes
// without (wasm/no_http.cpp).
//
//     server:on("request", function(request, response)
//       response:header("Content-Type", "text/plain"):finish("you asked for " .. request.path .. "\n")
//     end)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <co/server.h>

#include "lessons/host/host.h"

struct lua_State;

namespace co::lessons {

std::shared_ptr<Server> make_http_server(const std::string& host, std::uint16_t port);

/// Calls the script's function with what is pushed.
using CallWith = std::function<void(const Host::PushArguments&)>;
/// What the core is to do at each request: `call` with {method=, target=, path=, query=, version=, headers={…}, body=,
/// fd=} and the answer.
std::function<void(const http::Request&, http::Response&)> request_event(CallWith call);

/// Defines what an answer can be told.
void bind_responses(lua_State* L);

}  // namespace co::lessons
