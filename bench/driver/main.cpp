// bench_core: runs every contestant in turn, round after round, and prints how they compare.
#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "bench/driver/report.h"

namespace {

using namespace co::bench;

struct Wishes {
    int rounds = 9;
    bool as_json = false;
    std::vector<std::string> groups;
};

std::vector<std::string> all_groups() {
    std::vector<std::string> groups;
    for (const Row& row : core_rows())
        if (groups.empty() || groups.back() != row.group) groups.emplace_back(row.group);
    return groups;
}

double load() {
    double last_minute = 0;
    return getloadavg(&last_minute, 1) == 1 ? last_minute : 0;
}

/// A B C A B C …: what slows the machine for a while slows all of them.
Comparison compare(const std::vector<Contestant>& contestants, const Wishes& wishes) {
    Comparison comparison;
    for (int round = 1; round <= wishes.rounds; ++round) {
        if (isatty(STDERR_FILENO)) std::cerr << "\rround " << round << " of " << wishes.rounds << std::flush;
        for (const std::string& group : wishes.groups)
            for (const Contestant& contestant : contestants) {
                if (!is_there(contestant)) continue;
                for (const auto& [row, value] : run_round(contestant, group))
                    comparison.add(row, contestant.name, value);
            }
    }
    if (isatty(STDERR_FILENO)) std::cerr << "\r\x1b[K";
    return comparison;
}

void run(const std::filesystem::path& folder, const Wishes& wishes) {
    const std::vector<Contestant> contestants = all_contestants(folder);
    Circumstances how{
        .rows = core_rows(), .rounds = wishes.rounds, .is_pinned = pin_to_one_core(), .load_before = load()};
    const Comparison comparison = compare(contestants, wishes);
    how.load_after = load();
    if (wishes.as_json)
        std::cout << json_of(comparison, contestants, how).dump(2) << '\n';
    else
        std::cout << table_of(comparison, contestants, how);
}

}  // namespace

int main(int argc, char** argv) {
    Wishes wishes{.groups = all_groups()};
    CLI::App line("Measures the runtime beside what the machine itself takes and beside its peers.",
                  "./costudio bench core");
    line.add_option("--rounds", wishes.rounds, "How often each is measured")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    line.add_option("--only", wishes.groups, "Some groups of rows")->check(CLI::IsMember(all_groups()))->delimiter(',');
    line.add_flag("--json", wishes.as_json, "The same as JSON");
    CLI11_PARSE(line, argc, argv);
    try {
        run(std::filesystem::read_symlink("/proc/self/exe").parent_path() / "contest", wishes);
    } catch (const std::exception& error) {
        std::cerr << "bench core: " << error.what() << '\n';
        return 1;
    }
}
