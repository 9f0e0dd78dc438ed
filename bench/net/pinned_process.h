// pinned_process: starts a program on one core, in a process group of its own.
//
//     pid_t server = start_pinned({"contest/net/floor", "http", "9501"}, 0, nowhere);
//
// Servers have the first core, those who ask them the second.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace co::bench {

constexpr int core_of_servers = 0;
constexpr int core_of_loads = 1;

/// Keeps the calling process on one core; without effect where there is none of that number.
void pin_to(int core);
/// `output`: a descriptor for what it prints, errors too. It ends with code 127 when there is no such program. Throws
/// std::runtime_error when the system has no process left.
pid_t start_pinned(const std::vector<std::string>& command, int core, int output);

}  // namespace co::bench
