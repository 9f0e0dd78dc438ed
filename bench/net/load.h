// load: the programs that ask servers without a pause, and what they say of it.
//
//     LoadProcess wrk(wrk_command(port, 100));
//     failed_of_wrk(wrk.end());
//     ab_load(port, 100, 50'000).failed;
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace co::bench {

struct Load {
    std::uint64_t answered = 0;
    std::uint64_t failed = 0;
    double seconds = 0;
    double slowest_ms = 0;
};

/// Until it is interrupted.
std::vector<std::string> wrk_command(std::uint16_t port, int connections);
/// The question that it sends.
std::string question_of_wrk(std::uint16_t port);
/// Throws std::runtime_error when it counted no request at all.
std::uint64_t failed_of_wrk(std::string_view output);

/// Runs ab -k, where the calling process runs. Throws std::runtime_error when it fails.
Load ab_load(std::uint16_t port, int connections, int requests);

/// Whether a program of that name can be started.
bool can_run(const std::string& program);

}  // namespace co::bench
