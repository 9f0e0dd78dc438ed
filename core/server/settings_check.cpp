// What makes settings unusable, all in one place.
#include <co/server_settings.h>

#include <chrono>
#include <limits>

namespace co {
namespace {

class Checks {
  public:
    template <typename Number>
    void range(std::string_view name, Number value, Number least, Number most) {
        if (value >= least && value <= most) return;
        found_.push_back(std::string(name) + " is " + std::to_string(value) + ": it must be from " +
                         std::to_string(least) + " to " + std::to_string(most));
    }
    void positive(std::string_view name, std::optional<Duration> value) {
        if (value && *value <= Duration::zero()) found_.push_back(std::string(name) + " must be above 0 seconds");
    }
    void whole_seconds(std::string_view name, std::optional<Duration> value) {
        constexpr std::chrono::seconds longest(32'767);  // as tcp(7) takes them
        if (!value || (*value >= std::chrono::seconds(1) && *value <= longest &&
                       *value % std::chrono::seconds(1) == Duration::zero()))
            return;
        found_.push_back(std::string(name) + " must be 1 to 32767 whole seconds: the system counts no finer");
    }
    void never(bool is_wrong, std::string sentence) {
        if (is_wrong) found_.push_back(std::move(sentence));
    }
    void all_of(std::vector<std::string> more) {
        for (std::string& sentence : more) found_.push_back(std::move(sentence));
    }
    std::vector<std::string> found() && { return std::move(found_); }

  private:
    std::vector<std::string> found_;
};

constexpr std::uint32_t most_processes = 1'000;
constexpr std::uint32_t most_reactors = 64;
constexpr std::uint32_t most_probes = 127;  // tcp(7)
constexpr std::uint32_t any_number = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t any_large_number = std::numeric_limits<std::uint64_t>::max();

}  // namespace

std::optional<Duration> idle_limit(const ServerSettings& settings) {
    if (settings.heartbeat_idle) return settings.heartbeat_idle;
    if (settings.heartbeat_check) return *settings.heartbeat_check * 2;
    return std::nullopt;
}

std::vector<std::string> complaints(const ServerSettings& settings) {
    Checks checks;
    checks.range("worker_num", settings.workers, 1u, most_processes);
    checks.range("reactor_num", settings.reactors, 1u, most_reactors);
    checks.range("task_worker_num", settings.task_workers, 0u, most_processes);
    checks.range("backlog", settings.backlog, 1, 65'535);
    checks.range("max_connections", settings.max_connections, 1u, any_number);
    checks.range("max_connections_of_address", settings.max_connections_of_address.value_or(1), 1u, any_number);
    checks.range("max_coroutines", settings.max_coroutines, 1u, 1'000'000u);
    checks.range("task_queue", settings.task_queue, 1u, any_number);
    checks.range<std::uint64_t>("max_request", settings.max_request.value_or(1), 1, any_large_number);
    checks.range<std::uint64_t>("task_max_request", settings.task_max_request.value_or(1), 1, any_large_number);
    checks.never(settings.output_buffer == 0, "buffer_output_size is 0: nothing could ever be sent");
    checks.positive("heartbeat_check_interval", settings.heartbeat_check);
    checks.positive("heartbeat_idle_time", settings.heartbeat_idle);
    checks.whole_seconds("tcp_keepidle", settings.keep_alive_idle);
    checks.whole_seconds("tcp_keepinterval", settings.keep_alive_interval);
    checks.range("tcp_keepcount", settings.keep_alive_probes.value_or(1), 1u, most_probes);
    const bool has_times = settings.keep_alive_idle || settings.keep_alive_interval || settings.keep_alive_probes;
    checks.never(has_times && !settings.keep_alive,
                 "tcp_keepidle, tcp_keepinterval and tcp_keepcount mean nothing without open_tcp_keepalive = true");
    checks.positive("max_wait_time", settings.max_wait_time);
    checks.positive("send_timeout", settings.send_timeout);
    checks.range("log_rotation_files", settings.log_rotation_files, 1u, 1'000u);
    checks.never(settings.pid_file == settings.log_file && !settings.pid_file.empty(),
                 "pid_file and log_file are the same file");
    checks.all_of(complaints(settings.framing));
    return std::move(checks).found();
}

}  // namespace co
