#include "bench/net/load.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace co::bench {
namespace {

std::string output_of(const std::string& command) {
    FILE* output = popen(command.c_str(), "r");
    if (!output) throw std::runtime_error("could not start " + command);
    std::string text;
    char part[4096];
    while (const std::size_t length = fread(part, 1, sizeof(part), output)) text.append(part, length);
    if (pclose(output) != 0) throw std::runtime_error(command + " failed:\n" + text);
    return text;
}

/// The number that stands behind `words`; 0 when they do not stand there.
double number_behind(std::string_view text, std::string_view words) {
    const std::size_t place = text.find(words);
    return place == std::string_view::npos
               ? 0
               : std::strtod(std::string(text.substr(place + words.size())).c_str(), nullptr);
}

/// The number in front of `words`.
double number_before(std::string_view text, std::string_view words) {
    const std::size_t end = text.find(words);
    if (end == std::string_view::npos) return 0;
    const std::size_t begin = text.find_last_not_of("0123456789.", end - 1);
    return std::strtod(std::string(text.substr(begin + 1, end - begin - 1)).c_str(), nullptr);
}

Load read_ab(std::string_view output) {
    Load load;
    load.answered = static_cast<std::uint64_t>(number_behind(output, "Complete requests:"));
    load.failed = static_cast<std::uint64_t>(number_behind(output, "Failed requests:") +
                                             number_behind(output, "Non-2xx responses:"));
    load.seconds = number_behind(output, "Time taken for tests:");
    load.slowest_ms = number_behind(output, "100%");
    if (load.answered == 0) throw std::runtime_error("ab counted no request:\n" + std::string(output));
    return load;
}

}  // namespace

std::vector<std::string> wrk_command(std::uint16_t port, int connections) {
    // An answer may take its time: whoever waits for it is stopped most of the time.
    return {"wrk",       "-t1", "-c" + std::to_string(connections),       "-d24h",
            "--timeout", "10s", fmt::format("http://127.0.0.1:{}/", port)};
}

std::string question_of_wrk(std::uint16_t port) {
    return fmt::format("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", port);
}

std::uint64_t failed_of_wrk(std::string_view output) {
    if (number_before(output, " requests in ") == 0)
        throw std::runtime_error("wrk counted no request:\n" + std::string(output));
    double failed = 0;
    for (const char* kind :
         {"Socket errors: connect ", ", read ", ", write ", ", timeout ", "Non-2xx or 3xx responses: "})
        failed += number_behind(output, kind);
    return static_cast<std::uint64_t>(failed);
}

Load ab_load(std::uint16_t port, int connections, int requests) {
    return read_ab(
        output_of(fmt::format("ab -q -k -c {} -n {} http://127.0.0.1:{}/ 2>&1", connections, requests, port)));
}

bool can_run(const std::string& program) {
    return std::system(("command -v '" + program + "' >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace co::bench
