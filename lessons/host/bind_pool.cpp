// Pool(n): n processes that do the same; one that ends is replaced.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <co/coroutine.h>
#include <co/process_pool.h>
#include <co/suggest.h>
#include <fmt/format.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/literal.h"
#include "lessons/host/processes.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

constexpr const char* type = "Pool";

struct LuaPool {
    struct Handler {
        Value function;
        std::uint32_t line;
    };
    std::uint32_t workers;
    std::shared_ptr<ProcessPool> pool;  // the host keeps it
    std::map<std::string, Handler, std::less<>> handlers{};
    std::optional<Value> self{};   // the script's object; from start() on
    PoolWorker* worker = nullptr;  // in a process of the pool
};

LuaPool& check(lua_State* L) { return check_object<LuaPool>(L, 1, type); }

int make(lua_State* L) {
    Host& host = Host::of(L);
    const auto workers = static_cast<std::uint32_t>(check_integer(L, 1, "how many processes", 1, 1'000));
    auto pool = std::make_shared<ProcessPool>(workers);
    host.keep(pool);
    return make_object<LuaPool>(L, type, LuaPool{.workers = workers, .pool = std::move(pool)});
}

// pool:on(event, f)
int on(lua_State* L) {
    LuaPool& pool = check(L);
    if (pool.self) return luaL_error(L, "pool:on() belongs before pool:start()");
    const std::string event = luaL_checkstring(L, 2);
    check_function(L, 3);
    const std::vector<std::string_view> known = {"worker_start", "worker_stop", "message"};
    if (std::ranges::find(known, event) == known.end())
        bad_argument(L, 2, fmt::format("there is no event `{}`; {}", event, suggest(event, known)));
    const std::uint32_t line = Host::of(L).caller_line(L);
    lua_settop(L, 3);
    pool.handlers.insert_or_assign(event, LuaPool::Handler{Value::pop(L), line});
    return 0;
}

/// Calls the script's function for that event, if there is one: the pool first, then what `push` adds.
template <typename Push>
void call(LuaPool& pool, Host& host, std::string_view event, Push push) {
    const auto found = pool.handlers.find(event);
    if (found == pool.handlers.end()) return;
    host.started(co::id(), found->second.line);
    host.run_with(found->second.function, [&](lua_State* L) {
        pool.self->push(L);
        return 1 + push(L);
    });
}

void set_events(LuaPool& pool, Host& host) {
    const auto with_id = [&pool, &host](const char* event) {
        return [&pool, &host, event](PoolWorker& worker) {
            pool.worker = &worker;
            call(pool, host, event, [&worker](lua_State* L) {
                lua_pushinteger(L, worker.id());
                return 1;
            });
        };
    };
    pool.pool->on_worker_start(with_id("worker_start"));
    pool.pool->on_worker_stop(with_id("worker_stop"));
    if (!pool.handlers.contains("message")) return;
    pool.pool->on_message([&pool, &host](PoolWorker&, std::uint32_t from, std::string_view data) {
        call(pool, host, "message", [&](lua_State* L) {
            lua_pushinteger(L, from);
            push_literal(L, data);
            return 2;
        });
    });
}

ProcessPool::Runner runner_for(Processes& processes, Start start) {
    return [&processes, start = std::move(start)](Kernel& own, const std::string& name,
                                                  const std::function<void(ProcessPool&)>& main) {
        int exit_code = 0;
        Start mine = start;
        mine.way.back().arrive = [&](Host&, void* object) {
            try {
                main(*static_cast<LuaPool*>(object)->pool);
            } catch (const ScriptError&) {
                exit_code = 1;  // it is told of already
            }
        };
        processes.run(own, {}, name, mine);
        return exit_code;
    };
}

// pool:start(): until shutdown(), or a signal to terminate
int start(lua_State* L) {
    LuaPool& pool = check(L);
    Host& host = Host::of(L);
    Processes& processes = host.processes(L, "pool:start()");
    if (pool.self) return luaL_error(L, "start(): this pool has been started already");
    if (!pool.handlers.contains("worker_start") && !pool.handlers.contains("message"))
        return luaL_error(L, "start(): its processes have nothing to do; pool:on(\"worker_start\", f) first");
    lua_pushvalue(L, 1);
    pool.self = Value::pop(L);
    set_events(pool, host);
    if (host.passes(L, &pool)) return 0;
    processes.uses_machine();
    pool.pool->run_processes_by(runner_for(processes, {.source = host.options().source,
                                                       .way = host.begin_start(L, "pool:start()", {}),
                                                       .object = &pool,
                                                       .past = host.shared().past()}));
    processes.serves(host);
    pool.pool->start();
    return 0;
}

// pool:send_message(v, worker)
int send_message(lua_State* L) {
    LuaPool& pool = check(L);
    luaL_checkany(L, 2);
    const auto worker = static_cast<std::uint32_t>(check_integer(L, 3, "the worker's number", 0, UINT16_MAX));
    if (!pool.worker)
        return luaL_error(L, "send_message(): only the pool's own processes have messages for each other");
    if (worker >= pool.workers) return answer(L, false, "no such worker");
    return answer_outcome(L, pool.worker->send(to_literal(L, 2), worker).error());
}

// pool:shutdown()
int shutdown(lua_State* L) {
    LuaPool& pool = check(L);
    if (pool.worker) {
        pool.worker->shutdown();
    } else {
        pool.pool->shutdown();
    }
    return 0;
}

// pool.worker_id, pool.worker_pid; else the method of that name, which is the upvalue's.
int field(lua_State* L) {
    LuaPool& pool = check(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    const std::string_view name = lua_isstring(L, 2) ? lua_tostring(L, 2) : "";
    if (!pool.worker || (name != "worker_id" && name != "worker_pid")) return 0;
    lua_pushinteger(L, name == "worker_id" ? lua_Integer{pool.worker->id()}
                                           : static_cast<lua_Integer>(Scheduler::current().kernel().process_id()));
    return 1;
}

}  // namespace

void bind_pools(lua_State* L) {
    const luaL_Reg methods[] = {{"on", binding<on>},
                                {"start", binding<start>},
                                {"send_message", binding<send_message>},
                                {"shutdown", binding<shutdown>},
                                {nullptr, nullptr}};
    define_type<LuaPool>(L, type, methods);
    luaL_getmetatable(L, type);
    lua_getfield(L, -1, "__index");
    lua_pushcclosure(L, binding<field>, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    lua_register(L, type, binding<make>);
}

}  // namespace co::lessons
