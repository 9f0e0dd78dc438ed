// The folder rules of the project as data: what the files below a folder may include. check_architecture() applies
// them.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace co::project {

/// The layers of core; each may include those to its left. Beside them stands core/co, the header of all of it.
inline constexpr std::array<std::string_view, 13> layers = {"trace",   "kernel", "time", "coroutine", "sync",
                                                            "reactor", "shared", "net",  "system",    "protocol",
                                                            "client",  "server", "sim"};

/// The folders that the architecture knows, below the ones that have parts of their own.
struct Parts {
    std::string_view folder;
    std::vector<std::string_view> parts;
};
const std::vector<Parts>& known_parts();

/// What the files below `folder` may include, by how the names begin. The longest fitting folder counts.
struct Area {
    std::string_view folder;
    std::string_view rule;
    std::vector<std::string_view> may = {};      // empty: anything
    std::vector<std::string_view> may_not = {};  // stronger than `may`
};
const std::vector<Area>& areas();

/// In `may`: every header of the C++ standard library.
inline constexpr std::string_view standard_library = "std";

/// Standard headers that mean the same on Linux and in a browser; core may include these only.
bool is_portable_header(std::string_view name);
bool is_standard_header(std::string_view name);

/// Macros that ask for a platform, and the places that may.
bool is_platform_macro(std::string_view name);
inline constexpr std::array<std::string_view, 2> platform_folders = {"visualizer/platform/", "wasm/"};

}  // namespace co::project
