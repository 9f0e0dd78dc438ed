// The programs that every simulated host has.
#include "programs.h"

#include <charconv>
#include <cmath>

#include "network.h"

namespace co::sim {
namespace {

int echo(ProgramCall& call) {
    std::string line;
    for (const std::string& word : call.arguments) line += (line.empty() ? "" : " ") + word;
    call.print(line + '\n');
    return 0;
}

int cat(ProgramCall& call) {
    for (const std::string& path : call.arguments) {
        auto text = call.kernel.read_file(path);
        if (!text) return 1;
        call.print(*text);
    }
    return 0;
}

int ls(Computer& host, ProgramCall& call) {
    for (const auto& [path, content] : host.files) call.print(path + '\n');
    return 0;
}

std::optional<double> number_of(const ProgramCall& call, std::size_t place) {
    if (place >= call.arguments.size()) return std::nullopt;
    const std::string& text = call.arguments[place];
    try {
        std::size_t used = 0;
        double number = std::stod(text, &used);
        if (used == text.size() && std::isfinite(number) && std::abs(number) < 1e9) return number;
    } catch (const std::exception&) {
        // not a number
    }
    return std::nullopt;
}

int sleep(ProgramCall& call) {
    auto seconds = number_of(call, 0);
    if (!seconds || *seconds < 0) return 1;
    call.sleep(std::chrono::duration_cast<Duration>(std::chrono::duration<double>(*seconds)));
    return 0;
}

int seq(ProgramCall& call) {
    auto last = number_of(call, call.arguments.size() - 1);
    auto first = call.arguments.size() > 1 ? number_of(call, 0) : std::optional(1.0);
    if (!first || !last) return 1;
    for (auto number = std::llround(*first); number <= std::llround(*last); ++number)
        call.print(std::to_string(number) + '\n');
    return 0;
}

int exit(ProgramCall& call) {
    auto code = call.arguments.empty() ? std::optional(0.0) : number_of(call, 0);
    return code ? static_cast<int>(*code) & 255 : 2;
}

}  // namespace

void install_programs(Computer& host) {
    host.programs = {
        {"cat", cat},
        {"echo", echo},
        {"exit", exit},
        {"false", [](ProgramCall&) { return 1; }},
        {"ls", [&host](ProgramCall& call) { return ls(host, call); }},
        {"seq", seq},
        {"sleep", sleep},
        {"true", [](ProgramCall&) { return 0; }},
    };
}

void ProgramCall::print(std::string_view text) {
    auto left = std::as_bytes(std::span(text.data(), text.size()));
    while (!left.empty()) {
        auto taken = kernel.write(output_, left);
        if (taken) {
            left = left.subspan(*taken);
        } else if (taken.error() == std::errc::operation_would_block) {
            ReadyFd ready[1];
            static_cast<void>(kernel.watch(output_, {.write = true}));
            static_cast<void>(kernel.wait(ready, TimePoint::max()));
            static_cast<void>(kernel.unwatch(output_));
        } else {
            throw OutputClosed{};
        }
    }
}

}  // namespace co::sim
