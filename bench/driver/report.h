// report: a comparison as a table for people and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "bench/driver/comparison.h"
#include "bench/driver/contestants.h"

namespace co::bench {

/// What the run was like.
struct Circumstances {
    std::span<const Row> rows{};
    std::string what = "CPU time of the whole process";  // the figures are
    int rounds = 0;
    bool is_pinned = false;
    double own_load = 1;     // processes that the run itself keeps at work
    double load_before = 0;  // processes that wanted to run, over the last minute
    double load_after = 0;
};

std::string table_of(const Comparison& comparison, const std::vector<Contestant>& contestants,
                     const Circumstances& how);
nlohmann::ordered_json json_of(const Comparison& comparison, const std::vector<Contestant>& contestants,
                               const Circumstances& how);

}  // namespace co::bench
