// bench_net: runs every server in turn, round after round, with the same load, and prints how they compare. The servers
// have the first core, the load has the second.
#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/driver/report.h"
#include "bench/driver/stolen_time.h"
#include "bench/net/load.h"
#include "bench/net/server_process.h"

namespace {

using namespace co::bench;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int connections = 100;
constexpr double most_stolen = 0.02;  // of the processors' time: beyond it a round tells more of the host
constexpr int most_tries = 4;

struct Wishes {
    int rounds = 5;
    int seconds = 3;
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

struct Measured {
    double cpu_ns = 0;  // for each answer
    double wall_ns = 0;
    std::uint64_t failed = 0;
};

Measured measure(const Words& command, const Folders& folders, const std::string& group, std::uint16_t port,
                 int seconds) {
    ServerProcess server(command, port);
    const auto load = [&](int how_long) {
        return group == "http" ? http_load(port, connections, how_long)
                               : echo_load(folders.net, port, connections, how_long);
    };
    load(1);  // warms it up
    const auto before = server.cpu_time();
    const Load done = load(seconds);
    const auto answered = static_cast<double>(done.answered);
    return {.cpu_ns = static_cast<double>((server.cpu_time() - before).count()) / answered,
            .wall_ns = done.seconds * 1e9 / answered,
            .failed = done.failed};
}

class Contest {
  public:
    Contest(Folders folders, Wishes wishes) : folders_(std::move(folders)), wishes_(std::move(wishes)) {}

    void run() {
        for (int round = 1; round <= wishes_.rounds; ++round)
            for (const std::string& group : wishes_.groups) play_round(group, round);
        if (isatty(STDERR_FILENO)) std::cerr << "\r\x1b[K";
    }

    void print(Circumstances how) const {
        how.rows = net_rows();
        how.what = fmt::format("{} connections, {} s each; CPU-s: of the server with all its processes", connections,
                               wishes_.seconds);
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
            const Load done = ab_load(port, connections, 50'000 * wishes_.seconds);
            asked_by_ab_.push_back(fmt::format("ab -k -c {}, mode {}: {:.0f} requests/s, {} failed, the slowest {} ms",
                                               connections, mode, static_cast<double>(done.answered) / done.seconds,
                                               done.failed, done.slowest_ms));
        }
    }

  private:
    struct Figure {
        std::string row;
        std::string name;
        double value;
    };

    /// Again, when the host gave the processors to others meanwhile; not for ever.
    void play_round(const std::string& group, int round) {
        for (int tries = 1;; ++tries) {
            const StolenTime stolen;
            std::vector<Figure> figures;
            for (const Contestant& server : all_) {
                if (!is_there(server)) continue;
                if (isatty(STDERR_FILENO))
                    std::cerr << fmt::format("\r\x1b[Kround {} of {}: {}", round, wishes_.rounds, server.name);
                play(server.name, group, figures);
            }
            const bool is_disturbed = stolen.share() > most_stolen;
            if (is_disturbed && tries < most_tries) {
                ++played_again_;
                continue;
            }
            disturbed_ += is_disturbed;
            for (const Figure& figure : figures) comparison_.add(figure.row, figure.name, figure.value);
            return;
        }
    }

    void play(const std::string& name, const std::string& group, std::vector<Figure>& figures) {
        // Whoever knows no modes is measured once, and stands in the rows of both.
        std::optional<Measured> only;
        for (const std::string& mode : wishes_.modes) {
            if (!only || name == ours) {
                const std::uint16_t port = free_port();
                const Words command = command_of(name, folders_, group, mode, port);
                if (command.empty()) return;
                only = measure(command, folders_, group, port, wishes_.seconds);
                if (only->failed > 0) failed_[name + ", " + group] += only->failed;
            }
            const std::string row = group + '-' + mode;
            figures.push_back({row, name, only->cpu_ns});
            figures.push_back({row + "-wall", name, only->wall_ns});
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
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    line.add_option("--seconds", wishes.seconds, "How long each time")
        ->check(CLI::Range(1, 600))
        ->capture_default_str();
    line.add_option("--only", wishes.groups, "http or echo")->check(CLI::IsMember({"http", "echo"}))->delimiter(',');
    line.add_option("--modes", wishes.modes, "base or process")
        ->check(CLI::IsMember({"base", "process"}))
        ->delimiter(',');
    line.add_flag("--json", wishes.as_json, "The same as JSON");
    CLI11_PARSE(line, argc, argv);
    try {
        if (!can_run("wrk") || !can_run("taskset"))
            throw std::runtime_error("wrk asks the HTTP servers, and is not installed: apt-get install wrk util-linux");
        Circumstances how{.load_before = load_of_machine()};
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
