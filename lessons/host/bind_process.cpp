// Process(f [, name]): f runs in a process of its own, with a line to the one that started it.
#include <memory>
#include <optional>

#include <co/children.h>
#include <co/coroutine.h>
#include <co/exec.h>
#include <co/exit.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/processes.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

constexpr const char* type = "Process";
constexpr const char* children_key = "costudio.children";  // of the registry

struct LuaProcess {
    Value function;
    std::string name;
    std::optional<Value> self{};       // the script's object, once it was started
    ProcessId id{};                    // 0: not started, or this is the process itself
    std::shared_ptr<Stream> line{};    // in the parent; the host keeps it
    Stream* line_to_parent = nullptr;  // in the process itself
};

/// Who the fresh process is: known when its state has come to start().
struct Fresh {
    Host* host = nullptr;
    LuaProcess* process = nullptr;
    int exit_code = 0;
};

LuaProcess& check(lua_State* L) { return check_object<LuaProcess>(L, 1, type); }

/// One for all of the script's processes: the system tells only that some child has ended.
Children& children_of(lua_State* L) {
    lua_getfield(L, LUA_REGISTRYINDEX, children_key);
    if (!lua_islightuserdata(L, -1)) {
        auto children = std::make_shared<Children>();
        lua_pushlightuserdata(L, children.get());
        lua_setfield(L, LUA_REGISTRYINDEX, children_key);
        lua_pop(L, 1);
        Host::of(L).keep(children);
        return *children;
    }
    auto& children = *static_cast<Children*>(lua_touserdata(L, -1));
    lua_pop(L, 1);
    return children;
}

int make(lua_State* L) {
    check_function(L, 1);
    std::string name = luaL_optstring(L, 2, "");
    if (name.empty()) name = Host::of(L).assigned_name(L, type);
    if (name.empty()) name = "process";
    lua_pushvalue(L, 1);
    Value function = Value::pop(L);
    return make_object<LuaProcess>(L, type, std::move(function), std::move(name));
}

/// In the fresh process, on its first coroutine.
void be_process(Fresh& fresh, Stream& parent) {
    LuaProcess& self = *fresh.process;
    self.line_to_parent = &parent;
    try {
        fresh.host->run_with(self.function, [&self](lua_State* L) {
            self.self->push(L);
            return 1;
        });
    } catch (const ScriptError&) {
        fresh.exit_code = 1;  // it is told of already
    }
    self.line_to_parent = nullptr;
}

Children::Runner runner_for(Processes& processes, Start start, const std::shared_ptr<Fresh>& fresh) {
    return [&processes, start = std::move(start), fresh](Kernel& own, const std::string& name,
                                                         const std::function<void()>& main) {
        Start mine = start;
        mine.way.back().arrive = [&](Host& host, void* object) {
            fresh->host = &host;
            fresh->process = static_cast<LuaProcess*>(object);
            main();
        };
        processes.run(own, {}, name, mine);
        return fresh->exit_code;
    };
}

// process:start() -> pid
int start(lua_State* L) {
    LuaProcess& process = check(L);
    Host& host = Host::of(L);
    Processes& processes = host.processes(L, "process:start()");
    if (process.self) return luaL_error(L, "start(): this process has been started already; make another one");
    lua_pushvalue(L, 1);
    process.self = Value::pop(L);
    if (host.passes(L, &process)) return 0;
    processes.uses_machine();
    Start way{.source = host.options().source,
              .way = host.begin_start(L, "process:start()", {}),
              .object = &process,
              .past = host.shared().past()};
    auto fresh = std::make_shared<Fresh>();
    const Children::Runner runner = runner_for(processes, std::move(way), fresh);
    auto child = children_of(L).start(
        process.name, [fresh](Stream& parent) { be_process(*fresh, parent); }, runner);
    if (!child) return answer_nothing(L, child.error());
    process.id = child->id;
    process.line = std::make_shared<Stream>(std::move(child->line));
    host.keep(process.line);
    lua_pushinteger(L, static_cast<lua_Integer>(process.id));
    return 1;
}

/// Its line to the other side. Raises a Lua error when it has none.
Stream& check_line(lua_State* L, LuaProcess& process, const char* call) {
    if (process.line_to_parent) return *process.line_to_parent;
    if (!process.line || !process.line->is_open())
        luaL_error(L, "%s: this process has not been started, or its line is closed", call);
    return *process.line;
}

// process:write(s [, timeout]): to the child; in the child, to the parent
int write(lua_State* L) {
    LuaProcess& process = check(L);
    std::size_t size = 0;
    const char* bytes = luaL_checklstring(L, 2, &size);
    const Deadline deadline = check_timeout(L, 3);
    if (Host::of(L).repeats()) return answer(L, true, "");
    return answer_outcome(L, check_line(L, process, "write()").write_all({bytes, size}, deadline).error());
}

// process:read([timeout]) -> what came; nil, "closed" when the other side has ended
int read(lua_State* L) {
    LuaProcess& process = check(L);
    const Result<std::string> got = check_line(L, process, "read()").read_some(check_timeout(L, 2));
    if (!got) return answer_nothing(L, got.error());
    if (got->empty()) {
        lua_pushnil(L);
        lua_pushliteral(L, "closed");
        return 2;
    }
    lua_pushlstring(L, got->data(), got->size());
    return 1;
}

// process:exec(command): in the process itself, which becomes that command. What the command prints goes to the other
// side of the line, its exit code is the process's.
int exec(lua_State* L) {
    LuaProcess& process = check(L);
    const std::string command = luaL_checkstring(L, 2);
    if (!process.line_to_parent) return luaL_error(L, "exec(): only the process itself can become another program");
    auto ran = co::exec(command);
    if (!ran) return answer_nothing(L, ran.error());
    const bool was_heard = bool(process.line_to_parent->write_all(ran->output));
    constexpr int of_a_signal = 128;  // as a shell says it
    const int code = ran->signal ? of_a_signal + static_cast<int>(*ran->signal) : ran->exit_code;
    process::exit(was_heard ? code : 1);
}

// process:kill([signal = 15])
int kill(lua_State* L) {
    LuaProcess& process = check(L);
    const auto signal = static_cast<Signal>(lua_isnoneornil(L, 2) ? 15 : check_integer(L, 2, "the signal", 1, 64));
    if (Host::of(L).repeats()) return answer(L, true, "");
    return answer_outcome(L, children_of(L).kill(process.id, signal).error());
}

// process:wait([timeout]) -> {pid=, code=, signal=}
int wait(lua_State* L) {
    LuaProcess& process = check(L);
    const auto end = children_of(L).wait(process.id, check_timeout(L, 2));
    if (!end) return answer_nothing(L, end.error());
    return answer_counts(L, {{"pid", static_cast<std::uint64_t>(end->process)},
                             {"code", static_cast<std::uint64_t>(end->exit_code)},
                             {"signal", end->signal ? static_cast<std::uint64_t>(*end->signal) : 0}});
}

// process.pid; else the method of that name, which is the upvalue's.
int field(lua_State* L) {
    LuaProcess& process = check(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    const std::string_view name = lua_isstring(L, 2) ? lua_tostring(L, 2) : "";
    if (name == "pid") {
        const ProcessId own = Scheduler::current().kernel().process_id();
        lua_pushinteger(L, static_cast<lua_Integer>(process.line_to_parent ? own : process.id));
        return 1;
    }
    return 0;
}

int text(lua_State* L) {
    lua_pushfstring(L, "process %s", check(L).name.c_str());
    return 1;
}

}  // namespace

void bind_processes(lua_State* L) {
    const luaL_Reg methods[] = {{"start", binding<start>}, {"write", binding<write>}, {"read", binding<read>},
                                {"exec", binding<exec>},   {"kill", binding<kill>},   {"wait", binding<wait>},
                                {nullptr, nullptr}};
    define_type<LuaProcess>(L, type, methods, text);
    luaL_getmetatable(L, type);
    lua_getfield(L, -1, "__index");
    lua_pushcclosure(L, binding<field>, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    lua_register(L, type, binding<make>);
}

}  // namespace co::lessons
