// costudio run FILE: the same script on the real machine, with the real clock.
#include <iostream>

#include <co/linux_kernel.h>

#include "lessons/host/real_run.h"
#include "native/cli/commands.h"
#include "native/cli/subject.h"

namespace co::cli {
namespace {

Exit run(const std::string& file) {
    const co::lessons::Lesson lesson = find_subject(file);
    co::LinuxKernel kernel;
    const auto print = [](std::string_view text) { std::cout << text << std::flush; };
    const auto complain = [](const co::lessons::Finding& finding) { std::cerr << finding.report() << '\n'; };
    const co::lessons::RunResult result =
        co::lessons::run_real(co::lessons::script_of(lesson), kernel, {.out = print, .complain = complain});
    if (result.ok()) return Exit::ok;
    for (const auto& finding : result.findings) std::cerr << finding.report() << '\n';
    return Exit::failed;
}

}  // namespace

void add_run(CommandLine& line) {
    auto file = std::make_shared<std::string>();
    CLI::App& command =
        line.command("run", "Run the same script on this machine, in real time", [file] { return run(*file); });
    command.add_option("FILE", *file, "A script (.lua), or a lesson: its file, number or id")->required();
}

}  // namespace co::cli
