#include "bench/net/load.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace co::bench {
namespace {

constexpr std::string_view on_the_second_core = "taskset -c 1 ";

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

/// "Max" of wrk's table: "1.95ms", "12.3us", "1.01s".
double slowest_of_wrk(std::string_view output) {
    std::size_t place = output.find("Latency ");
    if (place == std::string_view::npos) return 0;
    std::string line(output.substr(place + 8, output.find('\n', place) - place - 8));
    char unit[3]{};
    double slowest = 0;
    if (std::sscanf(line.c_str(), "%*s %*s %lf%2s", &slowest, unit) != 2) return 0;
    const std::string_view name(unit);
    return name == "us" ? slowest / 1000 : name == "ms" ? slowest : slowest * 1000;
}

}  // namespace

Load read_wrk(std::string_view output) {
    Load load;
    load.answered = static_cast<std::uint64_t>(number_before(output, " requests in "));
    load.seconds = number_behind(output, " requests in ");
    for (const char* kind :
         {"Socket errors: connect ", ", read ", ", write ", ", timeout ", "Non-2xx or 3xx responses: "})
        load.failed += static_cast<std::uint64_t>(number_behind(output, kind));
    load.slowest_ms = slowest_of_wrk(output);
    if (load.answered == 0) throw std::runtime_error("wrk counted no request:\n" + std::string(output));
    return load;
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

Load http_load(std::uint16_t port, int connections, int seconds) {
    return read_wrk(output_of(
        fmt::format("{}wrk -t1 -c{} -d{}s http://127.0.0.1:{}/ 2>&1", on_the_second_core, connections, seconds, port)));
}

Load ab_load(std::uint16_t port, int connections, int requests) {
    return read_ab(output_of(fmt::format("{}ab -q -k -c {} -n {} http://127.0.0.1:{}/ 2>&1", on_the_second_core,
                                         connections, requests, port)));
}

Load echo_load(const std::filesystem::path& folder, std::uint16_t port, int connections, int seconds) {
    const std::string output = output_of(fmt::format("{}'{}' {} {} {}", on_the_second_core,
                                                     (folder / "echo_load").string(), port, connections, seconds));
    return {.answered = std::strtoull(output.c_str(), nullptr, 10), .seconds = static_cast<double>(seconds)};
}

bool can_run(const std::string& program) {
    return std::system(("command -v '" + program + "' >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace co::bench
