// costudio sim FILE: a program on the simulated machine. Its output goes to standard output, what went wrong to
// standard error.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "lessons/host/saved_run.h"
#include "lessons/host/simulate.h"
#include "native/cli/choices.h"
#include "native/cli/commands.h"
#include "native/cli/subject.h"
#include "native/cli/values.h"
#include "visualizer/export/chrome_trace.h"
#include "visualizer/export/text.h"

namespace co::cli {
namespace {

using co::lessons::Finding;
using co::lessons::Lesson;
using co::lessons::RunResult;

struct SimWords {
    std::string file;
    std::string seed;
    std::string until;
    std::string world;
    std::string trace;
    std::string saved;
    std::string schedule;
    bool events = false;
};

co::lessons::SimOptions options_of(const SimWords& words, const Lesson& lesson) {
    co::lessons::SimOptions options;
    options.limits = lesson.limits;
    options.seed = words.seed.empty() ? lesson.seeds.front() : parse_whole_number(words.seed).value();
    options.schedule = parse_choices(words.schedule);
    if (!words.until.empty()) options.limits.horizon = parse_time(words.until);
    return options;
}

void write(const std::string& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error(file + " can't be written; look at the folder and its permissions");
}

co::lessons::Script script_with_world(const SimWords& words, const Lesson& lesson) {
    co::lessons::Script script = co::lessons::script_of(lesson);
    if (words.world.empty()) return script;
    std::ifstream in(words.world, std::ios::binary);
    script.world.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) throw std::runtime_error(words.world + " can't be read; look at its permissions");
    script.world_offset = 0;
    script.world_file = words.world;
    return script;
}

Exit simulate(const SimWords& words) {
    const Lesson lesson = find_subject(words.file);
    const RunResult run = co::lessons::simulate(script_with_world(words, lesson), options_of(words, lesson));
    if (!words.saved.empty()) write(words.saved, co::lessons::save_run(run));
    if (words.events || !words.trace.empty()) {
        const co::studio::Model model(run.trace);
        if (words.events) std::cout << co::studio::events_text(model);
        if (!words.trace.empty()) write(words.trace, co::studio::chrome_trace(model));
    }
    if (!words.events) std::cout << run.output;
    if (run.ok()) return Exit::ok;
    for (const Finding& finding : run.findings) {
        std::cout << std::flush;
        std::cerr << finding.report() << '\n';
    }
    return Exit::failed;
}

}  // namespace

void add_sim(CommandLine& line) {
    auto words = std::make_shared<SimWords>();
    CLI::App& command = line.command("sim", "Run a program on the simulated machine: its output, the same every time",
                                     [words] { return simulate(*words); });
    command.add_option("FILE", words->file, "A script (.lua), or a lesson: its file, number or id")->required();
    command.add_option("--seed", words->seed, "Where chance starts: one seed, one history")
        ->type_name("N")
        ->check(whole_number());
    command.add_option("--until", words->until, "End the run at this moment of simulated time: 250ms, 2s")
        ->type_name("TIME")
        ->check(time_text());
    command
        .add_option("--schedule", words->schedule,
                    "Who runs next, what goes wrong at a step: 14:3,52:kill6; or a file of that")
        ->type_name("FILE|LIST");
    command
        .add_option("--world", words->world,
                    "A script for the other machines of the simulated network; instead of the lesson's")
        ->type_name("FILE")
        ->check(CLI::Validator(CLI::ExistingFile).description(""));
    command.add_flag("--events", words->events, "Print each step instead of the program's output");
    command.add_option("--save", words->saved, "Write the whole run, as the browser's page opens it")
        ->type_name("OUT.costudio");
    command.add_option("--trace", words->trace, "Write the run's trace, for Perfetto (ui.perfetto.dev)")
        ->type_name("OUT.json");
}

}  // namespace co::cli
