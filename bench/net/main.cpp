// bench_net: asks every server the same, and prints how they compare. They all run, the servers on the first core,
// those who ask on the second, but only one is asked at a time: in slices of milliseconds, in turns.
#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/driver/report.h"
#include "bench/driver/stolen_time.h"
#include "bench/net/asked_server.h"
#include "bench/net/load.h"
#include "bench/net/pinned_process.h"

namespace {

using namespace co::bench;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int connections = 100;
constexpr double most_stolen = 0.02;  // of the processors' time: beyond it a round tells more of the host
constexpr auto to_warm_up = std::chrono::seconds(1);
constexpr int requests_of_ab = 150'000;

struct Wishes {
    int rounds = 200;
    int milliseconds = 40;
    bool as_json = false;
    Words groups = {"http", "echo"};
    Words modes = {"base", "process"};
};

/// Where the programs are.
struct Folders {
    fs::path build;
    fs::path net = build / "contest" / "net";
    fs::path node_script = net / "server.mjs";
};

Contestant peer(const std::string& name, const fs::path& program, const std::string& package) {
    return {name, program, package};
}

/// A program somewhere in PATH; "" when there is none.
fs::path installed(const std::string& name) {
    if (!can_run(name)) return {};
    return name == "nginx" ? fs::path("/usr/sbin/nginx") : fs::path("/usr/bin/env");
}

std::vector<Contestant> servers(const Folders& folders) {
    return {peer(std::string(lower_bound), folders.net / "floor", ""),
            peer(std::string(ours), folders.build / "examples" / "http_hello", ""),
            peer("Go", folders.net / "go", "golang-go"), peer("nginx", installed("nginx"), "nginx-light"),
            peer("node", installed("node"), "nodejs")};
}

/// nginx reads what to do from a file; nobody asks it for an echo.
std::string nginx_file(const fs::path& folder, std::uint16_t port) {
    const fs::path place = folder / "nginx.conf";
    FILE* file = fopen(place.c_str(), "w");
    if (!file) throw std::runtime_error("cannot write " + place.string());
    fmt::print(file,
               "daemon off; worker_processes 1; pid {0}/nginx.pid; error_log {0}/nginx.log;\n"
               "events {{ worker_connections 1024; }}\n"
               "http {{ access_log off; keepalive_requests 100000000; default_type text/plain;\n"
               "  client_body_temp_path {0}; proxy_temp_path {0}; fastcgi_temp_path {0}; uwsgi_temp_path {0};\n"
               "  scgi_temp_path {0};\n"
               "  server {{ listen 127.0.0.1:{1}; location / {{ return 200 'Hello from an event loop'; }} }} }}\n",
               folder.string(), port);
    fclose(file);
    return place;
}

/// Nothing for one that does not take part.
Words command_of(const std::string& name, const Folders& folders, const std::string& group, const std::string& mode,
                 std::uint16_t port) {
    const std::string number = std::to_string(port);
    if (name == ours) {
        const char* program = group == "http" ? "http_hello" : "echo_server";
        return {folders.build / "examples" / program, "--port", number, "--mode", mode, "--workers", "1"};
    }
    if (name == "nginx")
        return group == "http" ? Words{"/usr/sbin/nginx", "-c", nginx_file(folders.net, port)} : Words{};
    if (name == "node") return {"node", folders.node_script, group, number};
    return {folders.net / (name == "Go" ? "go" : "floor"), group, number};
}

/// What its load asks, and with what.
std::unique_ptr<AskedServer> start(const Words& command, const Folders& folders, const std::string& group,
                                   std::uint16_t port) {
    if (group == "http")
        return std::make_unique<AskedServer>(command, port, wrk_command(port, connections), question_of_wrk(port));
    const Words load{folders.net / "echo_load", std::to_string(port), std::to_string(connections)};
    return std::make_unique<AskedServer>(command, port, load, std::string(64, '.'));
}

std::vector<Words> each_alone(const Words& words) {
    std::vector<Words> all;
    for (const std::string& word : words) all.push_back({word});
    return all;
}

class Contest {
  public:
    Contest(Folders folders, Wishes wishes) : folders_(std::move(folders)), wishes_(std::move(wishes)) {}

    void run() {
        for (const std::string& group : wishes_.groups) play(group);
        if (isatty(STDERR_FILENO)) std::cerr << "\r\x1b[K";
    }

    void print(Circumstances how) const {
        how.rows = net_rows();
        how.what = fmt::format("slices of {} ms, {} connections; CPU-s: of the server with all its processes",
                               wishes_.milliseconds, connections);
        if (played_again_ > 0)
            how.what +=
                fmt::format("; {} played again, for the host took more than {:.0f} % of the processors meanwhile",
                            played_again_, most_stolen * 100);
        if (disturbed_ > 0) how.what += fmt::format("; {} counted although it did", disturbed_);
        how.rounds = wishes_.rounds;
        how.is_pinned = true;
        if (wishes_.as_json) {
            std::cout << json_of(comparison_, all_, how).dump(2) << '\n';
            return;
        }
        std::cout << table_of(comparison_, all_, how);
        for (const std::string& line : asked_by_ab_) std::cout << line << '\n';
        for (const auto& [who, failed] : failed_) std::cout << who << ": " << failed << " requests failed\n";
    }

    /// The other program that everybody measures with.
    void ask_by_ab() {
        if (!can_run("ab")) {
            asked_by_ab_.push_back("ab: not installed (package apache2-utils)");
            return;
        }
        for (const std::string& mode : wishes_.modes) {
            const std::uint16_t port = free_port();
            ServerProcess server(command_of(std::string(ours), folders_, "http", mode, port), port);
            const Load done = ab_load(port, connections, requests_of_ab);
            asked_by_ab_.push_back(fmt::format("ab -k -c {}, mode {}: {:.0f} requests/s, {} failed, the slowest {} ms",
                                               connections, mode, static_cast<double>(done.answered) / done.seconds,
                                               done.failed, done.slowest_ms));
        }
    }

  private:
    struct Player {
        std::string name;
        Words modes;  // whoever knows none stands in the rows of all
        std::unique_ptr<AskedServer> server;
        Slice slice{};
    };

    void play(const std::string& group) {
        std::vector<Player> players = players_of(group);
        const std::chrono::milliseconds slice(wishes_.milliseconds);
        for (auto warm = slice * 0; warm < to_warm_up; warm += slice) play_round(players);
        int again = 0;
        for (int round = 1; round <= wishes_.rounds; ++round) {
            if (isatty(STDERR_FILENO))
                std::cerr << fmt::format("\r\x1b[K{}: round {} of {}", group, round, wishes_.rounds);
            // Again, when the host gave the processors to others meanwhile; not for ever.
            while (!play_round(players) && ++again <= wishes_.rounds) ++played_again_;
            disturbed_ += again > wishes_.rounds;
            count(players, group);
        }
        if (group == "http")
            for (Player& player : players)
                if (const auto failed = failed_of_wrk(player.server->end())) failed_[player.name] += failed;
    }

    std::vector<Player> players_of(const std::string& group) const {
        std::vector<Player> players;
        for (const Contestant& server : all_) {
            if (!is_there(server)) continue;
            const std::vector<Words> seats =
                server.name == ours ? each_alone(wishes_.modes) : std::vector<Words>{wishes_.modes};
            for (const Words& modes : seats) {
                const std::uint16_t port = free_port();
                const Words command = command_of(server.name, folders_, group, modes.front(), port);
                if (!command.empty()) players.push_back({server.name, modes, start(command, folders_, group, port)});
            }
        }
        return players;
    }

    /// Whether the machine was ours meanwhile.
    bool play_round(std::vector<Player>& players) const {
        const StolenTime stolen;
        for (Player& player : players)
            player.slice = player.server->ask(std::chrono::milliseconds(wishes_.milliseconds));
        return stolen.share() <= most_stolen;
    }

    void count(const std::vector<Player>& players, const std::string& group) {
        for (const Player& player : players)
            for (const std::string& mode : player.modes) {
                const std::string row = group + '-' + mode;
                comparison_.add(row, player.name, player.slice.cpu_ns);
                comparison_.add(row + "-wall", player.name, player.slice.wall_ns);
            }
    }

    Folders folders_;
    Wishes wishes_;
    std::vector<Contestant> all_ = servers(folders_);
    Comparison comparison_;
    std::map<std::string, std::uint64_t> failed_;
    int played_again_ = 0;
    int disturbed_ = 0;
    std::vector<std::string> asked_by_ab_;
};

double load_of_machine() {
    double last_minute = 0;
    return getloadavg(&last_minute, 1) == 1 ? last_minute : 0;
}

}  // namespace

int main(int argc, char** argv) {
    Wishes wishes;
    CLI::App line("Measures servers beside the least that the system takes and beside their peers.",
                  "./costudio bench net");
    line.add_option("--rounds", wishes.rounds, "How often each is measured")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    line.add_option("--milliseconds", wishes.milliseconds, "How long each time")
        ->check(CLI::Range(5, 1000))
        ->capture_default_str();
    line.add_option("--only", wishes.groups, "http or echo")->check(CLI::IsMember({"http", "echo"}))->delimiter(',');
    line.add_option("--modes", wishes.modes, "base or process")
        ->check(CLI::IsMember({"base", "process"}))
        ->delimiter(',');
    line.add_flag("--json", wishes.as_json, "The same as JSON");
    CLI11_PARSE(line, argc, argv);
    try {
        if (!can_run("wrk"))
            throw std::runtime_error("wrk asks the HTTP servers, and is not installed: apt-get install wrk");
        pin_to(core_of_loads);
        Circumstances how{.own_load = 2, .load_before = load_of_machine()};
        Contest contest({.build = fs::read_symlink("/proc/self/exe").parent_path()}, wishes);
        contest.run();
        if (std::ranges::count(wishes.groups, "http")) contest.ask_by_ab();
        how.load_after = load_of_machine();
        contest.print(how);
    } catch (const std::exception& error) {
        std::cerr << "bench net: " << error.what() << '\n';
        return 1;
    }
}
