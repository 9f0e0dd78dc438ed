#include "bench/driver/contestants.h"

#include <fmt/format.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace co::bench {

std::vector<Contestant> all_contestants(const std::filesystem::path& folder) {
    return {{std::string(lower_bound), folder / "floor", "libboost-context-dev"},
            {std::string(ours), folder / "costudio", ""},
            {"Boost.Fiber", folder / "boost_fiber", "libboost-fiber-dev"},
            {"Go", folder / "go", "golang-go"},
            {"libuv", folder / "libuv", "libuv1-dev"}};
}

std::vector<Contestant> process_contestants(const std::filesystem::path& folder) {
    return {{std::string(lower_bound), folder / "floor", ""},
            {std::string(ours), folder / "costudio", ""},
            {"datagrams", folder / "datagrams", ""}};
}

bool is_there(const Contestant& contestant) { return std::filesystem::exists(contestant.program); }

std::string why_skipped(const Contestant& contestant) {
    return fmt::format("{}: not installed (package {})", contestant.name, contestant.package);
}

bool pin_to_one_core() {
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof(cores), &cores) != 0) return false;
    int last = CPU_SETSIZE - 1;
    while (last > 0 && !CPU_ISSET(last, &cores)) --last;
    CPU_ZERO(&cores);
    CPU_SET(last, &cores);
    return sched_setaffinity(0, sizeof(cores), &cores) == 0;
}

std::map<std::string, double> run_round(const Contestant& contestant, std::string_view group) {
    std::string command = fmt::format("'{}' {}", contestant.program.string(), group);
    FILE* output = popen(command.c_str(), "r");
    if (!output) throw std::runtime_error("could not start " + command);
    std::string text;
    char part[4096];
    while (std::size_t length = fread(part, 1, sizeof(part), output)) text.append(part, length);
    if (pclose(output) != 0) throw std::runtime_error(command + " failed: see above");
    return read_figures(text);
}

std::map<std::string, double> read_figures(std::string_view output) {
    std::map<std::string, double> figures;
    std::istringstream lines{std::string(output)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string row;
        double value = 0;
        if (!(words >> row >> value) || !(words >> std::ws).eof())
            throw std::runtime_error("a figure looks like \"switch 4.81\", but this line is \"" + line + "\"");
        figures[row] = value;
    }
    return figures;
}

}  // namespace co::bench
