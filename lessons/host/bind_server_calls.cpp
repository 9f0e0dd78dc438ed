// What the events of a server call: send, close, task and the like, in whichever of its processes they run.
#include <chrono>

#include <co/client_timeouts.h>
#include <co/resolve.h>
#include <co/socket.h>

#include "lessons/host/binding.h"
#include "lessons/host/host.h"
#include "lessons/host/literal.h"
#include "lessons/host/lua_server.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

Server& running(lua_State* L) { return *check_running(L).running; }

SessionId check_fd(lua_State* L, int index) {
    return static_cast<SessionId>(check_integer(L, index, "fd", 0, UINT32_MAX));
}

std::string_view check_text(lua_State* L, int index) {
    std::size_t size = 0;
    const char* text = luaL_checklstring(L, index, &size);
    return {text, size};
}

double seconds(TimePoint moment) { return std::chrono::duration<double>(moment.time_since_epoch()).count(); }

// -- connections -----------------------------------------------------------------------------------------------------

// server:send(fd, s)
int send(lua_State* L) {
    Server& server = running(L);
    const SessionId fd = check_fd(L, 2);
    return answer_outcome(L, server.send(fd, std::string(check_text(L, 3))).error());
}

// server:sendfile(fd, path [, timeout]): reads it, and sends what stands in it
int send_file(lua_State* L) {
    Server& server = running(L);
    const SessionId fd = check_fd(L, 2);
    const std::string path(check_text(L, 3));
    return answer_outcome(L, server.send_file(fd, path, check_timeout(L, 4)).error());
}

// server:sendto(host, port, s): from the first of its ports that takes datagrams
int send_to(lua_State* L) {
    LuaServer& server = check_running(L);
    const std::string host = luaL_checkstring(L, 2);
    const auto port = static_cast<std::uint16_t>(check_integer(L, 3, "port", 1, UINT16_MAX));
    const std::string bytes(check_text(L, 4));
    std::size_t place = 0;
    while (place < server.ports.size() && server.ports[place] != Transport::udp) ++place;
    if (place == server.ports.size()) return luaL_error(L, "sendto(): this server has no UDP port: make it udp.Server");
    auto found = look_up(host, port, default_connect_timeout);
    if (!found) return answer_outcome(L, found.error());
    return answer_outcome(L, server.running->send_to({.sender = *found, .port = place}, bytes).error());
}

// server:close(fd [, reset])
int close(lua_State* L) {
    Server& server = running(L);
    return answer_outcome(L, server.close(check_fd(L, 2), lua_toboolean(L, 3) != 0).error());
}

// server:connections() -> {fd, …}
int connections(lua_State* L) { return answer_ids(L, running(L).connections()); }

// server:heartbeat([closes = true]) -> {fd, …}
int heartbeat(lua_State* L) {
    Server& server = running(L);
    return answer_ids(L, server.heartbeat(lua_isnoneornil(L, 2) || lua_toboolean(L, 2)));
}

// server:client_info(fd) -> {address=, port=, …}, or nil
int client_info(lua_State* L) {
    const auto info = running(L).client_info(check_fd(L, 2));
    if (!info) return answer_nothing(L, ServerError::closed);
    const std::string peer = to_string(info->peer);
    const std::string host = peer.substr(0, peer.rfind(':'));
    answer_counts(L, {{"port", info->peer.port}, {"reactor_id", info->owner}, {"unsent_bytes", info->unsent_bytes}});
    lua_pushlstring(L, host.data(), host.size());
    lua_setfield(L, -2, "address");
    lua_pushnumber(L, seconds(info->connected_at));
    lua_setfield(L, -2, "connect_time");
    lua_pushnumber(L, seconds(info->last_received_at));
    lua_setfield(L, -2, "last_time");
    return 1;
}

// -- tasks, messages -------------------------------------------------------------------------------------------------

// server:task(v [, worker]) -> id: of the task worker that has least to do, or of that one (from 0)
int task(lua_State* L) {
    Server& server = running(L);
    luaL_checkany(L, 2);
    std::optional<std::uint32_t> worker;
    if (!lua_isnoneornil(L, 3))
        worker = static_cast<std::uint32_t>(check_integer(L, 3, "the task worker's number", 0, UINT16_MAX));
    const Result<TaskId> id = server.task(to_literal(L, 2), 0, worker);
    if (!id) return answer_nothing(L, id.error());
    lua_pushinteger(L, *id);
    return 1;
}

int answer_result(lua_State* L, const Result<std::string>& result) {
    if (!result) return answer_nothing(L, result.error());
    push_literal(L, *result);
    return 1;
}

// server:task_wait(v [, timeout]) -> what it was finished with
int task_wait(lua_State* L) {
    Server& server = running(L);
    luaL_checkany(L, 2);
    const Deadline deadline = check_timeout(L, 3);
    return answer_result(L, server.task_wait(to_literal(L, 2), deadline));
}

// server:task_wait_multi({v, …} [, timeout]) -> {result, …}, {reason, …}: each at its task's place
int task_wait_multi(lua_State* L) {
    Server& server = running(L);
    if (!lua_istable(L, 2)) bad_argument(L, 2, "a list of tasks is needed: {v, …}, " + got(L, 2));
    const Deadline deadline = check_timeout(L, 3);
    std::vector<std::string> tasks;
    for (lua_Integer place = 1, count = luaL_len(L, 2); place <= count; ++place) {
        lua_rawgeti(L, 2, place);
        tasks.push_back(to_literal(L, lua_gettop(L)));
        lua_pop(L, 1);
    }
    const auto results = server.task_wait_multi(std::move(tasks), deadline);
    lua_newtable(L);
    lua_newtable(L);
    for (std::size_t place = 0; place < results.size(); ++place) {
        const auto key = static_cast<lua_Integer>(place + 1);
        answer_result(L, results[place]);
        if (results[place]) {
            lua_rawseti(L, -3, key);
        } else {
            lua_rawseti(L, -3, key);  // the reason
            lua_pop(L, 1);
        }
    }
    return 2;
}

// server:finish(v): of the task that runs
int finish(lua_State* L) {
    LuaServer& server = check_running(L);
    if (!server.task) return luaL_error(L, "finish() belongs into the event `task`, which gives a task its result");
    luaL_checkany(L, 2);
    server.task->finish(to_literal(L, 2));
    return 0;
}

// server:send_message(v, worker)
int send_message(lua_State* L) {
    Server& server = running(L);
    luaL_checkany(L, 2);
    const auto worker = static_cast<std::uint32_t>(check_integer(L, 3, "the worker's number", 0, UINT16_MAX));
    return answer_outcome(L, server.send_message(to_literal(L, 2), worker).error());
}

// -- the whole -------------------------------------------------------------------------------------------------------

// server:stats() -> {connections=, …, workers = {{busy=, …}, …}}
int stats(lua_State* L) {
    const ServerStats stats = running(L).stats();
    answer_counts(L, {{"connections", stats.connections},
                      {"accepted", stats.accepted},
                      {"closed", stats.closed},
                      {"requests", stats.requests},
                      {"tasks", stats.tasks},
                      {"tasking", stats.tasking},
                      {"idle_workers", stats.idle_workers},
                      {"idle_task_workers", stats.idle_task_workers},
                      {"coroutines", stats.coroutines}});
    lua_pushnumber(L, std::chrono::duration<double>(stats.started_at.time_since_epoch()).count());
    lua_setfield(L, -2, "start_time");
    lua_newtable(L);
    lua_Integer place = 0;
    for (const ServerStats::Worker& worker : stats.workers) {
        answer_counts(L, {{"busy", worker.busy},
                          {"finished", worker.finished},
                          {"starts", worker.starts},
                          {"pid", static_cast<std::uint64_t>(worker.process)}});
        lua_rawseti(L, -2, ++place);
    }
    lua_setfield(L, -2, "workers");
    return 1;
}

// server:reload([only_tasks])
int reload(lua_State* L) {
    running(L).reload(lua_toboolean(L, 2) != 0);
    return 0;
}

// server:stop([worker]): this worker is replaced, or that one
int stop(lua_State* L) {
    Server& server = running(L);
    std::optional<std::uint32_t> worker;
    if (!lua_isnoneornil(L, 2))
        worker = static_cast<std::uint32_t>(check_integer(L, 2, "the worker's number", 0, UINT16_MAX));
    return answer_outcome(L, server.stop_worker(worker).error());
}

int shutdown(lua_State* L) {
    running(L).shutdown();
    return 0;
}

}  // namespace

LuaServer& check_running(lua_State* L) {
    LuaServer& server = check_server(L);
    if (!server.self) luaL_error(L, "this server has not been started: call it from one of its events");
    return server;
}

const luaL_Reg* server_calls() {
    static const luaL_Reg calls[] = {{"send", binding<send>},
                                     {"sendto", binding<send_to>},
                                     {"sendfile", binding<send_file>},
                                     {"close", binding<close>},
                                     {"connections", binding<connections>},
                                     {"heartbeat", binding<heartbeat>},
                                     {"client_info", binding<client_info>},
                                     {"task", binding<task>},
                                     {"task_wait", binding<task_wait>},
                                     {"task_wait_multi", binding<task_wait_multi>},
                                     {"finish", binding<finish>},
                                     {"send_message", binding<send_message>},
                                     {"stats", binding<stats>},
                                     {"reload", binding<reload>},
                                     {"stop", binding<stop>},
                                     {"shutdown", binding<shutdown>},
                                     {nullptr, nullptr}};
    return calls;
}

}  // namespace co::lessons
