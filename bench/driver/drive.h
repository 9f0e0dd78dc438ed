// drive: a whole comparison, from the command line to the table: every contestant in turn, round after round.
//
//     int main(int argc, char** argv) {
//         return co::bench::drive(argc, argv, {.name = "core", .rows = core_rows(), .contestants = …});
//     }
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/driver/contestants.h"
#include "bench/driver/rows.h"

namespace co::bench {

struct LineUp {
    std::string name;  // of `./costudio bench NAME`
    std::string title;
    std::string what;  // the figures are
    std::span<const Row> rows;
    std::vector<Contestant> contestants;
    bool is_on_one_core = true;  // else each contestant sees to where it runs
};

/// What main() returns.
int drive(int argc, char** argv, const LineUp& line_up);

}  // namespace co::bench
