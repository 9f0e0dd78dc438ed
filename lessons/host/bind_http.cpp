// http.Server's part of a script: requests as tables, and the answers to them. The server itself: bind_server.cpp.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <co/http_request.h>
#include <co/http_server.h>

#include "lessons/host/binding.h"
#include "lessons/host/lua_http.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

constexpr const char* response_type = "Response";

void push_string(lua_State* L, std::string_view text) { lua_pushlstring(L, text.data(), text.size()); }

void set_string(lua_State* L, const char* field, std::string_view text) {
    push_string(L, text);
    lua_setfield(L, -2, field);
}

/// By lower-case names. Of several fields of one name the values in their order (RFC 9110, 5.2).
std::map<std::string, std::string> headers_of(const http::Request& request) {
    std::map<std::string, std::string> headers;
    for (const http::Field& field : request.fields) {
        std::string name = field.name;
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        std::string& value = headers[name];
        value += (value.empty() ? "" : ", ") + field.value;
    }
    return headers;
}

/// An answer as a script holds it; null once its event has ended.
struct LuaResponse {
    http::Response* response = nullptr;
};

http::Response& check_response(lua_State* L) {
    http::Response* response = check_object<LuaResponse>(L, 1, response_type).response;
    if (!response) luaL_error(L, "this answer is of a request whose event has ended");
    return *response;
}

std::string_view optional_text(lua_State* L, int index) {
    std::size_t size = 0;
    const char* text = luaL_optlstring(L, index, "", &size);
    return {text, size};
}

// response:status(code) -> response
int status(lua_State* L) {
    check_response(L).status(static_cast<int>(check_integer(L, 2, "the status", 200, 599)));
    lua_settop(L, 1);
    return 1;
}

// response:header(name, value) -> response
int header(lua_State* L) {
    const char* name = luaL_checkstring(L, 2);
    const std::string value(optional_text(L, 3));
    check_response(L).header(name, value);
    lua_settop(L, 1);
    return 1;
}

// response:write(s) -> true, or false and why: a piece of a body whose length is not known yet
int write(lua_State* L) {
    luaL_checkstring(L, 2);
    return answer_outcome(L, check_response(L).write(std::string(optional_text(L, 2))).error());
}

// response:finish([s]) -> the same: the rest of the body
int finish(lua_State* L) { return answer_outcome(L, check_response(L).end(std::string(optional_text(L, 2))).error()); }

int text(lua_State* L) {
    check_object<LuaResponse>(L, 1, response_type);
    lua_pushliteral(L, "response");
    return 1;
}

void push_request(lua_State* L, const http::Request& request, SessionId fd) {
    const std::string_view target = request.target;
    const std::size_t mark = target.find('?');
    lua_newtable(L);
    set_string(L, "method", request.method);
    set_string(L, "target", target);
    set_string(L, "path", target.substr(0, mark));
    if (mark != std::string_view::npos) set_string(L, "query", target.substr(mark + 1));
    set_string(L, "version", request.minor_version == 0 ? "1.0" : "1.1");
    set_string(L, "body", request.body);
    lua_pushinteger(L, fd);
    lua_setfield(L, -2, "fd");
    lua_newtable(L);
    for (const auto& [name, value] : headers_of(request)) {
        push_string(L, name);
        push_string(L, value);
        lua_rawset(L, -3);
    }
    lua_setfield(L, -2, "headers");
}

/// Pushes the object, and returns it; it is the state's.
LuaResponse& push_response(lua_State* L, http::Response& response) {
    make_object<LuaResponse>(L, response_type, &response);
    return *static_cast<LuaResponse*>(lua_touserdata(L, -1));
}

}  // namespace

std::shared_ptr<Server> make_http_server(const std::string& host, std::uint16_t port) {
    return std::make_shared<http::Server>(host, port);
}

/// The script may keep the answer: it is none any more when the event has ended.
std::function<void(const http::Request&, http::Response&)> request_event(CallWith call) {
    return [call = std::move(call)](const http::Request& request, http::Response& response) {
        struct Handed {
            ~Handed() {
                if (object) object->response = nullptr;
            }
            std::optional<Value> kept{};  // as long as this needs it
            LuaResponse* object = nullptr;
        } handed;
        call([&](lua_State* L) {
            push_request(L, request, response.fd());
            handed.object = &push_response(L, response);
            lua_pushvalue(L, -1);
            handed.kept = Value::pop(L);
            return 2;
        });
    };
}

void bind_responses(lua_State* L) {
    const luaL_Reg methods[] = {{"status", binding<status>},
                                {"header", binding<header>},
                                {"write", binding<write>},
                                {"finish", binding<finish>},
                                {nullptr, nullptr}};
    define_type<LuaResponse>(L, response_type, methods, text);
}

}  // namespace co::lessons
