// run_storm(): a busy server on the simulated machine under one seed, and everything about it that is not as it has to
// be. What `costudio sim-test` and the tests search with.
//
//     StormReport report = run_storm({.seed = 7});
//     for (const std::string& line : report.wrong) std::cout << line << '\n';
//
// Clients on another host ask, some of their questions go through task workers; meanwhile workers are killed, all are
// reloaded, the network is cut for a while, and reads and writes are short. Afterwards every request was answered once
// or its connection ended, every task has ended, and no process, descriptor, coroutine or shared memory is left.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <co/server_settings.h>

namespace co::cli {

/// A bug that is planted to see that the search finds it (storm_bugs.h).
enum class Bug : std::uint8_t { none, lost_wake_up, double_close, unanswered_task };

struct StormOptions {
    std::uint64_t seed = 0;
    ServerMode mode = ServerMode::process;
    Bug planted = Bug::none;
    bool hashes = false;  // the report has the hash of the whole trace
};

struct StormReport {
    std::vector<std::string> wrong;  // empty: all is well
    int asked = 0;
    int answered = 0;
    int ended = 0;           // requests whose connection ended instead
    std::uint64_t hash = 0;  // of every event, in order
};

StormReport run_storm(const StormOptions& options);

}  // namespace co::cli
