// Shell: the little of a shell that the simulated machine has.
//
//     Parsed line = parse_command("echo 'two words' && sleep 1");
//     line.steps[1].join;     // Join::if_ok
//     line.steps[1].words;    // {"sleep", "1"}
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace co::sim {

/// When a step of a command runs.
enum class Join : unsigned char { always, if_ok, if_failed };

struct Step {
    Join join = Join::always;
    std::vector<std::string> words;  // the program's name first
};

struct Parsed {
    std::vector<Step> steps;
    std::optional<std::string> problem;  // what it holds that is not understood here
};

Parsed parse_command(std::string_view line);

}  // namespace co::sim
