#include "bench/driver/drive.h"

#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "bench/driver/report.h"

namespace co::bench {
namespace {

struct Wishes {
    int rounds = 9;
    bool as_json = false;
    std::vector<std::string> groups;
};

std::vector<std::string> all_groups(std::span<const Row> rows) {
    std::vector<std::string> groups;
    for (const Row& row : rows)
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

void run(const LineUp& line_up, const Wishes& wishes) {
    Circumstances how{.rows = line_up.rows,
                      .what = line_up.what,
                      .rounds = wishes.rounds,
                      .is_pinned = line_up.is_on_one_core && pin_to_one_core(),
                      .load_before = load()};
    const Comparison comparison = compare(line_up.contestants, wishes);
    how.load_after = load();
    if (wishes.as_json)
        std::cout << json_of(comparison, line_up.contestants, how).dump(2) << '\n';
    else
        std::cout << table_of(comparison, line_up.contestants, how);
}

}  // namespace

int drive(int argc, char** argv, const LineUp& line_up) {
    const std::vector<std::string> groups = all_groups(line_up.rows);
    Wishes wishes{.groups = groups};
    CLI::App line(line_up.title, "./costudio bench " + line_up.name);
    line.add_option("--rounds", wishes.rounds, "How often each is measured")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    line.add_option("--only", wishes.groups, "Some groups of rows")->check(CLI::IsMember(groups))->delimiter(',');
    line.add_flag("--json", wishes.as_json, "The same as JSON");
    CLI11_PARSE(line, argc, argv);
    try {
        run(line_up, wishes);
    } catch (const std::exception& error) {
        std::cerr << "bench " << line_up.name << ": " << error.what() << '\n';
        return 1;
    }
    return 0;
}

}  // namespace co::bench
