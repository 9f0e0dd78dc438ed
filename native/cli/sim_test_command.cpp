// costudio sim-test: many storms over a server on the simulated machine, each with a seed of its own.
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "native/cli/commands.h"
#include "native/cli/storm.h"
#include "native/cli/values.h"

namespace co::cli {
namespace {

struct SimTestWords {
    std::string seeds = "1000";
    std::string from = "0";
};

std::string_view name(ServerMode mode) { return mode == ServerMode::process ? "PROCESS" : "BASE"; }

struct Sums {
    std::uint64_t seeds = 0, failed = 0;
    int asked = 0, answered = 0, ended = 0;
};

void try_seed(std::uint64_t seed, Sums& sums) {
    bool is_well = true;
    for (ServerMode mode : {ServerMode::process, ServerMode::base}) {
        const StormReport report = run_storm({.seed = seed, .mode = mode});
        for (const std::string& line : report.wrong) fmt::print("seed {}, {} mode: {}\n", seed, name(mode), line);
        is_well = is_well && report.wrong.empty();
        sums.asked += report.asked;
        sums.answered += report.answered;
        sums.ended += report.ended;
    }
    ++sums.seeds;
    if (is_well) return;
    ++sums.failed;
    fmt::print("  again: ./costudio sim-test --from {} --seeds 1\n", seed);
    std::cout << std::flush;
}

Exit sim_test(const SimTestWords& words) {
    const std::uint64_t first = parse_whole_number(words.from).value();
    const std::uint64_t count = parse_whole_number(words.seeds).value();
    if (count == 0) throw Misunderstood("--seeds 0 tries nothing: give it a number of seeds to try");
    Sums sums;
    for (std::uint64_t tried = 0; tried < count; ++tried) try_seed(first + tried, sums);
    fmt::print(
        "{} seeds from {}, each in PROCESS and BASE mode: {} requests, {} answered, {} ended with their "
        "connection; {} seeds with something wrong\n",
        sums.seeds, first, sums.asked, sums.answered, sums.ended, sums.failed);
    return sums.failed == 0 ? Exit::ok : Exit::failed;
}

}  // namespace

void add_sim_test(CommandLine& line) {
    auto words = std::make_shared<SimTestWords>();
    CLI::App& command = line.command("sim-test", "Search a busy server on the simulated machine for bugs, seed by seed",
                                     [words] { return sim_test(*words); });
    command.add_option("--seeds", words->seeds, "How many (1000)")->type_name("N")->check(whole_number());
    command.add_option("--from", words->from, "The first of them (0)")->type_name("N")->check(whole_number());
}

}  // namespace co::cli
