// tcp.Client() and udp.Client(): their calls park the coroutine, never the thread.
#include <memory>

#include <co/tcp_client.h>
#include <co/udp_client.h>

#include "lessons/host/binding.h"
#include "lessons/host/bindings.h"
#include "lessons/host/host.h"
#include "lessons/host/processes.h"
#include "lessons/host/reason.h"
#include "lessons/host/settings.h"

namespace co::lessons {
namespace {

constexpr const char* tcp_type = "tcp.Client";
constexpr const char* udp_type = "udp.Client";

/// The client of a script. The host keeps it until the process ends: when Lua collects the script's object must be of
/// no consequence for anybody.
template <typename Client>
struct LuaClient {
    std::shared_ptr<Client> client;
    TcpClientOptions options{};
};

template <typename Client>
constexpr const char* type_of = nullptr;
template <>
constexpr const char* type_of<TcpClient> = tcp_type;
template <>
constexpr const char* type_of<UdpClient> = udp_type;

template <typename Client>
LuaClient<Client>& check(lua_State* L) {
    return check_object<LuaClient<Client>>(L, 1, type_of<Client>);
}

std::shared_ptr<TcpClient> fresh(const TcpClientOptions& options, TcpClient*) {
    return std::make_shared<TcpClient>(options);
}
std::shared_ptr<UdpClient> fresh(const TcpClientOptions& options, UdpClient*) {
    return std::make_shared<UdpClient>(options.timeouts);
}

/// The first call that reaches for the network: a process that is started afterwards must not do it again.
void reaches_out(lua_State* L, const char* what) {
    Host& host = Host::of(L);
    host.did_once(host.caller_line(L), what);
}

template <typename Client>
int make(lua_State* L) {
    Host& host = Host::of(L);
    host.processes(L, "a client").uses_machine();
    TcpClientOptions options{.timeouts = host.client_timeouts()};
    auto client = fresh(options, static_cast<Client*>(nullptr));
    host.keep(client);
    return make_object<LuaClient<Client>>(L, type_of<Client>, std::move(client), std::move(options));
}

/// Seconds of a call; none: as the client has it. -1 is never, 0 leaves it as it is, too (tutorial 2.2).
std::optional<Deadline> check_limit(lua_State* L, int index) {
    if (lua_isnoneornil(L, index)) return std::nullopt;
    return check_timeout(L, index);
}

int answer_bytes(lua_State* L, const Result<std::string>& got) {
    if (!got) return answer_nothing(L, got.error());
    lua_pushlstring(L, got->data(), got->size());
    return 1;
}

// client:connect(host, port [, timeout])
int connect_tcp(lua_State* L) {
    TcpClient& client = *check<TcpClient>(L).client;
    const std::string host = luaL_checkstring(L, 2);
    const auto port = static_cast<std::uint16_t>(check_integer(L, 3, "port", 1, UINT16_MAX));
    reaches_out(L, "connects a client");
    return answer_outcome(L, client.connect(host, port, check_limit(L, 4)).error());
}

int connect_udp(lua_State* L) {
    UdpClient& client = *check<UdpClient>(L).client;
    const std::string host = luaL_checkstring(L, 2);
    const auto port = static_cast<std::uint16_t>(check_integer(L, 3, "port", 1, UINT16_MAX));
    reaches_out(L, "connects a client");
    return answer_outcome(L, client.connect(host, port).error());
}

// client:send(s [, timeout])
template <typename Client>
int send(lua_State* L) {
    Client& client = *check<Client>(L).client;
    std::size_t size = 0;
    const char* bytes = luaL_checklstring(L, 2, &size);
    return answer_outcome(L, client.send({bytes, size}, check_limit(L, 3)).error());
}

// client:recv([timeout]): the next packet; nil, "closed" when the server has sent all that it will
// client:recv(n, timeout): exactly n bytes, without framing
int receive_tcp(lua_State* L) {
    constexpr std::int64_t most = 1 << 30;
    TcpClient& client = *check<TcpClient>(L).client;
    const bool is_counted = lua_gettop(L) >= 3;
    const auto bytes = is_counted ? static_cast<std::size_t>(check_integer(L, 2, "how many bytes", 1, most)) : 0;
    const std::optional<Deadline> limit = check_limit(L, is_counted ? 3 : 2);
    const Result<std::string> got = is_counted ? client.receive_exactly(bytes, limit) : client.receive(limit);
    if (!got || !got->empty()) return answer_bytes(L, got);
    lua_pushnil(L);
    lua_pushliteral(L, "closed");
    return 2;
}

int receive_udp(lua_State* L) { return answer_bytes(L, check<UdpClient>(L).client->receive(check_limit(L, 2))); }

// client:peek([timeout])
template <typename Client>
int peek(lua_State* L) {
    return answer_bytes(L, check<Client>(L).client->peek(check_limit(L, 2)));
}

template <typename Client>
int close(lua_State* L) {
    check<Client>(L).client->close();
    return 0;
}

// client:is_connected()
int is_connected(lua_State* L) {
    lua_pushboolean(L, check<TcpClient>(L).client->is_connected());
    return 1;
}

// client:set_defer([defers = true])
int set_defer(lua_State* L) {
    check<TcpClient>(L).client->set_defer(lua_isnoneornil(L, 2) || lua_toboolean(L, 2));
    return 0;
}

// The same of a udp.Client, whose send() never waits.
int set_defer_udp(lua_State* L) {
    check<UdpClient>(L);
    return 0;
}

/// A field of the table at 2, in seconds: -1 is never, 0 and nothing leave what there is.
void take_limit(lua_State* L, const char* name, std::optional<Deadline>& limit) {
    lua_getfield(L, 2, name);
    const bool leaves = lua_isnil(L, -1) || (lua_isnumber(L, -1) && lua_tonumber(L, -1) == 0);
    if (!leaves) {
        if (lua_type(L, -1) != LUA_TNUMBER) bad_argument(L, 2, std::string(name) + " must be a number of seconds");
        const double seconds = lua_tonumber(L, -1);
        if (seconds < 0 && seconds != -1) bad_argument(L, 2, std::string(name) + " must be 0 or more, or -1: never");
        limit = seconds == -1 ? Deadline(forever) : Deadline(Duration(static_cast<std::int64_t>(seconds * 1e9)));
    }
    lua_pop(L, 1);
}

// client:set{timeout =, connect_timeout =, open_eof_split =, …}: before connect()
template <typename Client>
int set(lua_State* L) {
    LuaClient<Client>& client = check<Client>(L);
    client.options.framing = check_framing(L, 2, {"timeout", "connect_timeout", "send_timeout", "recv_timeout"});
    ClientTimeouts& timeouts = client.options.timeouts;
    take_limit(L, "timeout", timeouts.send);
    take_limit(L, "timeout", timeouts.receive);
    take_limit(L, "connect_timeout", timeouts.connect);
    take_limit(L, "send_timeout", timeouts.send);
    take_limit(L, "recv_timeout", timeouts.receive);
    client.client->close();
    client.client = fresh(client.options, static_cast<Client*>(nullptr));
    Host::of(L).keep(client.client);
    return 0;
}

void add_to(lua_State* L, const char* library, lua_CFunction function) {
    lua_getglobal(L, library);
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, "Client");
    lua_pop(L, 1);
}

}  // namespace

void bind_clients(lua_State* L) {
    const luaL_Reg tcp[] = {{"connect", binding<connect_tcp>},
                            {"send", binding<send<TcpClient>>},
                            {"recv", binding<receive_tcp>},
                            {"peek", binding<peek<TcpClient>>},
                            {"close", binding<close<TcpClient>>},
                            {"is_connected", binding<is_connected>},
                            {"set", binding<set<TcpClient>>},
                            {"set_defer", binding<set_defer>},
                            {nullptr, nullptr}};
    const luaL_Reg udp[] = {{"connect", binding<connect_udp>},     {"send", binding<send<UdpClient>>},
                            {"recv", binding<receive_udp>},        {"peek", binding<peek<UdpClient>>},
                            {"close", binding<close<UdpClient>>},  {"set", binding<set<UdpClient>>},
                            {"set_defer", binding<set_defer_udp>}, {nullptr, nullptr}};
    define_type<LuaClient<TcpClient>>(L, tcp_type, tcp);
    define_type<LuaClient<UdpClient>>(L, udp_type, udp);
    add_to(L, "tcp", binding<make<TcpClient>>);
    add_to(L, "udp", binding<make<UdpClient>>);
}

}  // namespace co::lessons
