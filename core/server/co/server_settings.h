// ServerSettings: everything that can be set about a server, with the values it has when nobody sets anything.
//
//     co::ServerSettings settings{.workers = 4, .framing = co::framing::eof("\r\n")};
//     for (const std::string& complaint : co::complaints(settings)) fmt::print("{}\n", complaint);
//
// Limits and their reasons are told in docs/server.md. Scripts set the same by name: see apply_values().
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <co/framing.h>
#include <co/kernel.h>
#include <co/log_sink.h>

namespace co {

enum class ServerMode : std::uint8_t {
    process,  // reactor threads own the connections, worker processes run your callbacks
    base,     // every worker owns connections of its own: no hop, the fastest way
};

/// Which worker gets a packet. The numbers are those that scripts use.
enum class DispatchPolicy : std::uint8_t {
    round_robin = 1,    // one after the other
    by_connection = 2,  // a connection always meets the same worker
    by_idle = 3,        // the worker that has least to do
    by_address = 4,     // one client address always meets the same worker
    by_function = 5,    // Server::on_dispatch decides
};

struct ServerSettings {
    ServerMode mode = ServerMode::process;
    std::uint32_t reactors = 1;
    std::uint32_t workers = 1;
    std::uint32_t task_workers = 0;
    DispatchPolicy dispatch = DispatchPolicy::by_connection;

    // -- connections -----------------------------------------------------------------------------------------
    Framing framing{};
    int backlog = 512;
    std::uint32_t max_connections = 10'000;                     // of the whole server; extras wait in the backlog
    std::optional<std::uint32_t> max_connections_of_address{};  // unset: any number
    std::size_t output_buffer = 2 << 20;                        // bytes that may wait to be sent on one connection
    bool send_yield = true;                                     // at a full buffer send() parks; else it answers `full`
    Duration send_timeout = std::chrono::seconds(60);           // without any progress; then the connection is closed
    std::optional<Duration> heartbeat_check{};  // how often idle connections are looked for; unset: never
    std::optional<Duration> heartbeat_idle{};   // silent for longer is idle; unset: twice heartbeat_check
    bool keep_alive = false;                    // the system's own probes, with the system's times for what is unset:
    std::optional<Duration> keep_alive_idle{};  // before the first one, in whole seconds
    std::optional<Duration> keep_alive_interval{};     // between two of them, likewise
    std::optional<std::uint32_t> keep_alive_probes{};  // without an answer, then the connection is broken

    // -- workers ---------------------------------------------------------------------------------------------
    std::optional<std::uint64_t> max_request{};        // a worker is replaced after so many; unset: never
    std::optional<std::uint64_t> task_max_request{};   // the same of a task worker
    std::uint32_t max_coroutines = 100'000;            // at once in a worker
    std::uint32_t task_queue = 8'192;                  // tasks that may wait for one task worker
    bool reload_async = true;                          // running coroutines may end before their worker is replaced
    Duration max_wait_time = std::chrono::seconds(3);  // for them, and for any worker to stop; then it is killed

    // -- as a service ----------------------------------------------------------------------------------------
    bool daemonize = false;               // start() returns once the server serves, in processes of its own
    std::string pid_file{};               // has the first process's number as long as the server runs; empty: none
    std::string log_file{};               // empty: standard error; a daemon's is nowhere then
    std::optional<LogLevel> log_level{};  // the least that is told; unset: info in a file, warning elsewhere
    std::uint64_t log_rotation_size = 10 << 20;  // bytes; then the file is kept as FILE.1, FILE.2 …; 0: never
    std::uint32_t log_rotation_files = 5;        // so many of them

    friend bool operator==(const ServerSettings&, const ServerSettings&) = default;
};

/// How long a connection may be silent; none: as long as it likes.
std::optional<Duration> idle_limit(const ServerSettings& settings);

/// Everything that is wrong with them, a sentence each; empty when a server can start with them.
std::vector<std::string> complaints(const ServerSettings& settings);

/// A setting's value as a script writes it; times are seconds.
using SettingValue = std::variant<bool, std::int64_t, double, std::string>;
using NamedSetting = std::pair<std::string, SettingValue>;

/// Sets what scripts call by name (worker_num, package_eof, …). All or nothing: with any complaint the settings stay
/// as they are. Complaints name the setting, and suggest the one that was probably meant when it is unknown. A setting
/// of length framing that is not named has the tutorial's default: the length counts from the packet's first byte.
std::vector<std::string> apply_values(std::span<const NamedSetting> values, ServerSettings& settings);

/// The settings as scripts write them, those that are unset left out; apply_values() of it gives the same settings.
std::vector<NamedSetting> to_values(const ServerSettings& settings);

}  // namespace co
