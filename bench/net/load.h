// load: programs that ask a server without a pause, on the second core.
//
//     Load http = http_load(port, 100, 3);       // wrk
//     http.answered; http.failed;
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace co::bench {

struct Load {
    std::uint64_t answered = 0;
    std::uint64_t failed = 0;
    double seconds = 0;
    double slowest_ms = 0;
};

/// Runs wrk. Throws std::runtime_error when it fails.
Load http_load(std::uint16_t port, int connections, int seconds);
/// Runs echo_load, which lies in `folder`.
Load echo_load(const std::filesystem::path& folder, std::uint16_t port, int connections, int seconds);
/// Runs ab -k.
Load ab_load(std::uint16_t port, int connections, int requests);

Load read_wrk(std::string_view output);
Load read_ab(std::string_view output);

/// Whether a program of that name can be started.
bool can_run(const std::string& program);

}  // namespace co::bench
