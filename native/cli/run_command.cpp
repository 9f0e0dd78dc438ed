// costudio run FILE: the same script on the real machine, with the real clock.
#include <fstream>
#include <iostream>

#include <co/linux_kernel.h>

#include "lessons/host/real_run.h"
#include "lessons/host/saved_run.h"
#include "native/cli/commands.h"
#include "native/cli/real_sink.h"
#include "native/cli/subject.h"

namespace co::cli {
namespace {

struct RunWords {
    std::string file;
    std::string trace;
    std::string saved;
};

std::ofstream opened(const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    if (!out) throw std::runtime_error(file + " can't be written; look at the folder and its permissions");
    return out;
}

/// Runs it; what it leaves goes where the words say.
co::lessons::RunResult run_traced(const RunWords& words, const co::lessons::Script& script,
                                  co::lessons::RealOutput output, Kernel& kernel) {
    if (words.trace.empty() && words.saved.empty()) return co::lessons::run_real(script, kernel, output);
    std::string printed;
    const auto print = output.out;
    output.out = [&](std::string_view text) {
        printed += text;
        print(text);
    };
    std::ofstream trace, saved;
    if (!words.saved.empty()) saved = opened(words.saved);
    std::function<void(std::string_view)> live;
    if (!words.trace.empty()) {
        trace = opened(words.trace);
        live = [&trace](std::string_view text) { trace << text << std::flush; };  // it may be killed at any moment
    }
    RealSink sink(script.name, script.text, live, !words.saved.empty());
    output.sink = &sink;
    co::lessons::RunResult result = co::lessons::run_real(script, kernel, output);
    result.trace = sink.take();
    result.output = std::move(printed);
    if (!words.saved.empty()) saved << co::lessons::save_run(result) << std::flush;
    return result;
}

Exit run(const RunWords& words) {
    const co::lessons::Lesson lesson = find_subject(words.file);
    co::LinuxKernel kernel;
    const auto print = [](std::string_view text) { std::cout << text << std::flush; };
    const auto complain = [](const co::lessons::Finding& finding) { std::cerr << finding.report() << '\n'; };
    const co::lessons::RunResult result =
        run_traced(words, co::lessons::script_of(lesson), {.out = print, .complain = complain}, kernel);
    if (result.ok()) return Exit::ok;
    for (const auto& finding : result.findings) std::cerr << finding.report() << '\n';
    return Exit::failed;
}

}  // namespace

void add_run(CommandLine& line) {
    auto words = std::make_shared<RunWords>();
    CLI::App& command =
        line.command("run", "Run the same script on this machine, in real time", [words] { return run(*words); });
    command.add_option("FILE", words->file, "A script (.lua), or a lesson: its file, number or id")->required();
    command.add_option("--save", words->saved, "Write the whole run, as the studio opens it")
        ->type_name("OUT.costudio");
    command
        .add_option("--trace", words->trace,
                    "Write the trace as it goes, for Perfetto (ui.perfetto.dev); it opens also when the program dies")
        ->type_name("OUT.json");
}

}  // namespace co::cli
