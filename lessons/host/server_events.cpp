// A server's events, as calls of a script's functions.
#include <algorithm>

#include <co/coroutine.h>
#include <co/socket.h>

#include "lessons/host/binding.h"
#include "lessons/host/host.h"
#include "lessons/host/literal.h"
#include "lessons/host/lua_http.h"
#include "lessons/host/lua_server.h"
#include "lessons/host/reason.h"

namespace co::lessons {
namespace {

void push_text(lua_State* L, std::string_view text) { lua_pushlstring(L, text.data(), text.size()); }

std::string host_text(const Address& address) {
    const std::string text = to_string(address);
    return text.substr(0, text.rfind(':'));
}

void push_sender(lua_State* L, const DatagramFrom& from) {
    lua_newtable(L);
    push_text(L, host_text(from.sender));
    lua_setfield(L, -2, "address");
    lua_pushinteger(L, from.sender.port);
    lua_setfield(L, -2, "port");
}

/// Calls one function of the script: the server first, then what `push` adds.
class Call {
  public:
    Call(LuaServer& server, Host& host, const LuaServer::Handler& handler)
        : server_(&server), host_(&host), handler_(&handler) {}

    template <typename Push>
    void operator()(Push push) const {
        host_->started(co::id(), handler_->line);
        host_->run_with(handler_->function, [&](lua_State* L) {
            server_->self->push(L);
            return 1 + push(L);
        });
    }
    /// The same without the server.
    void alone(const Host::PushArguments& push) const {
        host_->started(co::id(), handler_->line);
        host_->run_with(handler_->function, push);
    }
    LuaServer& server() const { return *server_; }

  private:
    LuaServer* server_;
    Host* host_;
    const LuaServer::Handler* handler_;
};

auto plain(const Call& call) {
    return [call] { call([](lua_State*) { return 0; }); };
}

auto with_number(const Call& call) {
    return [call](std::uint32_t number) {
        call([number](lua_State* L) {
            lua_pushinteger(L, number);
            return 1;
        });
    };
}

auto with_connection(const Call& call) {
    return [call](Connection connection) {
        call([fd = connection.fd()](lua_State* L) {
            lua_pushinteger(L, fd);
            return 1;
        });
    };
}

auto receive(const Call& call) {
    return [call](Connection from, std::string_view packet) {
        const auto info = call.server().running->client_info(from.fd());
        call([&](lua_State* L) {
            lua_pushinteger(L, from.fd());
            lua_pushinteger(L, info ? info->owner : 0);
            push_text(L, packet);
            return 3;
        });
    };
}

auto packet(const Call& call) {
    return [call](const DatagramFrom& from, std::string_view data) {
        call([&](lua_State* L) {
            push_text(L, data);
            push_sender(L, from);
            return 2;
        });
    };
}

auto run_task(const Call& call) {
    return [call](Task& task) {
        struct Running {
            explicit Running(LuaServer& its_server) : server(its_server) {}
            ~Running() { server.task = nullptr; }
            LuaServer& server;
        } const running(call.server());
        call.server().task = &task;
        call([&](lua_State* L) {
            lua_pushinteger(L, task.id());
            lua_pushinteger(L, task.from());
            push_literal(L, task.data());
            return 3;
        });
    };
}

auto finish(const Call& call) {
    return [call](const TaskResult& result) {
        call([&](lua_State* L) {
            lua_pushinteger(L, result.id);
            if (!result.error) {
                push_literal(L, result.data);
                return 2;
            }
            return 1 + answer_nothing(L, result.error);
        });
    };
}

auto answer_request(const Call& call) {
    return request_event([call](const Host::PushArguments& push) { call.alone(push); });
}

auto pipe_message(const Call& call) {
    return [call](std::uint32_t from, std::string_view data) {
        call([&](lua_State* L) {
            lua_pushinteger(L, from);
            push_literal(L, data);
            return 2;
        });
    };
}

auto worker_error(const Call& call) {
    return [call](const WorkerEnd& end) {
        call([&](lua_State* L) {
            lua_pushinteger(L, end.worker);
            lua_pushinteger(L, static_cast<lua_Integer>(end.process.process));
            lua_pushinteger(L, end.process.exit_code);
            lua_pushinteger(L, end.process.signal ? static_cast<lua_Integer>(*end.process.signal) : 0);
            return 4;
        });
    };
}

}  // namespace

const std::vector<std::string_view>& known_events() {
    static const std::vector<std::string_view> events = {
        "start",       "shutdown",     "manager_start", "manager_stop", "worker_start", "worker_stop",
        "worker_exit", "worker_error", "connect",       "receive",      "packet",       "close",
        "task",        "finish",       "pipe_message",  "buffer_full",  "buffer_empty", "request"};
    return events;
}

ServerEvents events_of(LuaServer& server, Host& host) {
    ServerEvents events;
    const auto set = [&](std::string_view name, auto& event, auto make) {
        const auto found = server.handlers.find(name);
        if (found != server.handlers.end()) event = make(Call(server, host, found->second));
    };
    set("start", events.start, plain);
    set("shutdown", events.shutdown, plain);
    set("manager_start", events.manager_start, plain);
    set("manager_stop", events.manager_stop, plain);
    set("worker_start", events.worker_start, with_number);
    set("worker_stop", events.worker_stop, with_number);
    set("worker_exit", events.worker_exit, with_number);
    set("worker_error", events.worker_error, worker_error);
    set("connect", events.connect, with_connection);
    set("close", events.close, with_connection);
    set("buffer_full", events.buffer_full, with_connection);
    set("buffer_empty", events.buffer_empty, with_connection);
    set("receive", events.receive, receive);
    set("packet", events.packet, packet);
    set("task", events.task, run_task);
    set("finish", events.finish, finish);
    set("pipe_message", events.pipe_message, pipe_message);
    set("request", events.request, answer_request);
    return events;
}

}  // namespace co::lessons
