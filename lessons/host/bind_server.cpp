// tcp.Server(host, port [, {mode = "base"}]), udp.Server(…), http.Server(…): what a script says about a server before
// it starts, and start(). What events call: bind_server_calls.cpp.
#include <algorithm>

#include <co/coroutine.h>
#include <co/suggest.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/lua_http.h"
#include "lessons/host/lua_server.h"
#include "lessons/host/processes.h"
#include "lessons/host/settings.h"

namespace co::lessons {
namespace {

std::uint16_t check_port(lua_State* L, int index) {
    return static_cast<std::uint16_t>(check_integer(L, index, "port (0: any free one)", 0, UINT16_MAX));
}

/// Before start() alone.
LuaServer& check_unstarted(lua_State* L, const char* call) {
    LuaServer& server = check_server(L);
    if (server.self) luaL_error(L, "server:%s belongs before server:start()", call);
    return server;
}

ServerMode check_mode(lua_State* L, int index) {
    if (lua_isnoneornil(L, index)) return ServerMode::process;
    check_table(L, index, "a table is needed: {mode = \"base\"}", {"mode"});
    lua_getfield(L, index, "mode");
    const std::string mode = lua_isnil(L, -1) ? "process" : luaL_tolstring(L, -1, nullptr);
    lua_settop(L, index);
    if (mode == "base") return ServerMode::base;
    if (mode != "process") bad_argument(L, index, "mode must be \"process\" or \"base\", not \"" + mode + "\"");
    return ServerMode::process;
}

enum class Speaks : std::uint8_t { packets, http };

int make(lua_State* L, Transport transport, Speaks speaks = Speaks::packets) {
    const std::string host = luaL_checkstring(L, 1);
    const std::uint16_t port = check_port(L, 2);
    const ServerMode mode = check_mode(L, 3);
    Host::of(L).processes(L, "a server").uses_machine();
    make_object<LuaServer>(L, server_type);
    LuaServer& server = *static_cast<LuaServer*>(lua_touserdata(L, -1));
    if (speaks == Speaks::http)
        server.own = make_http_server(host, port);
    else
        server.own = std::make_shared<Server>(host, port, transport);
    server.speaks_http = speaks == Speaks::http;
    server.running = server.own.get();
    server.ports.push_back(transport);
    ServerSettings settings = server.own->settings();
    settings.mode = mode;
    server.own->set(std::move(settings));
    return 1;
}

int make_tcp(lua_State* L) { return make(L, Transport::tcp); }
int make_udp(lua_State* L) { return make(L, Transport::udp); }
int make_http(lua_State* L) { return make(L, Transport::tcp, Speaks::http); }

// server:set{worker_num = 2, …}
int set(lua_State* L) {
    LuaServer& server = check_unstarted(L, "set()");
    ServerSettings settings = server.own->settings();
    apply_settings(L, 2, settings);
    if (settings.dispatch == DispatchPolicy::by_function)
        bad_argument(L, 2, "dispatch_mode 5 (by function) is for C++ alone: no script runs in a reactor");
    server.own->set(std::move(settings));
    return 0;
}

// server:listen(host, port [, {transport = "udp", open_eof_split = true, …}])
int listen(lua_State* L) {
    LuaServer& server = check_unstarted(L, "listen()");
    const std::string host = luaL_checkstring(L, 2);
    const std::uint16_t port = check_port(L, 3);
    Transport transport = Transport::tcp;
    Framing framing;
    if (!lua_isnoneornil(L, 4)) {
        if (!lua_istable(L, 4)) bad_argument(L, 4, "a table of settings is needed, " + got(L, 4));
        lua_getfield(L, 4, "transport");
        const std::string word = lua_isnil(L, -1) ? "tcp" : luaL_tolstring(L, -1, nullptr);
        if (word != "tcp" && word != "udp") bad_argument(L, 4, "transport must be \"tcp\" or \"udp\"");
        transport = word == "udp" ? Transport::udp : Transport::tcp;
        lua_settop(L, 4);
        framing = check_framing(L, 4, {"transport"});
    }
    server.own->listen(host, port, transport, std::move(framing));
    server.ports.push_back(transport);
    return 0;
}

// server:on(event, f)
int on(lua_State* L) {
    LuaServer& server = check_unstarted(L, "on()");
    const std::string event = luaL_checkstring(L, 2);
    check_function(L, 3);
    const auto& known = known_events();
    if (std::ranges::find(known, event) == known.end())
        bad_argument(L, 2, fmt::format("there is no event `{}`; {}", event, suggest(event, known)));
    if (event == "request" && !server.speaks_http)
        bad_argument(L, 2, "`request` is an event of http.Server; here it is `receive`");
    const std::uint32_t line = Host::of(L).caller_line(L);
    lua_settop(L, 3);
    server.handlers.insert_or_assign(event, LuaServer::Handler{Value::pop(L), line});
    return 0;
}

/// In a process of the server that `running` is.
void be_process_of(Server& running, LuaServer& here, Host& host, const ServerMain& main) {
    here.running = &running;
    here.events = events_of(here, host);
    try {
        main(here.events);
    } catch (const ScriptError&) {
        // It is told of already; a process whose own coroutine fails ends.
    }
    Scheduler::current().stop("the process of the server has ended");
}

void anchor(lua_State* L, LuaServer& server) {
    lua_pushvalue(L, 1);
    server.self = Value::pop(L);
}

// server:start() -> exit code
int start(lua_State* L) {
    LuaServer& server = check_unstarted(L, "start()");
    Host& host = Host::of(L);
    Processes& processes = host.processes(L, "server:start()");
    if (host.repeats()) anchor(L, server);
    if (host.passes(L, &server)) {
        lua_pushinteger(L, 0);
        return 1;
    }
    auto way = host.begin_start(L, "server:start()", {});
    anchor(L, server);
    server.own->events() = events_of(server, host);
    // The server may outlive the machine, what it shares must not.
    const auto past = host.shared().past();
    host.keep(std::const_pointer_cast<SharedPast>(past));
    server.own->run_processes_by([&processes, &server, way = std::move(way), running = server.running,
                                  source = host.options().source,
                                  past = std::weak_ptr(past)](Kernel& own, const SchedulerOptions& options,
                                                              const std::string& name, const ServerMain& main) {
        Start start{.source = source, .way = way, .object = &server, .past = past.lock()};
        start.way.back().arrive = [&](Host& there, void* object) {
            be_process_of(*running, *static_cast<LuaServer*>(object), there, main);
        };
        processes.run(own, options, name, start);
    });
    processes.keep(server.own);
    processes.serves(host);
    lua_pushinteger(L, server.own->start());
    return 1;
}

// -- the object ------------------------------------------------------------------------------------------------------

int push_id(lua_State* L, std::int64_t id) {
    lua_pushinteger(L, id);
    return 1;
}

// server.worker_id and the like; else the method of that name, which is the upvalue's.
int field(lua_State* L) {
    LuaServer& server = check_server(L);
    const std::string name = luaL_checkstring(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    if (name == "port") return push_id(L, server.running->address().port);
    if (name == "worker_id") {
        const auto id = server.running->worker_id();
        return id ? push_id(L, *id) : 0;
    }
    if (name == "worker_pid" || name == "pid")
        return push_id(L, static_cast<std::int64_t>(Scheduler::current().kernel().process_id()));
    if (name == "master_pid") return push_id(L, static_cast<std::int64_t>(server.running->master_pid()));
    if (name == "manager_pid") return push_id(L, static_cast<std::int64_t>(server.running->manager_pid()));
    if (name == "is_task_worker") {
        lua_pushboolean(L, server.running->worker_id() && server.running->is_task_worker());
        return 1;
    }
    return 0;
}

int text(lua_State* L) {
    check_server(L);
    lua_pushliteral(L, "server");
    return 1;
}

}  // namespace

LuaServer& check_server(lua_State* L) { return check_object<LuaServer>(L, 1, server_type); }

void bind_servers(lua_State* L) {
    const luaL_Reg before[] = {{"set", binding<set>},
                               {"listen", binding<listen>},
                               {"on", binding<on>},
                               {"start", binding<start>},
                               {nullptr, nullptr}};
    define_type<LuaServer>(L, server_type, server_calls(), text);
    luaL_getmetatable(L, server_type);
    lua_getfield(L, -1, "__index");
    luaL_setfuncs(L, before, 0);
    lua_pushcclosure(L, binding<field>, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    const luaL_Reg tcp[] = {{"Server", binding<make_tcp>}, {nullptr, nullptr}};
    luaL_newlib(L, tcp);
    lua_setglobal(L, "tcp");
    const luaL_Reg udp[] = {{"Server", binding<make_udp>}, {nullptr, nullptr}};
    luaL_newlib(L, udp);
    lua_setglobal(L, "udp");
    const luaL_Reg http[] = {{"Server", binding<make_http>}, {nullptr, nullptr}};
    luaL_newlib(L, http);
    lua_setglobal(L, "http");
    bind_responses(L);
}

}  // namespace co::lessons
