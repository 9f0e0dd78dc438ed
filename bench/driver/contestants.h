// contestants: who takes part in the comparison, and how one round of one of them is run.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace co::bench {

inline constexpr std::string_view ours = "costudio";
inline constexpr std::string_view lower_bound = "floor";

struct Contestant {
    std::string name;
    std::filesystem::path program;
    std::string package;  // of Debian, that it is built from; none for our own
};

/// All of them, whether they were built or not. `folder` is where the programs are.
std::vector<Contestant> all_contestants(const std::filesystem::path& folder);
/// Those of `./costudio bench processes`.
std::vector<Contestant> process_contestants(const std::filesystem::path& folder);

bool is_there(const Contestant& contestant);

/// "Go: not installed (package golang-go)".
std::string why_skipped(const Contestant& contestant);

/// Keeps this process and all that it starts on the last core: the first one has the machine's interrupts. False where
/// the system does not allow it.
bool pin_to_one_core();

/// One start of the program: its figures by the name of their row. Throws std::runtime_error that quotes the program
/// where it fails.
std::map<std::string, double> run_round(const Contestant& contestant, std::string_view group);

/// The lines "switch 4.81" of a program's output. Throws std::runtime_error that quotes a line that is none.
std::map<std::string, double> read_figures(std::string_view output);

}  // namespace co::bench
